import test from 'ava'
import {
  create,
  NotOursError,
  PartialFailure,
  remove,
  Session,
  type Stored,
} from '../../src/provider'
import {
  accessGrant,
  accessGroupMembership,
  space,
  userIdentity,
  type SeamResource,
} from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { SeamApiError, SeamLostAnswerError } from '../../src/seam'
import { calls, json, wire } from '../seam/wire'
import { failure, grantOf, office, planned, seed } from './office'

const person = { full_name: 'Lea Kern', email_address: 'lea@example.com' }
const annex = { name: 'Annex', acs_entrance_ids: [officeIds.entrances.roof] }

const kinds: Record<string, [SeamResource, Wire, (sandbox: Sandbox) => number]> = {
  '/access_grants': [accessGrant, grantOf(), ({ store }) => store.accessGrants.size],
  '/spaces': [space, annex, ({ store }) => store.spaces.size],
  '/user_identities': [userIdentity, person, ({ store }) => store.userIdentities.size],
}

for (const [path, [definition, given, count]] of Object.entries(kinds)) {
  for (const fault of ['reset-after', 'reset-before'] as const) {
    test(`Create: ${path} after a lost answer (${fault}) there is one object`, async (t) => {
      const { sandbox, session } = await office(t)
      const before = count(sandbox)
      sandbox.fault({ path: `${path}/create`, kind: fault, times: 1 })
      const inputs = planned(definition, given)
      const made = await create(definition, session, inputs, seed)
      t.is(count(sandbox), before + 1)
      t.is(made.outputs[definition.id], made.id)
      t.deepEqual(made.inputs, inputs)
      t.is(made.outputs['workspace_id'], sandbox.workspaceId)
    })
  }

  test(`Create: ${path} made by a run that was killed is continued by the next run`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const before = count(sandbox)
    const killed = await create(definition, session, planned(definition, given), seed)
    const made = await create(definition, newSession(), planned(definition, given), seed)
    t.is(made.id, killed.id)
    t.deepEqual(made.inputs, killed.inputs)
    t.is(count(sandbox), before + 1)
  })
}

test('Create: nothing is looked up unless something went wrong', async (t) => {
  const { sandbox, session } = await office(t)
  await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  t.deepEqual(calls(sandbox), ['/access_grants/create 200'])
})

test('Create: an error of the server is waited out', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/spaces/create', kind: 'status', status: 503, times: 2 })
  const began = Date.now()
  await create(space, session, planned(space, annex), seed)
  t.true(Date.now() - began > 1000, 'with growing pauses')
  t.is(
    sandbox.store.spaces.where('space_key', String(planned(space, annex)['space_key'])).length,
    1,
  )
})

test('Create: a live object never lends its key, as with --replace', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const given = grantOf()
  const generations = [await create(accessGrant, session, planned(accessGrant, given), seed)]
  for (let run = 2; run <= 3; run += 1) {
    const next = newSession()
    const { inputs: before, id, outputs } = generations.at(-1) as Stored
    const inputs = planned(accessGrant, given, next, { seed, before })
    const made = await create(accessGrant, next, inputs, seed)
    await remove(accessGrant, next, id, outputs)
    t.truthy(sandbox.store.accessGrants.get(made.id), 'the new one is there')
    t.falsy(sandbox.store.accessGrants.get(id), 'the old one is gone')
    generations.push(made)
  }
  const keys = generations.map(({ inputs }) => String(inputs['access_grant_key']))
  const first = `iac-${seed}`
  t.deepEqual(keys, [first, `${first}~2`, first], 'the next key that no live object has')
})

test('Create: a replacement that was killed after its create is continued', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const old = await create(accessGrant, session, planned(accessGrant, grantOf()), seed)
  const replacing = () => {
    const next = newSession()
    const inputs = planned(accessGrant, grantOf(), next, { seed, before: old.inputs })
    return create(accessGrant, next, inputs, seed)
  }
  const killed = await replacing()
  const made = await replacing()
  t.not(killed.id, old.id)
  t.is(made.id, killed.id)
  t.is(
    sandbox.store.accessGrants.where('user_identity_id', officeIds.userIdentities.ivan).length,
    2,
  )
})

test('Create: two resources of one run never share an object', async (t) => {
  const { session } = await office(t)
  const inputs = planned(accessGrant, grantOf())
  const one = await create(accessGrant, session, inputs, seed)
  const other = await create(accessGrant, session, inputs, seed)
  t.not(one.id, other.id)
})

test('Create: a lost answer with a key of the program is continued too', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/access_grants/create', kind: 'reset-after', times: 1 })
  const given = grantOf({ access_grant_key: 'mine' })
  const made = await create(accessGrant, session, planned(accessGrant, given), seed)
  t.is(sandbox.store.accessGrants.find('access_grant_key', 'mine')?.access_grant_id, made.id)
})

test('Create: a key of the program that is taken is an error with a way out', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const inputs = planned(accessGrant, grantOf({ access_grant_key: 'mine' }))
  const { id } = await create(accessGrant, session, inputs, seed)
  const error = await failure(create(accessGrant, newSession(), inputs, seed), NotOursError)
  const [what, wayOut, requestId, ...more] = error.message.split('\n')
  t.is(what, `AccessGrant ${id} has the key "mine" already, and was not created by this program.`)
  t.regex(
    wayOut ?? '',
    /^Give another key, set ‹adopt› to true to take it over, or delete it first/,
  )
  t.regex(requestId ?? '', /request id: \S+$/)
  t.deepEqual(more, [])
  t.is(sandbox.store.accessGrants.where('access_grant_key', 'mine').length, 1)
})

test('Create: a lost answer does not make an old object ours', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/spaces/create', kind: 'reset-after', times: 1 })
  const inputs = planned(space, { name: 'Lobby', space_key: 'lobby' })
  const error = await failure(create(space, session, inputs, seed), NotOursError)
  t.true(error.message.includes(officeIds.spaces.lobby))
})

test('Create: what landed after its answer was given up is still ours', async (t) => {
  const id = '80000000-0000-4000-8000-0000000000aa'
  const landed = { ...annex, space_id: id, space_key: 'mine', created_at: new Date().toISOString() }
  let gets = 0
  const { endpoint, arrivals } = await wire(t, (response, _nth, { path }) => {
    const creates = arrivals.filter((one) => one.path === '/spaces/create').length
    if (path === '/spaces/create') {
      return creates === 1
        ? json(response, 504, {})
        : json(response, 409, { error: { type: 'space_key_conflict', message: 'taken' } })
    }
    if (path === '/spaces/get') {
      gets += 1
      return gets === 1
        ? json(response, 404, { error: { type: 'space_not_found' } })
        : json(response, 200, { space: landed })
    }
    if (path.endsWith('/list')) {
      const acs_entrances = [{ acs_entrance_id: officeIds.entrances.roof }]
      return json(response, 200, { acs_entrances, devices: [] })
    }
    json(response, 200, { ok: true })
  })
  const session = new Session()
  session.configure({ endpoint, apiKey: 'seam_test_late' })
  const made = await create(space, session, planned(space, { ...annex, space_key: 'mine' }), seed)
  t.is(made.id, id)
})

test('Create: without a key a lost answer is an error, and nothing is made twice', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/spaces/create', kind: 'reset-after', times: 1 })
  const inputs = planned(space, annex, session, {})
  t.is(inputs['space_key'], undefined)
  await failure(create(space, session, inputs), SeamLostAnswerError)
  t.deepEqual(calls(sandbox), ['/spaces/create 0'])
})

const ivan = { email_address: 'ivan.novak@office.example', phone_number: '+14155550199' }

for (const by of ['email_address', 'phone_number'] as const) {
  test(`Create: a person whose ${by} somebody has is refused, and told who that is`, async (t) => {
    const { sandbox, session } = await office(t)
    sandbox.store.userIdentities.update(officeIds.userIdentities.ivan, {
      phone_number: ivan.phone_number,
    })
    const given = { full_name: 'Another', [by]: ivan[by] }
    const error = await failure(
      create(userIdentity, session, planned(userIdentity, given), seed),
      NotOursError,
    )
    const [what, wayOut] = error.message.split('\n')
    t.true(what?.startsWith(`UserIdentity ${officeIds.userIdentities.ivan} (Ivan Novak) has`), what)
    t.true(what?.includes(`‹${by}›`))
    t.regex(wayOut ?? '', /«tell-rename».* ‹adopt› to true .* ‹adopt_id›/)
    t.is(sandbox.store.userIdentities.size, 2)
  })
}

test('Create: a refusal for another reason than what is unique is told as it is', async (t) => {
  const { sandbox, session } = await office(t)
  sandbox.fault({ path: '/user_identities/create', kind: 'status', status: 403 })
  const given = planned(userIdentity, { full_name: 'Another' })
  t.is((await failure(create(userIdentity, session, given, seed), SeamApiError)).status, 403)
})

test('Create: what Seam silently leaves out is a partial failure', async (t) => {
  const id = 'a0000000-0000-4000-8000-0000000000aa'
  const answer = { ...grantOf(), access_grant_id: id, name: null, ends_at: null }
  const { endpoint } = await wire(t, (response) => json(response, 200, { access_grant: answer }))
  const session = new Session()
  session.configure({ endpoint, apiKey: 'seam_test_deaf' })
  const inputs = planned(accessGrant, grantOf({ name: 'Lab', ends_at: '2031-01-01T00:00:00Z' }))
  const error = await failure(create(accessGrant, session, inputs, seed), PartialFailure)
  t.is(error.id, id)
  t.regex(error.message, /AccessGrant \S+ does not show the change of ‹ends_at›, ‹name›/)
})

const { labTeam } = officeIds.accessGroups
const { brivoHugo, brivoGrace } = officeIds.acsUsers

const members: Record<string, [given: Wire, user: string]> = {
  'an ACS user': [{ acs_user_id: brivoHugo }, brivoHugo],
  'a person who has an ACS user': [
    { user_identity_id: officeIds.userIdentities.grace },
    brivoGrace,
  ],
}

for (const [who, [given, user]] of Object.entries(members)) {
  test(`Create: a membership of ${who} survives a lost answer`, async (t) => {
    const { sandbox, session } = await office(t)
    const before = sandbox.store.memberships.size
    sandbox.fault({ path: '/acs/access_groups/add_user', kind: 'reset-after', times: 1 })
    const inputs = planned(accessGroupMembership, { acs_access_group_id: labTeam, ...given })
    const made = await create(accessGroupMembership, session, inputs, seed)
    t.is(made.id, `${labTeam}/${user}`)
    t.is(made.outputs['acs_user_id'], user)
    t.is(sandbox.store.memberships.size, before + 1)
  })
}

for (const duplicateKeyStatus of [400, 409]) {
  test(`Create: a key that is taken is understood when Seam answers ${duplicateKeyStatus}`, async (t) => {
    const { sandbox, session, newSession } = await office(t, { duplicateKeyStatus })
    const inputs = planned(accessGrant, grantOf())
    const killed = await create(accessGrant, session, inputs, seed)
    t.is((await create(accessGrant, newSession(), inputs, seed)).id, killed.id)
    const own = planned(accessGrant, grantOf({ access_grant_key: 'own' }))
    await create(accessGrant, session, own, seed)
    await failure(create(accessGrant, newSession(), own, seed), NotOursError)
    t.is(sandbox.store.accessGrants.size, 3)
  })
}

test('Create: what a lost answer has made is found although reads are behind', async (t) => {
  const { sandbox, session } = await office(t)
  const before = sandbox.store.spaces.size
  sandbox.fault({ kind: 'stale', ms: 900 })
  sandbox.fault({ path: '/spaces/create', kind: 'reset-after', times: 1 })
  await create(space, session, planned(space, { ...annex, space_key: 'annex' }))
  t.is(sandbox.store.spaces.size, before + 1)
})

for (const [what, given, name] of [
  ['the key', { ...annex, space_key: 'annex' }, 'Space annex'],
  ['the key that was chosen', annex, `Space iac-${seed}`],
] as const) {
  test(`Create: an error names the class and ${what}`, async (t) => {
    const { sandbox, session } = await office(t)
    sandbox.fault({ path: '/spaces/create', kind: 'status', status: 403 })
    const error = await failure(create(space, session, planned(space, given), seed), SeamApiError)
    t.is(error.status, 403)
    t.true(error.message.startsWith(`Seam refused /spaces/create for ${name}: `), error.message)
  })
}

test('Create: a lost answer is continued although Seam’s clock is behind ours', async (t) => {
  const { sandbox } = await office(t)
  const late = (text: string | number) => new Date(new Date(text).getTime() - 600_000)
  const headers = {
    authorization: `Bearer ${sandbox.apiKey}`,
    'content-type': 'application/json',
  }
  const { endpoint } = await wire(t, (response, nth, { path, body }) => {
    fetch(sandbox.endpoint + path, { method: 'POST', headers, body: JSON.stringify(body) })
      .then(async (answer) => {
        if (nth === 1) return response.destroy()
        const text = (await answer.text()).replace(
          /("created_at":")([^"]+)/g,
          (_, name: string, instant: string) => name + late(instant).toISOString(),
        )
        const date = late(Date.now()).toUTCString()
        return response.writeHead(answer.status, { date }).end(text)
      })
      .catch(() => response.destroy())
  })
  const session = new Session(20)
  session.configure({ endpoint, apiKey: sandbox.apiKey })
  const given = planned(space, { ...annex, space_key: 'annex' })
  const made = await create(space, session, given, seed)
  t.is(sandbox.store.spaces.find('space_key', 'annex')?.space_id, made.id)
})
