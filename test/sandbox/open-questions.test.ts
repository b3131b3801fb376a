import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { start } from './client'

for (const requestOfDeletedMethod of ['keep', 'remove'] as const) {
  test(`Sandbox: the request of a deleted method can stay listed or not (${requestOfDeletedMethod})`, async (t) => {
    const client = await start(t, { requestOfDeletedMethod })
    const { access_grant: grant } = await client.call('/access_grants/create', {
      user_identity_id: await client.person('Zoe'),
      space_ids: [officeIds.spaces.lab],
      requested_access_methods: [{ mode: 'code' }, { mode: 'card' }],
    })
    const [code] = grant.requested_access_methods[0].created_access_method_ids
    await client.call('/access_methods/delete', { access_method_id: code })
    const { access_grant: after } = await client.call('/access_grants/get', {
      access_grant_id: grant.access_grant_id,
    })
    t.deepEqual(
      after.requested_access_methods.map(({ mode }: { mode: string }) => mode),
      requestOfDeletedMethod === 'keep' ? ['code', 'card'] : ['card'],
    )
    t.is(after.access_method_ids.length, 1)
  })
}
