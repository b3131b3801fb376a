// An object without a key of which Seam does not say when it was created: webhooks are such.
import test from 'ava'
import { create, Session } from '../../src/provider'
import { defineResource } from '../../src/resources/common'
import { id, text, type Wire } from '../../src/schema'
import { apiKey, breakOff, json, wire } from '../seam/wire'

const webhook = defineResource({
  name: 'webhook',
  about: 'Where events go.',
  page: 'https://docs.seam.co/latest/api/webhooks',
  id: 'webhook_id',
  fields: {
    url: text('The address.'),
    webhook_id: id('Its id.').computed().stable(),
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
  remove: () => Promise.resolve(),
})

test('Undated: a lost answer leaves one object, and the create continues with it', async (t) => {
  const webhooks: Wire[] = []
  const { endpoint, arrivals } = await wire(t, (response, _nth, { path, body }) => {
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
    json(response, 200, { webhooks: [there], ok: true }),
  )
  const session = new Session()
  session.configure({ endpoint, apiKey })
  const error = await t.throwsAsync(create(webhook, session, { url: 'https://example.com' }))
  t.regex(error.message, /Seam has Webhook like this one already: 10000000/)
  t.deepEqual(
    arrivals.map(({ path }) => path),
    ['/webhooks/list'],
  )
})
