import test from 'ava'
import type { Shape } from '../../src/sandbox/api/shape'
import { endpoints } from '../../src/sandbox/endpoints'
import { officeIds } from '../../src/sandbox'
import { start, type Client } from './client'
import { formOf, membersOf, parametersOf, type Schema } from './document'

const { accessGroups, acsUsers, credentials, entrances, systems, userIdentities } = officeIds
const unmanaged = officeIds.grants.unmanagedFrontDesk

/** The parameters that the document names and a call does not know, at every depth. */
function unknownTo(shape: Shape, named: Readonly<Record<string, Schema>>): string[] {
  return Object.entries(named).flatMap(([name, schema]) => {
    const known = shape[name]
    if (!known) return [name]
    const kind = 'optional' in known ? known.optional : known
    if (!('shape' in kind)) return []
    return unknownTo(kind.shape as Shape, membersOf(schema)).map((inner) => `${name}.${inner}`)
  })
}

for (const { path, params } of endpoints) {
  test(`Sandbox: ${path} knows every parameter that the document gives it`, (t) => {
    t.deepEqual(unknownTo(params, parametersOf(path)), [])
  })
}

type Body = Readonly<Record<string, unknown>>

/** What a list needs to answer with something. */
const needed: Record<string, Body> = {
  '/access_methods/list': { access_grant_key: 'ivan' },
  '/access_methods/unmanaged/list': { access_grant_id: unmanaged },
  '/acs/access_groups/list_accessible_entrances': { acs_access_group_id: accessGroups.labTeam },
  '/acs/access_groups/list_users': { acs_access_group_id: accessGroups.employees },
  '/acs/credentials/list_accessible_entrances': { acs_credential_id: credentials.hugoKeyCard },
  '/acs/encoders/list': { acs_system_ids: [systems.saltoKs, systems.brivo] },
  '/acs/entrances/list_credentials_with_access': { acs_entrance_id: entrances.labBench },
  '/acs/users/list_accessible_entrances': {
    acs_user_id: acsUsers.brivoGrace,
    user_identity_id: userIdentities.grace,
    acs_system_id: systems.brivo,
  },
  '/events/list': { since: '2000-01-01T00:00:00.000Z' },
  '/user_identities/list_accessible_devices': { user_identity_id: userIdentities.ivan },
  '/user_identities/list_accessible_entrances': { user_identity_id: userIdentities.grace },
  '/user_identities/list_acs_systems': { user_identity_id: userIdentities.grace },
  '/user_identities/list_acs_users': { user_identity_id: userIdentities.grace },
}

/** Values that fit nothing, or, for those of few values, each of them. */
function unfit(name: string, schema: Schema): readonly unknown[] {
  const { type, format, items, enum: values } = formOf(schema)
  if (name === 'unstable_offset') return [1_000]
  if (name === 'between') return [['1990-01-01T00:00:00.000Z', '1991-01-01T00:00:00.000Z']]
  if (name === 'since') return ['2999-01-01T00:00:00.000Z']
  if (type === 'array') return unfit(name, items ?? {}).map((value) => [value])
  if (type === 'integer' || type === 'number') return [1]
  if (type === 'boolean') return [true, false]
  if (type === 'object') return [{ colour: 'red' }]
  if (format === 'uuid') return ['ffffffff-ffff-4fff-8fff-ffffffffffff']
  if (format === 'date-time') return ['1990-01-01T00:00:00.000Z']
  return values ? [values.at(-1), ...values] : ['no-such-thing']
}

async function furnish({ call, sandbox }: Client): Promise<void> {
  for (const [key, more] of [
    ['ivan', {}],
    ['ivan-2', { reservation_key: 'visit', acs_entrance_ids: [entrances.meetingRoom] }],
  ] as const) {
    await call('/access_grants/create', {
      user_identity_id: userIdentities.ivan,
      requested_access_methods: [{ mode: 'code' }, { mode: 'card' }],
      access_grant_key: key,
      space_keys: ['lobby', 'gym'],
      ...more,
    })
  }
  const card = sandbox.store.accessMethods.all().find(({ mode }) => mode === 'card')
  for (const acs_encoder_id of Object.values(officeIds.encoders)) {
    await call('/access_methods/encode', {
      access_method_id: card?.access_method_id,
      acs_encoder_id,
    })
  }
}

const ofDocument = endpoints.filter(({ path }) => /\/list(_\w+)?$/.test(path))

for (const { path } of ofDocument) {
  for (const [name, schema] of Object.entries(parametersOf(path))) {
    test(`Sandbox: ${path} applies ${name}, or refuses it by name`, async (t) => {
      const client = await start(t)
      await furnish(client)
      client.sandbox.store.accessGrants.add({
        ...client.sandbox.store.accessGrants.get(unmanaged)!,
        access_grant_id: 'a0000000-0000-4000-8000-0000000000ff',
      })
      const given = needed[path] ?? {}
      const { body: all } = await client.send('POST', path, given)
      const [answer = ''] = Object.keys(all).filter((member) => Array.isArray(all[member]))
      t.true(all[answer].length > 0, JSON.stringify(all))
      const answers = []
      for (const value of unfit(name, schema)) {
        const { status, body } = await client.send('POST', path, { ...given, [name]: value })
        if (status === 200) answers.push(body[answer])
        else {
          const { error } = body
          const says = `${error.type} ${error.message} ${JSON.stringify(error.validation_errors)}`
          t.true(status === 404 || says.includes(name), `${status} ${says}`)
          answers.push(error)
        }
      }
      t.true(answers.some((one) => JSON.stringify(one) !== JSON.stringify(all[answer])))
    })
  }
}
