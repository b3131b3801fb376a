import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 4)

const grant = `
const seam = require('seam-iac')
new seam.AccessGrant('ana-lab', {
  userIdentityId: '${officeIds.userIdentities.ivan}',
  spaceIds: ['${officeIds.spaces.lab}'],
  requestedAccessMethods: [{ mode: 'code' }],
  waitFor: 'provisioned',
  timeout: process.env.WAIT,
})
`

interface Event {
  diagnosticEvent?: { message: string; severity: string; ephemeral?: boolean; urn?: string }
}

some('4.11: the engine shows what is waited for, beside the resource', async (t) => {
  const { stack } = await deployment(t, grant, { sandbox: { settleMs: 4_000 } })
  const { stdout } = await stack.up('--json')
  const said = stdout
    .split('\n')
    .filter((line) => line.includes('Waiting until it is provisioned'))
    .map((line) => (JSON.parse(line) as Event).diagnosticEvent)
  t.true(said.length > 0)
  t.true(said.every((event) => event!.severity === 'info' && event!.ephemeral))
  t.regex(said[0]!.urn!, /ana-lab$/)
  await stack.destroy()
})

some(
  '4.11: what will not work fails with names, stays in state, and is not made again',
  async (t) => {
    const { sandbox, stack } = await deployment(t, grant, { sandbox: { settleMs: 1_000 } })
    const before = sandbox.store.accessGrants.all().length
    sandbox.fault({
      kind: 'provider-failure',
      code: 'device_does_not_support_access_codes',
      details: { device_id: officeIds.devices.garageKeypad },
    })
    const { stdout } = await stack.up({ expectFailure: true })
    t.regex(
      stdout,
      /Ivan Novak’s code for Garage Keypad could not be set: the device does not support access codes\./,
    )
    t.is((await stack.resources('AccessGrant')).length, 1)
    for (const { access_grant_id: id } of sandbox.store.accessGrants.all()) {
      sandbox.store.clearNotices(id)
    }
    sandbox.clearFaults()
    await stack.up()
    t.is(sandbox.store.accessGrants.all().length, before + 1)
    await stack.up('--expect-no-changes')
    await stack.destroy()
  },
)

some('4.11: a warning of Seam reaches the engine once, in words', async (t) => {
  const { sandbox, stack } = await deployment(t, grant.replace(/waitFor.*/, ''))
  await stack.up()
  const [held] = await stack.resources('AccessGrant')
  sandbox.store.warn(held!.id!, {
    warning_code: 'device_time_constraints_violated',
    device_id: officeIds.devices.garageKeypad,
    reason: 'duration_exceeds_max',
  })
  const words = /Ivan Novak’s code for Garage Keypad could not be set: the time is longer/
  t.regex((await stack.refresh()).stdout, words)
  t.notRegex((await stack.refresh()).stdout, words)
  await stack.destroy()
})
