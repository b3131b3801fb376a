// An object without a key of which Seam does not say when it was created: webhooks are such.
import test from 'ava'
import { create, read, remove, Session } from '../../src/provider'
import { adoption, defineResource, workspaceId } from '../../src/resources/common'
import { id, text, type Wire } from '../../src/schema'
import { apiKey, breakOff, json, wire } from '../seam/wire'

const webhook = defineResource({
  name: 'webhook',
  about: 'Where events go.',
  page: 'https://docs.seam.co/latest/api/webhooks',
  id: 'webhook_id',
  fields: {
    url: text('The address.').replaces('an address is for good'),
    ...adoption,
    webhook_id: id('Its id.').computed().stable(),
    workspace_id: workspaceId.remembered(),
  },
  observe: async (reads, webhook_id) => {
    const all = await reads.all<Wire>('/webhooks/list', {}, 'webhooks')
    return all.find((one) => one['webhook_id'] === webhook_id)
  },
  async twins(seam, { url }) {
    const all = await seam.list<Wire>('/webhooks/list', {}, 'webhooks')
    return all.filter((one) => one['url'] === url)
  },
  async create(seam, inputs) {
    const observed = await seam.create<Wire>('/webhooks/create', inputs, 'webhook')
    return { id: String(observed['webhook_id']), observed }
  },
  remove: (seam, webhook_id) => seam.write('/webhooks/delete', { webhook_id }),
})

const here = { workspace: { workspace_id: 'workspace-a' }, ok: true }

test('Undated: a lost answer leaves one object, and the create continues with it', async (t) => {
  const webhooks: Wire[] = []
  const { endpoint, arrivals } = await wire(t, (response, _nth, { path, body }) => {
    if (path === '/workspaces/get') return json(response, 200, here)
    if (path === '/webhooks/list') return json(response, 200, { webhooks, ok: true })
    webhooks.push({ ...body, webhook_id: `10000000-0000-4000-8000-00000000000${webhooks.length}` })
    return breakOff(response)
  })
  const session = new Session()
  session.configure({ endpoint, apiKey })
  const made = await create(webhook, session, { url: 'https://example.com' })
  t.is(made.id, '10000000-0000-4000-8000-000000000000')
  t.is(webhooks.length, 1)
  t.is(arrivals.filter(({ path }) => path === '/webhooks/create').length, 1)
})

test('Undated: an equal object that was there before is nobody else’s to take', async (t) => {
  const there = { url: 'https://example.com', webhook_id: '10000000-0000-4000-8000-000000000009' }
  const { endpoint, arrivals } = await wire(t, (response) =>
    json(response, 200, { ...here, webhooks: [there], ok: true }),
  )
  const session = new Session()
  session.configure({ endpoint, apiKey })
  const error = await t.throwsAsync(create(webhook, session, { url: 'https://example.com' }))
  t.regex(error.message, /Seam has Webhook like this one already: 10000000/)
  t.regex(error.message, /Set ‹adopt› to true/)
  t.deepEqual(
    arrivals.map(({ path }) => path),
    ['/workspaces/get', '/webhooks/list'],
  )
})

test('Undated: with a key of another workspace it does not count as deleted', async (t) => {
  let workspace_id = 'workspace-a'
  const { endpoint } = await wire(t, (response, _nth, { path }) => {
    if (path === '/workspaces/get') return json(response, 200, { workspace: { workspace_id } })
    if (path === '/webhooks/list') return json(response, 200, { webhooks: [] })
    if (path === '/webhooks/create') {
      return json(response, 200, { webhook: { url: 'https://example.com', webhook_id: 'one' } })
    }
    const error = { type: 'webhook_not_found', message: 'Webhook not found' }
    return json(response, 404, { error, ok: false })
  })
  const newSession = () => {
    const session = new Session()
    session.configure({ endpoint, apiKey })
    return session
  }
  const made = await create(webhook, newSession(), { url: 'https://example.com' })
  t.is(made.outputs['workspace_id'], 'workspace-a')
  workspace_id = 'workspace-b'
  const message = /are for workspace workspace-b, but the state is of workspace workspace-a/
  await t.throwsAsync(read(webhook, newSession(), made.id, made), { message })
  await t.throwsAsync(remove(webhook, newSession(), made.id, made.outputs), { message })
  workspace_id = 'workspace-a'
  t.is(await read(webhook, newSession(), made.id, made), undefined)
  t.deepEqual(await remove(webhook, newSession(), made.id, made.outputs), [])
})

for (const lost of ['the first', 'the second', 'both']) {
  test(`Undated: of two equal ones, where the answer to ${lost} is lost, each has its own`, async (t) => {
    const webhooks: Wire[] = []
    const { endpoint, arrivals } = await wire(t, (response, _nth, { path, body }) => {
      if (path === '/workspaces/get') return json(response, 200, here)
      if (path === '/webhooks/list') return json(response, 200, { webhooks, ok: true })
      const one = { ...body, webhook_id: `10000000-0000-4000-8000-00000000000${webhooks.length}` }
      webhooks.push(one)
      const isLost = lost === 'both' || (lost === 'the first') === (webhooks.length === 1)
      if (isLost) return breakOff(response)
      // Another one that does not wait for this answer finds the object, and is not told whose it is.
      setTimeout(() => json(response, 200, { webhook: one, ok: true }), 200)
    })
    const session = new Session()
    session.configure({ endpoint, apiKey })
    const given = { url: 'https://example.com' }
    const both = await Promise.all([
      create(webhook, session, given),
      create(webhook, session, given),
    ])
    t.deepEqual(
      both.map(({ id }) => id),
      webhooks.map((one) => one['webhook_id']),
    )
    t.is(arrivals.filter(({ path }) => path === '/webhooks/create').length, 2)
  })
}
