import { Hono } from 'hono'
import { ApiError, badRequest, invalidParameter } from '../api/errors'
import type { Collection } from '../store/collection'
import type { Store } from '../store/store'
import { seedNames } from '../seeds'
import { contentTypeError, isJson, parseJson, readText } from './body'
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
  /** Starts over with a seed, one of {@link seedNames}. */
  reseed(name: string): Promise<object>
}

/** The body of a request, which has to be an object in JSON. */
async function readObject(request: Request): Promise<Readonly<Record<string, unknown>>> {
  const text = await readText(request)
  if (!isJson(request)) throw contentTypeError(request)
  const body = parseJson(text)
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('invalid_input', 'The body must be an object')
  }
  return body as Readonly<Record<string, unknown>>
}

/** The control API: no key, no log, no faults. */
export function control(controls: Controls): Hono {
  const app = new Hono()
  const done = { ok: true }
  const { requests, faults } = controls

  app.get('/requests', (http) => http.json({ requests: requests.entries }))
  app.delete('/requests', (http) => {
    requests.clear()
    return http.json(done)
  })
  app.get('/faults', (http) => http.json({ faults: faults.entries }))
  app.post('/faults', async (http) => {
    return http.json({ fault: faults.add(readFault(await readObject(http.req.raw))), ...done })
  })
  app.delete('/faults', (http) => {
    faults.clear()
    return http.json(done)
  })
  app.post('/seed', async (http) => {
    const { name } = await readObject(http.req.raw)
    // Any other text would be the path of a file.
    if (typeof name !== 'string' || !seedNames.includes(name)) {
      throw invalidParameter('name', `Must be one of ${seedNames.join(', ')}`)
    }
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
    const changes = await readObject(http.req.raw)
    mustFit(collection, id, changes)
    const record = collection.update(id, changes)
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

/** Refuses a change after which a record could not be found, or not be shown. */
function mustFit(
  collection: Collection<object>,
  id: string,
  changes: Readonly<Record<string, unknown>>,
): void {
  const record = (collection.get(id) ?? {}) as Readonly<Record<string, unknown>>
  for (const [member, value] of Object.entries(changes)) {
    if (member === collection.idMember && value !== id) {
      throw invalidParameter(member, 'The id of an object cannot change')
    }
    if (Array.isArray(record[member]) && !Array.isArray(value)) {
      throw invalidParameter(member, 'Must be a list')
    }
  }
}

function held(store: Store, named: { collection: string; id: string }) {
  const collection = store.collection(named.collection)
  if (!collection?.has(named.id)) {
    throw new ApiError(404, 'not_found', `No ${named.id} among ${named.collection}`)
  }
  return { collection, id: named.id }
}
