import {
  flag,
  id,
  instant,
  isAbsent,
  isAsDeclared,
  namesOf,
  notes,
  record,
  text,
  type Wire,
} from '../schema'
import type { Seam } from '../seam'
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
  isGoing,
  warnings,
  workspaceId,
} from './common'
import { dependentsOfUser } from './dependents'
import { progressOf, waiting } from './progress'
import { systemUsers } from './sources'

const path = '/acs/users'
const key = 'acs_user'
const cannotClear = 'Seam cannot take it away again'
const cannotBeEndless =
  'Seam gives a schedule without end to a new user only; an end far away keeps this one'

/** Seam says `user_identity_id` only of users that are linked. */
const person = (user: Wire) => user['user_identity_id'] ?? undefined

/** What tells users of one system apart. */
const facts = {
  full_name: text('The name.'),
  email_address: text('The e-mail address.', emailAddress)
    .optional()
    .replacesWhenCleared(cannotClear),
  phone_number: text('The phone number in E.164 form.').optional().replacesWhenCleared(cannotClear),
  user_identity_id: id('The person that it stands for; one user a system.').optional().clearable(),
}

/** Links the user to another person, which ends the link to the one before, or to nobody. */
async function relink(seam: Seam, acs_user_id: string, from: unknown, to: unknown): Promise<void> {
  if (to !== undefined) {
    await seam.write('/user_identities/add_acs_user', { acs_user_id, user_identity_id: to })
  } else if (from !== undefined) {
    await seam.write('/user_identities/remove_acs_user', { acs_user_id, user_identity_id: from })
  }
}

export const acsUser = defineResource({
  name: 'acs_user',
  about:
    'A user of an access control system: what memberships, cards and PINs of that system hang on. No key tells one from another, so a user with the same facts is never created twice: it is reported, or adopted.',
  page: 'https://docs.seam.co/latest/api/acs/users',
  id: 'acs_user_id',
  called: { noun: 'system user', is: 'person', named: ['full_name'] },
  knownBy: {
    unique: [
      ['user_identity_id', 'acs_system_id'],
      [...namesOf(facts), 'acs_system_id'],
    ],
    alike: [
      ['email_address', 'acs_system_id'],
      ['phone_number', 'acs_system_id'],
      [...namesOf(facts), 'acs_system_id'],
    ],
  },
  opens: {
    who: { acs_user: ['acs_user_id'] },
    what: { acs_system: ['acs_system_id'] },
    from: 'access_schedule.starts_at',
    until: 'access_schedule.ends_at',
    unless: 'is_suspended',
    isHolder: true,
  },
  elsewhere: {
    acs_access_group_ids: 'is not set here: declare an AccessGroupMembership for each group',
    email: 'is deprecated by Seam: use ‹email_address›',
  },
  fields: {
    acs_system_id: id('The access control system.').replaces('a user belongs to one system'),
    ...facts,
    access_schedule: record('When it has access, on systems that know such.', {
      starts_at: instant('From when; at once when left out.').optional().computed().sometimes(),
      ends_at: instant('Until when; without end when left out.')
        .optional()
        .replacesWhenCleared(cannotBeEndless),
    })
      .optional()
      .clearable(),
    is_suspended: flag('Whether it is suspended: it stays, and opens nothing.')
      .optional()
      .computed(),
    ...adoption,
    ...waiting,
    delete_cascade: deleteCascade,
    acs_user_id: id('Its id.').computed().stable(),
    display_name: displayName.repeats('full_name'),
    external_type: text('The kind of user, such as `salto_site_user`.').computed().sometimes(),
    external_type_display_name: text('The same, in the words of its maker.').computed().sometimes(),
    connected_account_id: id('The connected account.').computed().stable(),
    created_at: createdAt,
    workspace_id: workspaceId,
    pending_mutations: notes('Changes on their way to the system.').computed().sometimes(),
    errors,
    warnings,
  },

  // A person has one user in each system.
  order(before, after) {
    const isSame = (name: string) => before[name] === after[name]
    const isOfPerson = !isAbsent(before['user_identity_id']) && isSame('user_identity_id')
    return isOfPerson && isSame('acs_system_id') ? 'delete-first' : 'create-first'
  },
  observe: (reads, acsUserId, known) =>
    found(reads.one(systemUsers, acsUserId, known?.inputs['acs_system_id'] as string | undefined)),
  async holder(seam, { acs_system_id, user_identity_id }) {
    if (isAbsent(user_identity_id)) return undefined
    const users = await seam.list<Wire>(`${path}/list`, { acs_system_id }, 'acs_users')
    const held = users.find(
      (user) => !isGoing(user) && user['user_identity_id'] === user_identity_id,
    )
    return held && { held, by: 'user_identity_id' }
  },
  async twins(seam, inputs) {
    const { acs_system_id, full_name: search } = inputs
    const users = await seam.list<Wire>(`${path}/list`, { acs_system_id, search }, 'acs_users')
    return users.filter((user) => !isGoing(user) && isAsDeclared(facts, user, inputs))
  },
  async create(seam, { is_suspended: _later, ...inputs }) {
    const observed = await seam.create<Wire>(`${path}/create`, inputs, key)
    return created(`${path}/create`, observed, 'acs_user_id')
  },
  async update(seam, acs_user_id, edit, { access_schedule: last }) {
    const { before, after, changed } = edit
    const { user_identity_id: _linked, is_suspended: _suspended, ...changes } = edit.patch
    if (after.access_schedule && changes['access_schedule']) {
      // Seam wants both ends of a schedule that is changed.
      const starts_at = last?.starts_at ?? new Date(seam.now()).toISOString()
      changes['access_schedule'] = { starts_at, ...after.access_schedule }
    }
    if (Object.keys(changes).length > 0) {
      await seam.write(`${path}/update`, { acs_user_id, ...changes })
    }
    if (changed.has('user_identity_id')) {
      await relink(seam, acs_user_id, person(before), person(after))
    }
    if (changed.has('is_suspended')) {
      const action = after.is_suspended ? 'suspend' : 'unsuspend'
      await seam.write(`${path}/${action}`, { acs_user_id })
    }
  },
  progress: progressOf,
  dependents: dependentsOfUser,
  remove: (seam, acs_user_id) => seam.write(`${path}/delete`, { acs_user_id }),
})
