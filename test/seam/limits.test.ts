import test from 'ava'
import { Seam, type SeamApiError } from '../../src/seam'
import { apiKey, json, local, wire } from './wire'

test('Limits: a request is repeated for as long as is told', async (t) => {
  const { sandbox } = await local(t)
  sandbox.fault({ kind: 'status', status: 503 })
  const seam = new Seam({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey, patience: 1_000 })
  const error = await t.throwsAsync<SeamApiError>(seam.read('/spaces/get', {}, 'space'))
  t.is(error?.status, 503)
  // The pauses are at least 200 and 400 ms long, and the next one would end after a second.
  t.true(sandbox.requests.length >= 2 && sandbox.requests.length <= 4)
})

test('Limits: no more requests are under way than is told', async (t) => {
  let underWay = 0
  let most = 0
  const { endpoint } = await wire(t, (response) => {
    underWay += 1
    most = Math.max(most, underWay)
    setTimeout(() => {
      underWay -= 1
      json(response, 200, { space: {} })
    }, 10)
  })
  const seam = new Seam({ endpoint, apiKey, concurrency: 3 })
  await Promise.all(Array.from({ length: 20 }, (_, at) => seam.read(`/${at}`, {}, 'space')))
  t.is(most, 3)
})
