import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { of, resource } from '../fixtures/hcl'
import { terraformFolder, type StateResource } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)

const { spaces, systems, accessGroups, entrances, devices } = officeIds

/** One of each that is imported by an id, with what an import can see. */
const config = [
  resource('user_identity', 'ana', {
    full_name: 'Ana Ruiz',
    email_address: 'ana@example.com',
    phone_number: '+14155550100',
    user_identity_key: 'staff-17',
  }),
  resource('user_identity', 'ben', { full_name: 'Ben' }),
  resource('space', 'lab', {
    name: 'Lab 2',
    acs_entrance_ids: [entrances.labEntrance],
    device_ids: [devices.gymLock],
    customer_data: { address: 'Calle Mayor 1', time_zone: 'Europe/Madrid' },
  }),
  resource('access_grant', 'ana', {
    user_identity_id: of('seam_user_identity.ana.id'),
    space_ids: [spaces.lobby, of('seam_space.lab.id')],
    ends_at: '2031-06-01T10:00:00Z',
    name: 'Visit',
    requested_access_methods: [{ mode: 'code' }, { mode: 'mobile_key' }],
  }),
  resource('acs_user', 'eve', {
    acs_system_id: systems.saltoKs,
    full_name: 'Eve Novak',
    email_address: 'eve@example.com',
    is_suspended: true,
    access_schedule: { starts_at: '2030-01-01T00:00:00Z', ends_at: '2031-01-01T00:00:00Z' },
  }),
  resource('access_group_membership', 'eve', {
    acs_access_group_id: accessGroups.employees,
    acs_user_id: of('seam_acs_user.eve.id'),
  }),
  resource('acs_credential', 'eve', {
    access_method: 'code',
    acs_user_id: of('seam_acs_user.eve.id'),
    code: '582917',
    ends_at: '2031-01-01T00:00:00Z',
  }),
].join('')

const block = (to: string, id: unknown) => `import {\n  to = ${to}\n  id = "${id}"\n}\n`

/** An import does not tell whether an object was adopted: that is said of creations. */
const byAddress = (resources: readonly StateResource[]) =>
  Object.fromEntries(
    resources.map(({ address, values }) => [address, { ...values, adopted: null }]),
  )

some('Import: what is imported equals what was created, and the plan is empty', async (t) => {
  const office = await terraformFolder(t, config)
  await office.apply()
  const created = await office.resources()

  const again = await terraformFolder(t, '', { sandbox: office.sandbox })
  const blocks = created.map(({ address, values }) => block(address, values['id']))
  await again.write(config + blocks.join(''))
  const { stdout } = await again.run('plan')
  t.regex(stdout, /7 to import, 0 to add, 0 to change, 0 to destroy/, stdout)
  await again.apply()
  t.deepEqual(byAddress(await again.resources()), byAddress(created))
  t.deepEqual(await again.changes(), [])
  await again.destroy()
})

some('Import: people, spaces and grants are found by their keys as well', async (t) => {
  const office = await terraformFolder(t, config)
  await office.apply()
  const created = await office.resources()
  const again = await terraformFolder(t, '', { sandbox: office.sandbox })
  const keyed = created.flatMap(({ address, values }) => {
    const key =
      values['user_identity_key'] ?? values['space_key'] ?? values['access_grant_key'] ?? undefined
    return key === undefined ? [] : [block(address, key)]
  })
  t.is(keyed.length, 4)
  await again.write(config + keyed.join(''))
  const { stdout } = await again.run('plan')
  t.regex(stdout, /4 to import, 3 to add, 0 to change, 0 to destroy/, stdout)
})

for (const [what, type, id] of [
  ['an id that nothing has', 'user_identity', '99999999-9999-4999-8999-999999999999'],
  ['a key that nothing has', 'user_identity', 'staff-0'],
  ['an id that is none of a membership', 'access_group_membership', 'eve'],
] as const) {
  some(`Import: ${what} is one error that names it, and nothing is kept`, async (t) => {
    const values =
      type === 'user_identity'
        ? { full_name: 'Ana' }
        : { acs_access_group_id: accessGroups.employees, acs_user_id: officeIds.acsUsers.saltoDev }
    const office = await terraformFolder(
      t,
      resource(type, 'ana', values) + block(`seam_${type}.ana`, id),
    )
    const said = await office.failedApply()
    const [, error, ...others] = said.split('Error: ')
    t.deepEqual(others, [])
    t.true(error?.includes(id), said)
    t.deepEqual(await office.resources(), [])
  })
}
