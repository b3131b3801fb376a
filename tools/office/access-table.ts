import Table from 'cli-table3'
import type { Seam } from '../../src/seam'

interface Grant {
  user_identity_id: string
  space_ids: string[]
  starts_at: string
  ends_at: string | null
  requested_access_methods: { mode: string }[]
}
interface Person {
  user_identity_id: string
  display_name: string
}
interface Space {
  space_id: string
  name: string
}
interface Group {
  acs_access_group_id: string
  name: string
}
interface User {
  display_name: string
}

const day = (instant: string | null) => (instant ? instant.slice(0, 10) : 'open-ended')

/** Who can open what, as Seam says it: a row a grant, then a row a member of a group. */
export async function accessTable(seam: Seam): Promise<string> {
  const [grants, people, spaces, groups] = await Promise.all([
    seam.list<Grant>('/access_grants/list', {}, 'access_grants'),
    seam.list<Person>('/user_identities/list', {}, 'user_identities'),
    seam.list<Space>('/spaces/list', {}, 'spaces'),
    seam.list<Group>('/acs/access_groups/list', {}, 'acs_access_groups'),
  ])
  const personName = new Map(people.map((one) => [one.user_identity_id, one.display_name]))
  const spaceName = new Map(spaces.map((one) => [one.space_id, one.name]))
  const rows = grants.map((grant) => [
    personName.get(grant.user_identity_id) ?? grant.user_identity_id,
    grant.space_ids.map((id) => spaceName.get(id) ?? id).join(', '),
    grant.requested_access_methods.map(({ mode }) => mode).join(', '),
    `${day(grant.starts_at)} – ${day(grant.ends_at)}`,
  ])
  const members = await Promise.all(groups.map((group) => memberRows(seam, group)))
  const table = new Table({
    head: ['person', 'can open', 'with', 'from – until'],
    style: { head: [], border: [], compact: true },
  })
  table.push(...rows.sort(), ...members.flat().sort())
  return `\nWho can open what:\n${table.toString()}`
}

async function memberRows(seam: Seam, { acs_access_group_id, name }: Group): Promise<string[][]> {
  const users = await seam.list<User>(
    '/acs/access_groups/list_users',
    { acs_access_group_id },
    'acs_users',
  )
  return users.map((user) => [user.display_name, `group ${name}`, 'as the system says', '–'])
}
