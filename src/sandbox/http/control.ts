import { Hono } from 'hono'
import { ApiError, badRequest } from '../api/errors'
import type { Changes } from '../store/collection'
import type { Store } from '../store/store'
import { readFault } from './fault-spec'
import type { Faults } from './faults'
import type { RequestLog } from './requests'

/** What the control API gives a hand on. */
export interface Controls {
  readonly store: Store
  readonly requests: RequestLog
  readonly faults: Faults
  /** Carries out the changes that are due, or all that are pending. */
  settle(all: boolean): void
  flush(): Promise<void>
  /** Starts over with a seed. */
  reseed(name: string): Promise<object>
}

/** The control API: no key, no log, no faults. */
export function control(controls: Controls): Hono {
  const app = new Hono()
  app.onError((error, http) => {
    if (error instanceof ApiError) return http.json(error.body(), error.status as 400)
    return http.json(badRequest('invalid_input', error.message).body(), 400)
  })
  const done = { ok: true }
  const { requests, faults } = controls

  app.get('/requests', (http) => http.json({ requests: requests.entries }))
  app.delete('/requests', (http) => {
    requests.clear()
    return http.json(done)
  })
  app.get('/faults', (http) => http.json({ faults: faults.entries }))
  app.post('/faults', async (http) => {
    return http.json({ fault: faults.add(readFault(await http.req.json())), ...done })
  })
  app.delete('/faults', (http) => {
    faults.clear()
    return http.json(done)
  })
  app.post('/seed', async (http) => {
    const { name } = await http.req.json<{ name?: unknown }>()
    if (typeof name !== 'string') throw badRequest('invalid_input', 'name: Required')
    return http.json({ ...(await controls.reseed(name)), ...done })
  })
  app.post('/settle', async (http) => {
    controls.settle(true)
    await controls.flush()
    return http.json(done)
  })
  app.route('/store', storeRoutes(controls))
  app.all('*', (http) => {
    throw new ApiError(404, 'not_found', `The control API has no ${http.req.path}`)
  })
  return app
}

/** Reads and changes what the sandbox holds, as someone behind the API's back would. */
function storeRoutes(controls: Controls): Hono {
  const app = new Hono()
  app.get('/', (http) => {
    controls.settle(false)
    return http.json(controls.store.snapshot())
  })
  app.patch('/:collection/:id', async (http) => {
    const { collection, id } = held(controls.store, http.req.param())
    const record = collection.update(id, (await http.req.json()) as Changes<object>)
    await controls.flush()
    return http.json({ record, ok: true })
  })
  app.delete('/:collection/:id', async (http) => {
    const { collection, id } = held(controls.store, http.req.param())
    collection.delete(id)
    await controls.flush()
    return http.json({ ok: true })
  })
  return app
}

function held(store: Store, named: { collection: string; id: string }) {
  const collection = store.collection(named.collection)
  if (!collection?.has(named.id)) {
    throw new ApiError(404, 'not_found', `No ${named.id} among ${named.collection}`)
  }
  return { collection, id: named.id }
}
