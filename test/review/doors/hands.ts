import type { Sandbox } from '../../../src/sandbox'
import { ask } from '../../fixtures/building'
import type { ExportedState } from '../../fixtures/pulumi'
import { there } from './program'
import type { Random } from './random'

type Hand = (sandbox: Sandbox, id: string, random: Random) => Promise<string | undefined>

/** What people do to what a program manages, by the type of the resource. */
const hands: Record<string, readonly Hand[]> = {
  AccessGrant: [
    async (sandbox, access_grant_id) => {
      await ask(sandbox, '/access_grants/delete', { access_grant_id })
      return 'a grant is deleted'
    },
    async (sandbox, access_grant_id, random) => {
      const ends_at = random.chance(0.3) ? null : '2033-03-03T00:00:00Z'
      await ask(sandbox, '/access_grants/update', { access_grant_id, ends_at })
      return 'the end of a grant is moved'
    },
    async (sandbox, access_grant_id) => {
      const { ends_at: end } = sandbox.store.accessGrants.get(access_grant_id)!
      if (end !== null && Date.parse(end) < Date.parse('2030-09-09')) return undefined
      const starts_at = '2030-09-09T00:00:00Z'
      await ask(sandbox, '/access_grants/update', { access_grant_id, starts_at })
      return 'the start of a grant is moved'
    },
    async (sandbox, access_grant_id) => {
      const [access_method_id] = sandbox.store.accessGrants.get(access_grant_id)!.access_method_ids
      if (access_method_id === undefined) return undefined
      // A PIN that another grant shares would go there too, which no state knows of.
      const sharing = sandbox.store.accessGrants.where('access_method_ids', access_method_id)
      if (sharing.length > 1) return undefined
      await ask(sandbox, '/access_methods/delete', { access_method_id })
      return 'a method of a grant is deleted'
    },
  ],
  AcsUser: [
    async (sandbox, acs_user_id) => {
      const isSuspended = sandbox.store.acsUsers.get(acs_user_id)!.is_suspended
      await ask(sandbox, `/acs/users/${isSuspended ? 'unsuspend' : 'suspend'}`, { acs_user_id })
      return `a user is ${isSuspended ? 'unsuspended' : 'suspended'}`
    },
    async (sandbox, acs_user_id) => {
      const access_schedule = { starts_at: '2026-01-01T00:00:00Z', ends_at: '2033-03-03T00:00:00Z' }
      await ask(sandbox, '/acs/users/update', { acs_user_id, access_schedule })
      return 'the schedule of a user is changed'
    },
  ],
  AccessGroupMembership: [
    async (sandbox, id) => {
      const [acs_access_group_id, acs_user_id] = id.split('/')
      await ask(sandbox, '/acs/access_groups/remove_user', { acs_access_group_id, acs_user_id })
      return 'a member is removed'
    },
  ],
  AccessGroupMembersExclusive: [
    async (sandbox, acs_access_group_id, random) => {
      const acs_user_id = random.one(there.users)
      await ask(sandbox, '/acs/access_groups/add_user', { acs_access_group_id, acs_user_id })
      return 'somebody is added to a listed group'
    },
    async (sandbox, acs_access_group_id, random) => {
      const members = sandbox.store.memberships.where('acs_access_group_id', acs_access_group_id)
      if (members.length === 0) return undefined
      const { acs_user_id } = random.one(members)
      await ask(sandbox, '/acs/access_groups/remove_user', { acs_access_group_id, acs_user_id })
      return 'somebody is taken out of a listed group'
    },
  ],
  Space: [
    async (sandbox, space_id, random) => {
      const acs_entrance_ids = random.some(there.doors, 3)
      await ask(sandbox, '/spaces/update', { space_id, acs_entrance_ids })
      return 'the doors of a space are changed'
    },
  ],
  AcsCredential: [
    async (sandbox, acs_credential_id) => {
      await ask(sandbox, '/acs/credentials/delete', { acs_credential_id })
      return 'a credential is deleted'
    },
    async (sandbox, acs_credential_id) => {
      const ends_at = '2033-03-03T00:00:00Z'
      await ask(sandbox, '/acs/credentials/update', { acs_credential_id, ends_at })
      return 'the end of a credential is moved'
    },
  ],
}

/** Changes something that the program manages; answers what, or nothing where there is nothing. */
export async function changeByHand(
  sandbox: Sandbox,
  { deployment }: ExportedState,
  random: Random,
): Promise<string | undefined> {
  const managed = (deployment.resources ?? []).flatMap(({ type, id }) => {
    const name = type.split(':').at(-1)!
    return id !== undefined && hands[name] ? [{ name, id }] : []
  })
  const kinds = [...new Set(managed.map(({ name }) => name))]
  for (let tries = 0; tries < 10 && kinds.length > 0; tries += 1) {
    const kind = random.one(kinds)
    const { id } = random.one(managed.filter(({ name }) => name === kind))
    const what = await random.one(hands[kind]!)(sandbox, id, random)
    if (what !== undefined) return what
  }
  return undefined
}
