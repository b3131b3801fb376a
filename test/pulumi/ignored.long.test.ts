import test, { type ExecutionContext } from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { seamIac } from '../fixtures/cli'
import { deployment, plannedSteps, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 8)

const { accessGroups, acsUsers } = officeIds
const group = accessGroups.employees
const { saltoAna: ana, saltoBen: ben, saltoElena: elena } = acsUsers

const program = (users: string[], options = '{}', before = '') => `
const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
${before}
new seam.AccessGroupMembersExclusive('employees', {
  acsAccessGroupId: '${group}', acsUserIds: ${JSON.stringify(users)},
  timeout: process.env.TIMEOUT,
}, ${options})`

const members = ({ store }: Sandbox) =>
  store.memberships
    .where('acs_access_group_id', group)
    .map(({ acs_user_id }) => acs_user_id)
    .sort()
const join = ({ store }: Sandbox, acs_user_id: string) =>
  store.memberships.add({
    membership_id: `${group}/${acs_user_id}`,
    acs_access_group_id: group,
    acs_user_id,
  })

/** Somebody has joined and somebody has left since a deployment of Ana and Elena. */
async function moved(t: ExecutionContext) {
  const { sandbox, stack } = await deployment(t, program([ana, elena]))
  await stack.up()
  t.deepEqual(members(sandbox), [ana, elena].sort())
  join(sandbox, ben)
  sandbox.store.memberships.delete(`${group}/${elena}`)
  sandbox.clearRequests()
  return { sandbox, stack }
}

const transformation = (kind: string, set: string) =>
  `pulumi.runtime.${kind}(({ props, opts }) => ({ props, opts: { ...opts, ${set} } }))`

const ways: [what: string, options: string, before?: string][] = [
  ['acsUserIds', `{ ignoreChanges: ['acsUserIds'] }`],
  ['a path in acsUserIds', `{ ignoreChanges: ['acsUserIds[0]'] }`],
  ['everything', `{ ignoreChanges: ['*'] }`],
  [
    'acsUserIds by a transformation of the stack',
    '{}',
    transformation('registerStackTransformation', `ignoreChanges: ['acsUserIds']`),
  ],
  [
    'acsUserIds by a transform of its own',
    `{ transforms: [({ props, opts }) => ({ props, opts: { ...opts, ignoreChanges: ['acsUserIds'] } })] }`,
  ],
]

for (const [what, options, before] of ways) {
  some(`ignoreChanges: ${what} of an exclusive set leaves its members alone`, async (t) => {
    const { sandbox, stack } = await moved(t)
    await stack.writeProgram(program([ana, elena], options, before))
    t.deepEqual(await plannedSteps(stack), [])
    await stack.up()
    // Another change of the set is carried out, and still no member moves.
    await stack.up({ env: { TIMEOUT: '9m' } })
    await stack.refresh()
    await stack.up({ env: { TIMEOUT: '9m' } })
    t.deepEqual(writes(sandbox), [])
    t.deepEqual(members(sandbox), [ana, ben].sort())
    await stack.destroy()
  })
}

some('ignoreChanges: removes and adds of an exclusive set are each left alone', async (t) => {
  const { sandbox, stack } = await moved(t)
  await stack.writeProgram(program([ana, elena], `{ ignoreChanges: ['removes', 'adds'] }`))
  t.deepEqual(await plannedSteps(stack), [])
  await stack.up()
  t.deepEqual(writes(sandbox), [])
  await stack.writeProgram(program([ana, elena], `{ ignoreChanges: ['removes'] }`))
  await stack.up()
  t.deepEqual(members(sandbox), [ana, ben, elena].sort())
  await stack.writeProgram(program([ana, elena]))
  await stack.up()
  t.deepEqual(members(sandbox), [ana, elena].sort())
  await stack.destroy()
})

some('Exclusive set: a stranger fails the preview, and the group keeps its members', async (t) => {
  const { sandbox, stack } = await deployment(t, program([acsUsers.brivoFarid]))
  const { stdout, stderr } = await stack.preview({ expectFailure: true })
  t.regex(stdout + stderr, /Not all of `acsUserIds` can be in .* is a user of system/)
  const plan = await stack.preview('--json', '--show-sames', { expectFailure: true })
  const review = await seamIac(['review'], { cwd: stack.folder, stdin: plan.stdout })
  t.is(review.code, 1, 'the plan failed')
  t.regex(
    review.stdout,
    /^### .*: the plan failed\n.*\n.*\n> .*Not all of .*acsUserIds.* can be in/,
  )
  t.notRegex(review.stdout, /Gains/)
  await stack.up({ expectFailure: true })
  t.deepEqual(writes(sandbox), [])
  t.deepEqual(members(sandbox), [ana, ben].sort())
})
