import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { resource } from '../fixtures/hcl'
import { pluginClient } from '../fixtures/plugin-client'
import type { Owner } from '../fixtures/pulumi'
import { terraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 8)

const { spaces, systems, entrances, devices, userIdentities, accessGroups, acsUsers } = officeIds

type Values = Readonly<Record<string, unknown>>

/** A resource with everything that can be configured, told apart from others by a number. */
interface Full {
  readonly type: string
  readonly values: (at: number) => Values
  /** What is set nowhere here, and why. */
  readonly without: Readonly<Record<string, string>>
  /** What a rule asks for all the same. */
  readonly needed?: readonly string[]
}

const later = { wait_for: 'provisioned', timeout: '90s' }
const adoptId = 'names an object that is there'

const fulls: readonly Full[] = [
  {
    type: 'user_identity',
    values: (at) => ({
      full_name: `Person ${at}`,
      email_address: `Person.${at}@Example.com`,
      phone_number: `+141555501${at.toString().padStart(2, '0')}`,
      user_identity_key: `staff-${at}`,
      adopt: true,
      delete_adopted: true,
      delete_cascade: true,
    }),
    without: { adopt_id: adoptId },
  },
  {
    type: 'space',
    values: (at) => ({
      name: `Space ${at}`,
      space_key: `space-${at}`,
      acs_entrance_ids: [entrances.labEntrance, entrances.labBench],
      device_ids: [devices.gymLock],
      customer_key: 'customer-1',
      customer_data: {
        address: 'Calle Mayor 1',
        default_checkin_time: '15:00',
        default_checkout_time: '11:00',
        time_zone: 'Europe/Madrid',
      },
      adopt: true,
      delete_adopted: true,
    }),
    without: { adopt_id: adoptId },
  },
  {
    type: 'acs_user',
    values: (at) => ({
      acs_system_id: systems.saltoKs,
      full_name: `User ${at}`,
      email_address: `User.${at}@Example.com`,
      phone_number: `+141555502${at.toString().padStart(2, '0')}`,
      access_schedule: {
        starts_at: '2030-01-01T00:00:00+01:00',
        ends_at: '2031-01-01T00:00:00+01:00',
      },
      is_suspended: true,
      ...later,
      delete_adopted: true,
      delete_cascade: true,
    }),
    without: {
      adopt: 'leads to a user who is there',
      adopt_id: adoptId,
      user_identity_id: 'is of one user a system',
    },
  },
  {
    type: 'access_grant',
    values: (at) => ({
      user_identity_id: userIdentities.ivan,
      requested_access_methods: [
        { mode: 'code', code: `${482_900 + at}` },
        { mode: 'mobile_key', instant_key_max_use_count: 3 },
      ],
      space_ids: [spaces.lobby, spaces.lab],
      acs_entrance_ids: [entrances.roof],
      device_ids: [devices.lobbyLock],
      starts_at: '2031-01-01T10:00:00+01:00',
      ends_at: '2031-06-01T10:00:00+02:00',
      name: `Grant ${at}`,
      access_grant_key: `grant-${at}`,
      ...later,
      adopt: true,
      delete_adopted: true,
    }),
    without: {
      space_keys: 'are the same as ids',
      reservation_key: 'goes with one set of doors',
      customization_profile_id: 'there is none in the sandbox',
      adopt_id: adoptId,
      adopt_unmanaged_access_grant_id: adoptId,
    },
  },
  {
    type: 'access_group_membership',
    values: (at) => ({
      acs_access_group_id: at < 3 ? accessGroups.employees : accessGroups.cleaners,
      acs_user_id: [acsUsers.saltoDev, acsUsers.saltoElena, acsUsers.saltoChloe][at % 3],
      ...later,
      delete_adopted: true,
    }),
    without: { adopt_id: adoptId, user_identity_id: 'stands in place of acs_user_id' },
    needed: ['acs_user_id'],
  },
  {
    type: 'acs_credential',
    values: (at) => ({
      access_method: 'code',
      user_identity_id: userIdentities.grace,
      acs_system_id: systems.brivo,
      allowed_acs_entrance_ids: [entrances.labEntrance],
      code: `${582_900 + at}`,
      starts_at: `2031-01-01T10:00:${(at % 60).toString().padStart(2, '0')}Z`,
      ends_at: `2032-01-01T10:00:${(at % 60).toString().padStart(2, '0')}Z`,
      ...later,
      delete_adopted: true,
    }),
    without: {
      adopt: 'leads to a credential that is there',
      adopt_id: adoptId,
      acs_user_id: 'stands in place of user_identity_id',
      is_multi_phone_sync_credential: 'is of mobile keys',
      credential_manager_acs_system_id: 'is of mobile keys',
      assa_abloy_vostio_metadata: 'is of another system',
      salto_space_metadata: 'is of another system',
      visionline_metadata: 'is of another system',
      code_wo: 'stands in place of code',
      code_wo_version: 'goes with code_wo',
    },
    needed: ['user_identity_id', 'acs_system_id'],
  },
]

/** The optional attributes of a type, as the schema has them. */
async function optionalOf(t: Owner, type: string) {
  const { resource_schemas: schemas } = await (await pluginClient(t)).ask('GetProviderSchema', {})
  const { attributes } = schemas![`seam_${type}`]!.block
  return attributes.filter(({ optional }) => optional)
}

type Attribute = Awaited<ReturnType<typeof optionalOf>>[number]

/** An attribute, and each that may be left out of the record that it is: `customer_data.address`. */
const places = ({ name, nested_type: nested }: Attribute): string[] =>
  nested?.nesting === 'SINGLE'
    ? [name, ...nested.attributes.flatMap((one) => (one.optional ? [`${name}.${one.name}`] : []))]
    : [name]

function without(values: Values, place: string): Values {
  const [name = '', member] = place.split('.')
  const { [name]: held, ...rest } = values
  return member === undefined ? rest : { ...rest, [name]: without(held as Values, member) }
}

for (const { type, values, without: unset, needed = [] } of fulls) {
  some(
    `Optional: of ${type}, each attribute is left out in turn, at first and later`,
    async (t) => {
      t.timeout(300_000)
      const office = await terraformFolder(t, '')
      const optional = await optionalOf(t, type)
      const given = Object.keys(values(0))
      t.deepEqual(
        optional.flatMap(({ name }) => (given.includes(name) ? [] : [name])).sort(),
        Object.keys(unset).sort(),
        'all others are set here',
      )
      const isLeft = ({ name }: Attribute) => given.includes(name) && !needed.includes(name)
      const leftOut = [...optional.filter(isLeft).flatMap(places), 'nothing']
      const nameOf = (place: string) => place.replace('.', '-')
      const full = leftOut.map((place, at) => resource(type, nameOf(place), values(at)))
      const parts = leftOut.map((place, at) =>
        resource(type, nameOf(place), without(values(at), place)),
      )

      await office.write(parts.join(''))
      await office.apply()
      t.deepEqual(await office.changes(), [], 'created without it')

      await office.write(full.join(''))
      await office.apply()
      t.deepEqual(await office.changes(), [], 'given later')

      await office.write(parts.join(''))
      await office.apply()
      t.deepEqual(await office.changes(), [], 'left out later')
      await office.destroy()
    },
  )
}
