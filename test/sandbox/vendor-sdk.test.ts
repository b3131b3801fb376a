import test from 'ava'
import { officeIds, startSandbox } from '../../src/sandbox'

const { spaces, accessGroups, entrances } = officeIds

test("Sandbox: the vendor's own SDK takes grants and memberships through their life", async (t) => {
  const { SeamHttp, isSeamHttpApiError } = await import('@seamapi/http')
  const sandbox = await startSandbox()
  t.teardown(() => sandbox.stop())
  const seam = SeamHttp.fromApiKey(sandbox.apiKey, { endpoint: sandbox.endpoint })

  const { user_identity_id: zed } = await seam.userIdentities.create({ full_name: 'Zed Okoro' })
  const { access_grant_id: id } = await seam.accessGrants.create({
    user_identity_id: zed,
    space_ids: [spaces.lab],
    acs_entrance_ids: [entrances.frontDoor],
    requested_access_methods: [{ mode: 'code' }],
    access_grant_key: 'sdk-1',
  })
  await seam.accessGrants.update({ access_grant_id: id, ends_at: '2030-01-01T00:00:00Z' })
  t.is(
    (await seam.accessGrants.get({ access_grant_key: 'sdk-1' })).ends_at,
    '2030-01-01T00:00:00.000Z',
  )
  await seam.accessGrants.requestAccessMethods({
    access_grant_id: id,
    requested_access_methods: [{ mode: 'card' }],
  })
  const [listed] = await seam.accessGrants.list({ access_grant_ids: [id] })
  t.deepEqual(
    listed?.requested_access_methods.map(({ mode }) => mode),
    ['code', 'card'],
  )

  const membership = { acs_access_group_id: accessGroups.employees, user_identity_id: zed }
  const members = () =>
    seam.acs.accessGroups.listUsers({ acs_access_group_id: accessGroups.employees })
  const before = await members()
  await seam.acs.accessGroups.addUser(membership)
  t.is((await members()).length, before.length + 1)
  await seam.acs.accessGroups.removeUser(membership)
  t.deepEqual(await members(), before)

  const pages = seam.createPaginator(seam.userIdentities.list({ limit: 1 }))
  t.is((await pages.flattenToArray()).length, sandbox.store.userIdentities.size)

  await seam.accessGrants.delete({ access_grant_id: id })
  const error = await t.throwsAsync(seam.accessGrants.get({ access_grant_id: id }))
  t.true(isSeamHttpApiError(error) && error.statusCode === 404)
  t.deepEqual([...new Set(sandbox.requests.map(({ method }) => method))].sort(), [
    'DELETE',
    'GET',
    'PATCH',
    'POST',
    'PUT',
  ])
})
