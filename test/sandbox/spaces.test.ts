import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

const { entrances, spaces, devices, userIdentities } = officeIds

type Json = Record<string, any>

test('Sandbox: members of a space are replaced as a whole, or one by one', async (t) => {
  const { call } = await start(t)
  const space_id = spaces.lobby
  const members = async () => {
    const { batch } = await call('/spaces/get_related', { space_ids: [space_id] })
    return [
      batch.acs_entrances.map((door: Json) => door.acs_entrance_id).sort(),
      batch.devices.map((device: Json) => device.device_id).sort(),
    ]
  }
  const { space } = await call('/spaces/update', { space_id, acs_entrance_ids: [entrances.roof] })
  t.is(space.acs_entrance_count, 1)
  t.is(space.device_count, 1)
  t.deepEqual(await members(), [[entrances.roof], [devices.lobbyLock]])
  await call('/spaces/add_acs_entrances', { space_id, acs_entrance_ids: [entrances.frontDoor] })
  await call('/spaces/add_acs_entrances', { space_id, acs_entrance_ids: [entrances.frontDoor] })
  await call('/spaces/add_devices', { space_id, device_ids: [devices.gymLock] })
  await call('/spaces/remove_devices', { space_id, device_ids: [devices.lobbyLock] })
  await call('/spaces/remove_acs_entrances', { space_id, acs_entrance_ids: [entrances.roof] })
  t.deepEqual(await members(), [[entrances.frontDoor], [devices.gymLock]])
  const { acs_entrance: door } = await call('/acs/entrances/get', {
    acs_entrance_id: entrances.frontDoor,
  })
  t.deepEqual(door.space_ids, [space_id])
  const { devices: listed } = await call('/devices/list', { space_id })
  t.is(listed.length, 1)
})

test('Sandbox: the doors of a grant follow its spaces, and leave with them', async (t) => {
  const { call, refused } = await start(t)
  const { access_grant: grant } = await call('/access_grants/create', {
    user_identity_id: userIdentities.ivan,
    requested_access_methods: [{ mode: 'code' }],
    space_ids: [spaces.gym],
  })
  const doors = async () => {
    const { batch } = await call('/access_grants/get_related', {
      access_grant_ids: [grant.access_grant_id],
      include: ['acs_entrances'],
    })
    return batch.acs_entrances.map((door: Json) => door.acs_entrance_id)
  }
  const space_id = spaces.gym
  await call('/spaces/update', { space_id, acs_entrance_ids: [entrances.roof] })
  t.deepEqual(await doors(), [entrances.roof])
  const { events } = await call('/events/list', {
    access_grant_id: grant.access_grant_id,
    since: grant.created_at,
    event_types: ['access_grant.access_to_door_lost'],
  })
  t.is(events[0].acs_entrance_id, entrances.gymDoor)
  await call('/spaces/delete', { space_id })
  t.deepEqual(await doors(), [])
  t.is((await refused('/spaces/get', { space_id })).status, 404)
})

test('Sandbox: a space key is unique, and customer data is merged member by member', async (t) => {
  const { call, refused } = await start(t)
  const taken = await refused('/spaces/create', { name: 'Other lobby', space_key: 'lobby' })
  t.deepEqual([taken.status, taken.error.type], [409, 'space_key_conflict'])
  const space_id = spaces.lobby
  const update = (customer_data: Json) => call('/spaces/update', { space_id, customer_data })
  await update({ address: '1 Main Street', time_zone: 'Europe/Berlin' })
  const { space } = await update({ address: null, default_checkin_time: '15:00' })
  t.deepEqual(space.customer_data, {
    address: null,
    time_zone: 'Europe/Berlin',
    default_checkin_time: '15:00',
  })
  t.is((await call('/spaces/update', { space_key: 'lobby', name: 'Foyer' })).space.name, 'Foyer')
})
