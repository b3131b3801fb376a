import test, { type ExecutionContext } from 'ava'
import { buildingIds as ids, buildingSeed, type Sandbox } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { isQuick, shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 4)

/** Pulumi's file backend otherwise writes the whole state at every step. */
const quickState = { PULUMI_EXPERIMENTAL: 'true', PULUMI_SKIP_CHECKPOINTS: 'true' }
// More than a page of any list; the larger number takes a minute.
const many = isQuick ? 240 : 1_200

const program = (body: string) => `
const seam = require('seam-iac')
const range = (count) => Array.from({ length: count }, (_, at) => at + 1)
const id = (kind, number) => kind + '0000000-0000-4000-8001-' + String(number).padStart(12, '0')
${body}
`

const grants = (count: number) =>
  program(`
for (const at of range(${count})) {
  new seam.AccessGrant('grant-' + at, {
    userIdentityId: id('7', 1 + (at % 10)),
    spaceIds: [id('8', 1 + (at % 4))],
    requestedAccessMethods: [{ mode: 'code' }],
  })
}`)

const memberships = program(`
for (const at of range(${many})) {
  new seam.AccessGroupMembership('edge-' + at, {
    acsAccessGroupId: id('4', 1 + (at % 12)),
    acsUserId: id('5', at),
  })
}`)

async function callsOf(
  t: ExecutionContext,
  sandbox: Sandbox,
  what: string,
  work: Promise<unknown>,
) {
  sandbox.clearRequests()
  await work
  const paths = sandbox.requests.map(({ path }) => path)
  t.log(`${what}: ${paths.length} API calls`)
  return paths
}

some(`4.12: ${many} memberships in 12 groups are refreshed with a call a group`, async (t) => {
  const { sandbox, stack } = await deployment(t, memberships, {
    sandbox: { seed: buildingSeed({ people: many, groups: 12, membersPerGroup: 0 }) },
    env: quickState,
  })
  t.timeout(900_000)
  await stack.up()
  t.is(sandbox.store.memberships.all().length, many)
  const refresh = await callsOf(t, sandbox, 'refresh', stack.refresh('--expect-no-changes'))
  t.true(refresh.length <= 15, refresh.join())
  await stack.destroy()
  t.is(sandbox.store.memberships.all().length, 0)
})

some(
  `4.12: ${many} grants are refreshed with pages, and a preview without changes asks nothing`,
  async (t) => {
    const { sandbox, stack } = await deployment(t, grants(many), {
      sandbox: { seed: buildingSeed() },
      env: quickState,
    })
    t.timeout(900_000)
    const before = sandbox.store.accessGrants.all().length
    await stack.up()
    t.is(sandbox.store.accessGrants.all().length, before + many)
    const refresh = await callsOf(t, sandbox, 'refresh', stack.refresh('--expect-no-changes'))
    t.true(refresh.length <= 10, refresh.join())
    const preview = await callsOf(t, sandbox, 'preview', stack.preview('--expect-no-changes'))
    t.deepEqual(preview, [])
    await stack.destroy()
    t.is(sandbox.store.accessGrants.all().length, before)
  },
)

some('4.12: 3 grants among 50,000 are refreshed without reading the others', async (t) => {
  const { sandbox, stack } = await deployment(t, grants(3), {
    sandbox: { seed: buildingSeed({ people: 1_000, grants: 50_000 }) },
  })
  await stack.up()
  const refresh = await callsOf(t, sandbox, 'refresh', stack.refresh('--expect-no-changes'))
  t.true(refresh.length <= 3, refresh.join())
  const whole = sandbox.requests.filter(
    ({ path, body }) => path === '/access_grants/list' && !('access_grant_ids' in (body as object)),
  )
  t.deepEqual(whole, [], 'no page of all grants is read')
  await stack.destroy()
  t.is(sandbox.store.accessGrants.all().length, 50_000)
  t.true(sandbox.store.accessGrants.has(ids.grant(50_000)))
})
