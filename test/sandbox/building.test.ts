import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test from 'ava'
import { buildingIds, buildingKeys, buildingSeed } from '../../src/sandbox'
import { start } from './client'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/

test('Sandbox: a building has as much of everything as was asked for, under known ids', async (t) => {
  const size = { people: 12, grants: 30, groups: 3, membersPerGroup: 7, doors: 9, spaces: 4 }
  const seed = buildingSeed(size)
  t.deepEqual(seed, buildingSeed(size))
  const { call, sandbox } = await start(t, { seed })
  const { store } = sandbox
  t.is(store.userIdentities.size, 12)
  t.is(store.acsUsers.size, 12)
  t.is(store.acsEntrances.size, 9)
  t.is(store.spaces.size, 4)
  const { access_grant: last } = await call('/access_grants/get', {
    access_grant_key: buildingKeys.grant(30),
  })
  t.is(last.access_grant_id, buildingIds.grant(30))
  t.regex(last.access_grant_id, uuid)
  t.deepEqual(last.space_ids, [buildingIds.space(2)])
  t.is(last.user_identity_id, buildingIds.userIdentity(6))
  t.deepEqual(last.access_method_ids, [buildingIds.accessMethod(6)])
  const { acs_users: members } = await call('/acs/access_groups/list_users', {
    acs_access_group_id: buildingIds.accessGroup(3),
  })
  t.is(members.length, 7)
  const { space } = await call('/spaces/get', { space_key: buildingKeys.space(1) })
  t.like(space, { acs_entrance_count: 3, device_count: 1 })
  t.is(
    (await call('/devices/get', { device_id: buildingIds.device(2) })).device.display_name,
    'Lock 2',
  )
})

test('Sandbox: a building may be small, or empty', async (t) => {
  const { call } = await start(t, { seed: buildingSeed() })
  t.is((await call('/access_grants/list')).access_grants.length, 20)
  const nothing = { people: 0, groups: 0, doors: 0, devices: 0, spaces: 0 }
  const { sandbox } = await start(t, { seed: buildingSeed(nothing) })
  t.is(sandbox.store.accessGrants.size, 0)
})

test('Sandbox: fifty thousand grants are read in pages, each of them once', async (t) => {
  const seed = buildingSeed({ people: 2_000, grants: 50_000, spaces: 50 })
  const { send } = await start(t, { seed })
  const seen = new Set<string>()
  let page_cursor: string | null = null
  do {
    const given = page_cursor === null ? {} : { page_cursor }
    const { body } = await send('POST', '/access_grants/list', given)
    for (const grant of body.access_grants) seen.add(grant.access_grant_id)
    page_cursor = body.pagination.next_page_cursor
  } while (page_cursor !== null)
  t.is(seen.size, 50_000)
  const ids = [40_000, 3, 50_000].map(buildingIds.grant)
  const { body } = await send('POST', '/access_grants/list', { access_grant_ids: ids })
  const listed = body.access_grants.map((one: { access_grant_id: string }) => one.access_grant_id)
  t.deepEqual(listed, [3, 40_000, 50_000].map(buildingIds.grant))
})

test('Sandbox: calls that come together share a write of the data file', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'seam-sandbox-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const dataFile = join(folder, 'data.json')
  const { send, sandbox } = await start(t, { dataFile, seed: buildingSeed({ grants: 5_000 }) })
  const written = new Set<bigint>()
  const watch = setInterval(() => written.add(statSync(dataFile, { bigint: true }).mtimeNs), 1)
  const worker = async () => {
    for (let turn = 0; turn < 4; turn++) {
      t.is((await send('POST', '/user_identities/create', {})).status, 200)
    }
  }
  await Promise.all(Array.from({ length: 32 }, worker))
  clearInterval(watch)
  t.true(written.size <= 64, `${written.size} writes for 128 calls`)
  await sandbox.stop()
  const again = await start(t, { dataFile })
  t.is(again.sandbox.store.userIdentities.size, 10 + 128)
})
