import test, { type ExecutionContext } from 'ava'
import { lookups, type Lookup } from '../../src/lookups'
import {
  wordsOf,
  fieldsOf,
  checkInputs,
  isWire,
  type Field,
  type Fields,
  type Wire,
} from '../../src/schema'
import type { Seam } from '../../src/seam'
import { officeIds } from '../../src/sandbox'
import { membersOfSchema, newerMembers, validate } from '../fixtures/openapi'
import { grant, office } from './office'

const { systems, entrances, accessGroups, acsUsers, userIdentities, spaces } = officeIds

/** Something that each lookup finds. */
async function questions(seam: Seam): Promise<Record<string, Wire>> {
  const { access_grant_id } = await grant(seam, { customization_profile_id: systems.brivo })
  const since = new Date(Date.now() - 60_000).toISOString()
  const unmanaged = { access_grant_id: officeIds.grants.unmanagedFrontDesk }
  const group = { acs_access_group_id: accessGroups.cleaners }
  return {
    access_grant: { access_grant_id },
    access_grants: {},
    access_grant_events: { access_grant_id, since },
    access_grant_related: { access_grant_id },
    access_methods: { access_grant_id },
    unmanaged_access_grant: unmanaged,
    unmanaged_access_grants: {},
    access_group: group,
    access_group_entrances: group,
    access_group_members: group,
    acs_credential: { acs_credential_id: officeIds.credentials.hugoKeyCard },
    acs_credentials: {},
    acs_system: { acs_system_id: systems.saltoKs },
    acs_user: { acs_user_id: acsUsers.saltoAna },
    credentials_with_access: { acs_entrance_id: entrances.serverRoom },
    device: { device_id: officeIds.devices.gymLock },
    devices: {},
    entrance: { acs_entrance_id: entrances.frontDoor },
    entrances: {},
    space: { space_id: spaces.lobby },
    spaces: {},
    user_identities: {},
    user_identity: { user_identity_id: userIdentities.ivan },
    workspace: {},
  }
}

/** Members of a value that its fields do not name, and members that they promise and it lacks. */
function disagreements(fields: Fields, found: Wire, at: string): string[] {
  const unknown = Object.keys(found).filter((name) => !(name in fields || newerMembers.has(name)))
  const missing = Object.entries(fields)
    .filter(([name, field]) => field.output === 'always' && (found[name] ?? null) === null)
    .map(([name]) => name)
  const inner = Object.entries(fields).flatMap(([name, { kind }]) =>
    [fieldsOf(kind) ? found[name] : undefined]
      .flat()
      .filter(isWire)
      .flatMap((one) => disagreements(fieldsOf(kind)!, one, `${at}.${name}`)),
  )
  return [
    ...unknown.map((name) => `${at}.${name} is unknown`),
    ...missing.map((name) => `${at}.${name} is missing`),
    ...inner,
  ]
}

for (const lookup of lookups) {
  const { name, fields } = lookup

  test(`Members: every member of ${name} is one that the definition knows`, async (t) => {
    const { seam, find } = await office(t)
    const by = (await questions(seam))[name]
    if (!by) return t.fail('the test asks for nothing')
    const found = await lookup.answer(seam, by)
    t.deepEqual(disagreements(fields, found, name), [])
    const answered = await find(name, by)
    t.deepEqual(disagreements(fields, answered, name), [], 'and it always has what it promises')
    const [only] = Object.values(answered)
    if (!lookup.id && name !== 'access_grant_related') t.true((only as Wire[]).length > 0)
  })
}

/** What each object of the API's document is called here. */
const objects: [schema: string, lookup: string, list?: string][] = [
  ['access_grant', 'access_grant'],
  ['access_grant', 'access_grants', 'access_grants'],
  ['access_method', 'access_methods', 'access_methods'],
  ['access_method', 'access_grant_related', 'access_methods'],
  ['acs_access_group', 'access_group'],
  ['acs_credential', 'acs_credential'],
  ['acs_credential', 'acs_credentials', 'acs_credentials'],
  ['acs_credential', 'credentials_with_access', 'acs_credentials'],
  ['acs_entrance', 'entrance'],
  ['acs_entrance', 'access_group_entrances', 'acs_entrances'],
  ['acs_entrance', 'access_grant_related', 'acs_entrances'],
  ['acs_system', 'acs_system'],
  ['acs_user', 'acs_user'],
  ['acs_user', 'access_group_members', 'acs_users'],
  ['space', 'space'],
  ['user_identity', 'user_identity'],
  ['workspace', 'workspace'],
  ['connected_account', 'access_grant_related', 'connected_accounts'],
]

/** The members of a schema that fields do not name, at every depth that the fields describe. */
function left(t: ExecutionContext, schema: Wire, fields: Fields, at = ''): string[] {
  return Object.entries(schema).flatMap(([name, inner]) => {
    const field = fields[name]
    if (!field) return [`${at}${name}`]
    // Notes keep whatever they have, and the names in custom metadata are their owner's.
    const nested = fieldsOf(field.kind)
    if (!nested || name === 'custom_metadata') return []
    t.true(isWire(inner), `${at}${name} has members`)
    return left(t, inner as Wire, nested, `${at}${name}.`)
  })
}

for (const [schema, name, list] of objects) {
  test(`Members: ${list ? `${list} of ${name}` : name} has all that Seam documents`, (t) => {
    const { fields } = lookups.find((one) => one.name === name)!
    const own = list ? fieldsOf(fields[list]!.kind)! : fields
    t.deepEqual(left(t, membersOfSchema(schema), own), [])
  })
}

/** A value that a field takes. */
function sample(name: string, { kind }: Field): unknown {
  if (kind.is === 'flag') return true
  if (kind.is === 'set') return wordsOf(kind) ?? [systems.brivo]
  if (kind.is === 'id') return systems.brivo
  if (kind.is === 'instant') return `${name === 'until' ? 2027 : 2026}-01-01T00:00:00Z`
  return 'Lobby'
}

/** Every way to ask with up to three inputs. */
function asked({ by, rules }: Lookup): Wire[] {
  const one = Object.entries(by).map(([name, field]) => ({ [name]: sample(name, field) }))
  const two = one.flatMap((first) => one.map((second) => ({ ...first, ...second })))
  const three = two.flatMap((first) => one.map((second) => ({ ...first, ...second })))
  return [{}, ...three].filter(
    (given) => checkInputs({ fields: by, rules }, given).problems.length === 0,
  )
}

// The document wants an instant there to be either text or an instant, and each is both.
const mistaken = /^\/between\//

for (const lookup of lookups) {
  test(`Requests: whatever ${lookup.name} is asked by, Seam's document knows the call`, async (t) => {
    const { seam, sandbox } = await office(t)
    // What there is not answers 404, and that is all right here.
    for (const by of asked(lookup)) await lookup.answer(seam, by).catch(() => undefined)
    t.true(sandbox.requests.length > 0)
    for (const { path, body } of sandbox.requests) {
      const { errors, unknownKeys } = validate('request', path, body)
      const wrong = [...errors.filter((error) => !mistaken.test(error)), ...unknownKeys]
      t.deepEqual(wrong, [], `${path} ${JSON.stringify(body)}`)
    }
  })
}
