import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, plannedSteps } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 3)

const program = (endsAt: string) => `
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.id, spaceIds: ['${officeIds.spaces.lobby}'], endsAt: '${endsAt}',
  requestedAccessMethods: [{ mode: 'code' }],
})
exports.id = grant.id
exports.ended = grant.ended
`

some(
  '4.7: a grant that has ended stays as it was when its doors change, with a warning',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program('2031-01-01T00:00:00Z'))
    await stack.up()
    const { id } = await stack.outputs()
    const past = '2026-01-01T00:00:00Z'
    sandbox.store.accessGrants.update(String(id), {
      starts_at: '2025-01-01T00:00:00Z',
      ends_at: past,
    })
    await stack.refresh()
    await stack.writeProgram(program(past).replace(officeIds.spaces.lobby, officeIds.spaces.lab))
    t.deepEqual(await plannedSteps(stack), [])
    sandbox.clearRequests()
    const { stdout } = await stack.up()
    t.regex(stdout, /warning: AccessGrant .* has ended and opens nothing, so `spaceIds` of it stay/)
    t.deepEqual(sandbox.requests, [])
    t.is((await stack.outputs())['id'], id)
    await stack.destroy()
  },
)

some('4.7: a grant that would have ended already is refused in the plan', async (t) => {
  const { sandbox, stack } = await deployment(t, program('2020-01-01T00:00:00Z'))
  const { stdout, stderr } = await stack.preview({ expectFailure: true })
  t.regex(stdout + stderr, /endsAt.*is in the past/s)
  t.deepEqual(sandbox.requests, [])
})

some(
  '4.7: a grant that has ended and vanished is no drift, and extending it makes a new one',
  async (t) => {
    const soon = new Date(Date.now() + 45_000).toISOString()
    const { sandbox, stack } = await deployment(t, program(soon))
    await stack.up()
    const { id, ended } = await stack.outputs()
    t.false(ended)
    await new Promise((resolve) => setTimeout(resolve, Date.parse(soon) - Date.now() + 100))
    sandbox.store.accessGrants.delete(String(id))

    await stack.refresh()
    t.deepEqual(await plannedSteps(stack), [], 'nothing is planned for a grant whose time is over')
    await stack.up()
    t.true((await stack.outputs())['ended'])
    t.is(sandbox.store.accessGrants.all().length, 1)

    await stack.writeProgram(program('2031-01-01T00:00:00Z'))
    t.deepEqual(await plannedSteps(stack), ['replace AccessGrant ana-lobby'])
    await stack.up()
    const after = await stack.outputs()
    t.not(after['id'], id)
    t.false(after['ended'])
    await stack.destroy()
  },
)
