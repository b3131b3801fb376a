import { id, idSet, isAbsent, sameValue, text, type Wire } from '../schema'
import {
  adoption,
  created,
  createdAt,
  defineResource,
  deleteCascade,
  displayName,
  emailAddress,
  errors,
  found,
  lookedUp,
  warnings,
  workspaceId,
} from './common'
import { dependentsOfPerson } from './dependents'
import { people } from './sources'

const path = '/user_identities'
const key = 'user_identity'

/** What no two people of a workspace share, beside the key. */
const unique = {
  email_address: text('The e-mail address of the person; unique in the workspace.', emailAddress)
    .optional()
    .clearable(),
  phone_number: text('The phone number of the person, in E.164 form; unique in the workspace.', {
    pattern: /^\+[1-9]\d{4,14}$/,
    mustBe: 'a phone number in E.164 form, such as +14155550100',
  })
    .optional()
    .clearable(),
}

export const userIdentity = defineResource({
  name: 'user_identity',
  about:
    'A person to whom access is given. Grants and users of access control systems refer to the person; deleting a person deletes what Seam keeps of them there.',
  page: 'https://docs.seam.co/latest/api/user_identities',
  id: 'user_identity_id',
  key: 'user_identity_key',
  // For want of a name, Seam shows an address as display name.
  called: { noun: 'person', is: 'person', named: ['full_name'] },
  knownBy: {
    unique: [['user_identity_key'], ['email_address'], ['phone_number']],
    alike: [['full_name', 'user_identity_key', 'email_address', 'phone_number']],
  },
  elsewhere: {
    acs_system_ids:
      'is not set here: a membership or a grant creates the users that it needs in each system',
  },
  fields: {
    full_name: text('The name of the person.').optional().clearable(),
    ...unique,
    user_identity_key: text(
      'Unique in the workspace, such as the number in a staff list; chosen by the provider when left out.',
    )
      .optional()
      .computed(),
    ...adoption,
    delete_cascade: deleteCascade,
    user_identity_id: id('The id of the person.').computed().stable(),
    acs_user_ids: idSet('The person’s users in access control systems.').computed(),
    display_name: displayName.repeats('full_name'),
    created_at: createdAt,
    workspace_id: workspaceId,
    errors,
    warnings,
  },

  // Seam keeps e-mail addresses and phone numbers unique too.
  order: (before, after) =>
    ['email_address', 'phone_number'].some((name) => before[name] && before[name] === after[name])
      ? 'delete-first'
      : 'create-first',
  observe: (reads, userIdentityId) => found(reads.one(people, userIdentityId)),
  find: (seam, user_identity_key) => lookedUp(seam, `${path}/get`, { user_identity_key }, key),
  async holder(seam, inputs) {
    for (const by of ['email_address', 'phone_number'] as const) {
      const { [by]: search } = inputs
      if (isAbsent(search)) continue
      const people = await seam.list<Wire>(`${path}/list`, { search }, 'user_identities')
      const held = people.find((one) => sameValue(unique[by], one[by], search))
      if (held) return { held, by }
    }
    return undefined
  },
  async create(seam, inputs) {
    const observed = await seam.create<Wire>(`${path}/create`, inputs, key)
    return created(`${path}/create`, observed, 'user_identity_id')
  },
  update: (seam, user_identity_id, edit) =>
    seam.write(`${path}/update`, { user_identity_id, ...edit.patch }),
  dependents: dependentsOfPerson,
  remove: (seam, user_identity_id) => seam.write(`${path}/delete`, { user_identity_id }),
})
