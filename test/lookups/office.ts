import type { ExecutionContext } from 'ava'
import { lookups, lookUp } from '../../src/lookups'
import { officeIds, startSandbox, type SandboxOptions } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { Seam } from '../../src/seam'

export const lookupOf = (name: string) => lookups.find((one) => one.name === name)!

/** The office, and how to look something up in it. */
export async function office(t: ExecutionContext, options: SandboxOptions = {}) {
  const sandbox = await startSandbox(options)
  t.teardown(() => sandbox.stop())
  const { endpoint, apiKey } = sandbox
  const seam = new Seam({ endpoint, apiKey })
  const find = (name: string, by: Wire) => lookUp(lookupOf(name), seam, by)
  const list = async (name: string, by: Wire, member: string) =>
    (await find(name, by))[member] as Wire[]
  return { sandbox, seam, find, list }
}

const { userIdentities, spaces, entrances, devices } = officeIds

/** A grant of Ivan's with every kind of target and method. */
export const grant = (seam: Seam, more: Wire = {}): Promise<Wire> =>
  seam.create<Wire>(
    '/access_grants/create',
    {
      user_identity_id: userIdentities.ivan,
      access_grant_key: 'ivan',
      requested_access_methods: [{ mode: 'code', code: '0471' }, { mode: 'mobile_key' }],
      space_ids: [spaces.lobby],
      acs_entrance_ids: [entrances.roof],
      device_ids: [devices.garageKeypad],
      ...more,
    },
    'access_grant',
  )
