import * as pulumi from '@pulumi/pulumi'
import test from 'ava'
import { getAccessGrant } from '../../src'
import { lookUp } from '../../src/lookups'
import { toState } from '../../src/pulumi/dynamic/state'
import { toWire } from '../../src/pulumi/values/properties'
import { accessGrant, lookedUp } from '../../src/resources'
import {
  wordsOf,
  spelled,
  fieldsOf,
  isWire,
  outputsOf,
  type Field,
  type Fields,
  type Wire,
} from '../../src/schema'
import { officeIds } from '../../src/sandbox'
import type { Seam } from '../../src/seam'
import { seedPages, pathsIn } from '../fixtures/seed-pages'
import { grant, lookupOf, office } from './office'

const { devices, entrances, spaces, userIdentities } = officeIds

/** Where the members of each page come out; every one of these has all of them. */
const homes: Record<string, Record<string, Fields>> = {
  access_grants: {
    'the resource AccessGrant': accessGrant.fields,
    getAccessGrant: lookupOf('access_grant').fields,
    getAccessGrants: entryOf('access_grants', 'access_grants'),
  },
  acs_access_groups_get: { getAccessGroup: lookupOf('access_group').fields },
  acs_credentials_get: {
    getAcsCredential: lookupOf('acs_credential').fields,
    getAcsCredentials: entryOf('acs_credentials', 'acs_credentials'),
  },
  entrances_list_credentials_with_access: {
    getCredentialsWithAccess: entryOf('credentials_with_access', 'acs_credentials'),
  },
  unmanaged_access_grants_get: {
    getUnmanagedAccessGrant: lookupOf('unmanaged_access_grant').fields,
    getUnmanagedAccessGrants: entryOf('unmanaged_access_grants', 'access_grants'),
  },
}

function entryOf(lookup: string, list: string): Fields {
  return fieldsOf(lookupOf(lookup).fields[list]!.kind)!
}

/** What the pages name and no output has, and why. */
const differences: Record<string, string> = {
  ok: 'is always true where there is an answer; a refusal is an error',
}

/** What the pages spell in their own way. */
const respelled: Record<string, (fields: Fields) => boolean> = {
  XXX_metadata: (fields) => Object.keys(fields).some((name) => /_metadata$/.test(name)),
}

/** Whether a path leads to something that comes out. */
function isReachable(fields: Fields, path: string): boolean {
  const special = respelled[path]
  if (special) return special(fields)
  const [name, ...inner] = path.split('.') as [string, ...string[]]
  const field = fields[name]
  if (!field || field.output === 'never') return false
  if (inner.length === 0) return true
  const nested = fieldsOf(field.kind)
  return nested ? isReachable(nested, inner.join('.')) : passes(field, inner)
}

/** Whether a free-form note keeps this member. */
function passes({ kind }: Field, inner: string[]): boolean {
  const note = inner.reduceRight<unknown>((value, name) => ({ [name]: value }), 'something')
  return pathsIn(spelled(kind, [note])).includes(inner.join('.'))
}

/** The lookup that makes the call of a page. */
const asking: Record<string, string> = {
  access_grants: 'access_grant',
  acs_access_groups_get: 'access_group',
  acs_credentials_get: 'acs_credential',
  entrances_list_credentials_with_access: 'credentials_with_access',
  unmanaged_access_grants_get: 'unmanaged_access_grant',
}

test('Seed pages: all that they name has been read', (t) => {
  const counts = Object.entries(seedPages).map(([page, { parameters, members, ...codes }]) => [
    page,
    parameters.length,
    members.length,
    codes.errors.length + codes.warnings.length,
    codes.events.length,
    codes.endpoints.length,
  ])
  t.deepEqual(counts, [
    ['access_grants', 0, 20, 7, 7, 7],
    ['acs_access_groups_get', 1, 12, 0, 0, 1],
    ['acs_credentials_get', 1, 14, 0, 0, 0],
    ['entrances_list_credentials_with_access', 2, 34, 0, 0, 1],
    ['unmanaged_access_grants_get', 1, 33, 0, 0, 0],
  ])
  t.deepEqual(Object.keys(homes), Object.keys(seedPages))
})

for (const [page, { members, values, parameters }] of Object.entries(seedPages)) {
  for (const [home, fields] of Object.entries(homes[page]!)) {
    test(`Seed pages: every member on ${page} comes out of ${home}`, (t) => {
      const lost = members.filter((path) => !isReachable(fields, path))
      t.deepEqual(
        lost.filter((path) => !(path in differences)),
        [],
      )
      for (const [member, words] of Object.entries(values)) {
        const choices = wordsOf(fields[member]!.kind) ?? words
        t.deepEqual(
          words.filter((word) => !choices.includes(word)),
          [],
          member,
        )
      }
    })
  }

  test(`Seed pages: every parameter on ${page} can be given`, (t) => {
    const given = Object.keys(lookupOf(asking[page]!).by)
    t.deepEqual(
      parameters.filter((name) => !given.includes(name)),
      [],
    )
  })
}

test('Seed pages: what is listed as different is so', (t) => {
  const named = Object.values(seedPages).flatMap(({ members }) => members)
  for (const path of [...Object.keys(differences), ...Object.keys(respelled)]) {
    t.true(named.includes(path), `${path} is on a page`)
  }
  const all = Object.values(homes).flatMap((fields) => Object.values(fields))
  for (const path of Object.keys(differences)) {
    t.false(
      all.some((fields) => isReachable(fields, path)),
      `${path} is nowhere`,
    )
  }
})

const examples: [page: string, lookup: string][] = [
  ['acs_access_groups_get', 'access_group'],
  ['entrances_list_credentials_with_access', 'credentials_with_access'],
  ['unmanaged_access_grants_get', 'unmanaged_access_grant'],
  ['unmanaged_access_grants_get', 'unmanaged_access_grants'],
]

for (const [page, name] of examples) {
  test(`Seed pages: the example on ${page} comes out of ${name} whole`, async (t) => {
    const [object] = Object.values(seedPages[page]!.example!).flat().filter(isWire)
    const answering = { read: async () => object, list: async () => [object] }
    const answer = await lookUp(lookupOf(name), answering as unknown as Seam, {
      acs_access_group_id: entrances.roof,
    })
    const [list] = Object.values(answer)
    const shown = pathsIn(lookupOf(name).id ? answer : list)
    const lost = pathsIn(object).filter((path) => !shown.includes(path))
    t.deepEqual(
      lost.filter((path) => !(path in differences)),
      [],
    )
  })
}

type Notes = 'errors' | 'warnings'

/** The codes of a grant's notes, by the lookup and by the resource. */
async function codesOf({ seam, find }: Office, access_grant_id: string, list: Notes) {
  const member = list === 'errors' ? 'error_code' : 'warning_code'
  const found = await find('access_grant', { access_grant_id })
  const observed = await lookedUp(seam, '/access_grants/get', { access_grant_id }, 'access_grant')
  return [found, outputsOf(accessGrant.fields, observed!, {})].map((shown) =>
    (shown[list] as Wire[]).map((note) => note[member]),
  )
}

type Office = Awaited<ReturnType<typeof office>>

const page = seedPages['access_grants']!

for (const list of ['errors', 'warnings'] as const) {
  for (const code of page[list]) {
    test(`Seed pages: ${list} of an access grant tell ${code}`, async (t) => {
      const building = await office(t)
      const made = String((await grant(building.seam))['access_grant_id'])
      const note = { message: 'So it is.', created_at: '2026-01-01T00:00:00Z' }
      const noted = [{ ...note, [list === 'errors' ? 'error_code' : 'warning_code']: code }]
      building.sandbox.store.accessGrants.update(made, { [list]: noted })
      t.deepEqual(await codesOf(building, made, list), [[code], [code]])
    })
  }
}

test('Seed pages: warnings that Seam gives by itself come out, without their PINs', async (t) => {
  const building = await office(t, { settleMs: 60_000 })
  const { seam, find } = building
  await grant(seam, { access_grant_key: 'first' })
  const other = { user_identity_id: userIdentities.grace, acs_entrance_ids: [] }
  const targets = { space_ids: [spaces.lobby], device_ids: [devices.gymLock] }
  const made = await grant(seam, { ...other, ...targets })
  const access_grant_id = String(made['access_grant_id'])
  const codes = async () => new Set((await codesOf(building, access_grant_id, 'warnings')).flat())
  t.true((await codes()).has('underprovisioned_access'))
  t.true((await codes()).has('requested_code_unavailable'))
  const { warnings } = await find('access_grant', { access_grant_id })
  t.notRegex(JSON.stringify(warnings), /0471|_code":"\d/)

  await seam.write('/access_grants/update', { access_grant_id, ends_at: '2031-01-01T00:00:00Z' })
  t.true((await codes()).has('updating_access_times'))
  await seam.write('/access_grants/delete', { access_grant_id })
  t.true((await codes()).has('being_deleted'))
  const { pending_mutations } = await find('access_grant', { access_grant_id })
  t.like(pending_mutations, [{ mutation_code: 'updating_access_times' }])
})

test('Seed pages: every event of an access grant comes out', async (t) => {
  const { sandbox, list } = await office(t)
  t.deepEqual(wordsOf(lookupOf('access_grant_events').by['event_types']!.kind), page.events)
  const now = new Date().toISOString()
  for (const [number, event_type] of page.events.entries()) {
    sandbox.store.events.add({
      event_id: `3000000f-0000-4000-8000-00000000000${number}`,
      event_type,
      workspace_id: sandbox.workspaceId,
      access_grant_id: officeIds.grants.unmanagedFrontDesk,
      created_at: now,
      occurred_at: now,
    })
  }
  const since = new Date(Date.now() - 60_000).toISOString()
  const by = { access_grant_id: officeIds.grants.unmanagedFrontDesk, since }
  const events = await list('access_grant_events', by, 'events')
  t.deepEqual(
    events.map((event) => event['event_type']),
    page.events,
  )
})

test('Seed pages: every endpoint that they name is called', async (t) => {
  const { sandbox, seam, find } = await office(t)
  const before = {
    user_identity_id: userIdentities.ivan,
    space_ids: [spaces.lab],
    requested_access_methods: [{ mode: 'card' as const }],
  }
  const { id } = await accessGrant.create(seam, before)
  const after = { ...before, name: 'Lab', requested_access_methods: [{ mode: 'code' as const }] }
  const changed = new Set(['name', 'requested_access_methods'] as const)
  await accessGrant.update!(seam, id, { before, after, changed, patch: { ...after } }, {} as never)
  const access_grant_id = id
  for (const name of ['access_grant', 'access_grant_related']) await find(name, { access_grant_id })
  await find('access_grants', {})
  await find('access_group', { acs_access_group_id: officeIds.accessGroups.labTeam })
  await find('credentials_with_access', { acs_entrance_id: entrances.roof })
  await accessGrant.remove(seam, id, {})
  const called = sandbox.requests.map(({ path }) => path)
  const named = Object.values(seedPages).flatMap(({ endpoints }) => endpoints)
  t.deepEqual(
    named.filter((path) => !called.includes(path)),
    [],
  )
})

test('Seed pages: a common key is told as a secret, and what is around it readable', async (t) => {
  const building = await office(t)
  const { sandbox, seam, find } = building
  const access_grant_id = String((await grant(seam))['access_grant_id'])
  const key = '471199'
  const change = {
    mutation_code: 'updating_spaces' as const,
    message: `The doors get the common key ${key}.`,
    created_at: '2026-01-01T00:00:00Z',
    from: { device_ids: [] },
    to: { device_ids: [devices.gymLock], common_code_key: key },
  }
  sandbox.store.accessGrants.update(access_grant_id, { pending_mutations: [change] })
  const { pending_mutations } = await find('access_grant', { access_grant_id })
  const shown = { ...change, message: 'The doors get the common key [secret].' }
  t.deepEqual(pending_mutations, [shown])

  const observed = await lookedUp(seam, '/access_grants/get', { access_grant_id }, 'access_grant')
  const outputs = outputsOf(accessGrant.fields, observed!, {})
  const state = toState(accessGrant, outputs, {}, {})
  t.like(state['pendingMutations'], [
    {
      message: shown.message,
      to: {
        deviceIds: [devices.gymLock],
        commonCodeKey: { '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270' },
      },
    },
  ])
  t.deepEqual(toWire(state)['pending_mutations'], [shown], 'later calls get it back')

  const { endpoint, apiKey } = sandbox
  pulumi.runtime.setAllConfig({ 'seam:endpoint': endpoint, 'seam:apiKey': apiKey }, ['seam:apiKey'])
  const found = await getAccessGrant({ accessGrantId: access_grant_id })
  const [mutation] = found.pendingMutations as unknown as [
    typeof change & { to: { commonCodeKey: pulumi.Output<string> } },
  ]
  t.is(mutation.message, shown.message)
  t.true(await pulumi.isSecret(mutation.to.commonCodeKey))
})
