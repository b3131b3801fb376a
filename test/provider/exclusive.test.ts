import test from 'ava'
import { check, create, diff, read, remove, Session, survey, update } from '../../src/provider'
import {
  accessGroupMembersExclusive as exclusive,
  accessGroupMembership as edge,
} from '../../src/resources'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { unknown, type Wire } from '../../src/schema'
import { SeamApiError } from '../../src/seam'
import { writes } from '../fixtures/building'
import { apiKey, json, wire } from '../seam/wire'
import { failure, leftBy, office, seed } from './office'

const { accessGroups, acsUsers } = officeIds
const group = accessGroups.employees
const { saltoAna: ana, saltoBen: ben, saltoElena: elena } = acsUsers
const list = (...users: string[]): Wire => ({ acs_access_group_id: group, acs_user_ids: users })

/** What a plan makes of a program, as the surfaces do it. */
async function plan(session: Session, given: Wire, before?: Wire) {
  const standing = { seed, before }
  const { inputs, problems } = check(exclusive, given, standing, session.facts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return survey(exclusive, session, inputs, standing)
}
const members = ({ store }: Sandbox) =>
  store.memberships
    .where('acs_access_group_id', group)
    .map(({ acs_user_id }) => acs_user_id)
    .sort()

test('4.12: the plan of an exclusive set names whom it will remove, and the deployment removes them', async (t) => {
  const { sandbox, session } = await office(t)
  const planned = await plan(session, list(ana, elena))
  t.deepEqual(planned.inputs['removes'], [`Ben Okafor (${ben})`])
  t.deepEqual(planned.inputs['adds'], [elena])
  t.deepEqual(planned.notices, [
    `Removes from access group ${group} who is not in the list: Ben Okafor (${ben}).`,
  ])
  t.deepEqual(writes(sandbox), [])
  const made = await create(exclusive, session, planned.inputs)
  t.deepEqual(members(sandbox), [ana, elena].sort())
  t.is(made.outputs['removes'], undefined, 'a plan is no part of the state')
})

test('4.12: who joins between plan and deployment stays, and the next plan names them', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const planned = await plan(session, list(ana))
  sandbox.store.memberships.add({
    membership_id: `${group}/${elena}`,
    acs_access_group_id: group,
    acs_user_id: elena,
  })
  const made = await create(exclusive, session, planned.inputs)
  t.regex(made.notices!.join(), /Elena .* has joined access group .* since the plan was made/)
  t.deepEqual(members(sandbox), [ana, elena].sort())

  const next = newSession()
  const again = await plan(next, list(ana), made.inputs)
  t.regex(String(again.inputs['removes']), /Elena/)
  t.like(diff(exclusive, made.inputs, again.inputs, seed), { kind: 'update', changed: ['removes'] })
  await update(exclusive, next, leftBy(made), again.inputs)
  t.deepEqual(members(sandbox), [ana])
})

test('4.12: a plan of an exclusive set that is as declared is empty and reads the group once', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(exclusive, session, (await plan(session, list(ana, ben))).inputs)
  sandbox.clearRequests()
  const again = await plan(newSession(), list(ben, ana), made.inputs)
  t.deepEqual(diff(exclusive, made.inputs, again.inputs, seed), { kind: 'same' })
  t.deepEqual(
    sandbox.requests.map(({ path }) => path),
    ['/acs/access_groups/list_users'],
  )
})

test('4.12: who was taken out behind the program’s back is added again by the next plan', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(exclusive, session, (await plan(session, list(ana, ben))).inputs)
  sandbox.store.memberships.delete(`${group}/${ben}`)
  const next = newSession()
  const again = await plan(next, list(ana, ben), made.inputs)
  t.deepEqual(again.inputs['adds'], [ben])
  await update(exclusive, next, leftBy(made), again.inputs)
  t.deepEqual(members(sandbox), [ana, ben].sort())
})

test('4.12: refresh brings the members as they are into the plan', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(exclusive, session, (await plan(session, list(ana, ben))).inputs)
  sandbox.store.memberships.delete(`${group}/${ben}`)
  const seen = await read(exclusive, newSession(), made.id, leftBy(made))
  t.deepEqual(seen?.inputs['acs_user_ids'], [ana])
})

test('4.12: an empty set needs the program’s word, and removes everybody', async (t) => {
  const { sandbox, session } = await office(t)
  const { problems } = check(exclusive, list(), { seed }, session.facts)
  t.regex(problems[0]!.reason, /is empty, which removes everybody/)
  const planned = await plan(session, { ...list(), allow_empty: true })
  await create(exclusive, session, planned.inputs)
  t.deepEqual(members(sandbox), [])
})

test('4.12: destroy leaves the members, unless the program says otherwise', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const made = await create(exclusive, session, (await plan(session, list(ana, ben))).inputs)
  const told = await remove(exclusive, newSession(), made.id, made.outputs)
  t.regex(told.join(), /stay in it \(2\)/)
  t.deepEqual(members(sandbox), [ana, ben].sort())
  const outputs = { ...made.outputs, remove_on_destroy: true }
  t.deepEqual(await remove(exclusive, newSession(), made.id, outputs), [])
  t.deepEqual(members(sandbox), [])
})

test('4.12: a user whom this deployment makes is in no list that the plan could read', async (t) => {
  const { session } = await office(t)
  const planned = await plan(session, { ...list(ana), acs_user_ids: [ana, unknown] })
  t.deepEqual(planned.inputs['removes'], [`Ben Okafor (${ben})`])
  t.is(planned.inputs['adds'], undefined)
})

test('4.12: an edge and an exclusive set of one group cannot be in one program', (t) => {
  const { facts } = new Session()
  const single = { acs_access_group_id: group, acs_user_id: ana }
  const problemsOf = (definition: typeof edge | typeof exclusive, given: Wire, by: string) =>
    check(definition, given, { seed: by }, facts).problems
  t.deepEqual(problemsOf(edge, single, 'aaaaaaaaaaaa'), [])
  t.deepEqual(problemsOf(edge, { ...single, acs_user_id: ben }, 'bbbbbbbbbbbb'), [])
  const [problem] = problemsOf(exclusive, list(ana), 'cccccccccccc')
  t.regex(problem!.reason, /is managed by another AccessGroupMembership of this program/)
  const [other] = problemsOf(exclusive, list(ana), 'dddddddddddd')
  t.truthy(other)
  t.deepEqual(problemsOf(edge, { ...single, acs_access_group_id: accessGroups.cleaners }, 'e'), [])
})

test('4.14: a member who is gone does not hide that another one could not be removed', async (t) => {
  let removals = 0
  const { endpoint } = await wire(t, (response, _nth, { path }) => {
    if (path === '/workspaces/get') return json(response, 200, { workspace: { workspace_id: 'w' } })
    removals += 1
    const isFirst = removals === 1
    setTimeout(
      () => json(response, isFirst ? 404 : 403, { error: { type: 'refused' } }),
      isFirst ? 0 : 100,
    )
  })
  const session = new Session()
  session.configure({ endpoint, apiKey })
  const outputs = { ...list(ana, ben), remove_on_destroy: true, workspace_id: 'w' }
  const error = await failure(remove(exclusive, session, group, outputs), SeamApiError)
  t.is(error.status, 403)
  t.true(error.message.includes(`AccessGroupMembersExclusive ${group}`))
})

test('4.12: who moves from single memberships to an exclusive set stays in the group', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const single = (user: string) =>
    create(edge, session, { acs_access_group_id: group, acs_user_id: user })
  const edges = [await single(ana), await single(elena)]
  const next = newSession()
  const { inputs } = await plan(next, list(ana, ben, elena))
  await create(exclusive, next, inputs, seed)
  for (const { id, outputs } of edges) {
    const told = await remove(edge, next, id, outputs, 'bbbbbbbbbbbb')
    t.regex(told.join(), /AccessGroupMembersExclusive of this program decides about it/)
  }
  t.deepEqual(members(sandbox), [ana, ben, elena].sort())
})

test('4.12: who moves from an exclusive set to a membership of her own stays in the group', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const whole = { ...list(ana, ben), remove_on_destroy: true }
  const made = await create(exclusive, session, (await plan(session, whole)).inputs, seed)
  const next = newSession()
  await create(edge, next, { acs_access_group_id: group, acs_user_id: ana })
  await remove(exclusive, next, made.id, made.outputs, seed)
  t.deepEqual(members(sandbox), [ana])
})

test('4.12: who leaves a group is taken out, although others have memberships of their own', async (t) => {
  const { sandbox, session, newSession } = await office(t)
  const single = { acs_access_group_id: group, acs_user_id: elena }
  const made = await create(edge, session, single)
  const next = newSession()
  check(edge, { ...single, acs_user_id: ana }, { seed }, next.facts)
  t.deepEqual(await remove(edge, next, made.id, made.outputs, 'bbbbbbbbbbbb'), [])
  t.deepEqual(members(sandbox), [ana, ben].sort())
})

test('4.11: an exclusive set is provisioned once the doors know who has left', async (t) => {
  const { sandbox, session } = await office(t, { settleMs: 1_500 })
  const { inputs } = await plan(session, { ...list(ana), wait_for: 'provisioned' })
  await create(exclusive, session, inputs, seed)
  t.deepEqual(members(sandbox), [ana])
})
