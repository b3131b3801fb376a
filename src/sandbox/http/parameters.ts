import { badRequest, invalidInput } from '../api/errors'
import { Issues } from '../api/issues'
import { decodeQuery, type Shape } from '../api/shape'

/** A call's parameters, before they are checked. */
export interface Parameters {
  readonly given: unknown
  /** Thrown once the call is known to be allowed: who it is comes before what it says. */
  readonly error?: Error
}

/** Reads the query string of GET and DELETE, or the JSON body of the other verbs. */
export async function readParameters(request: Request, shape: Shape): Promise<Parameters> {
  const query = () => decodeQuery(shape, new URL(request.url).searchParams)
  if (request.method === 'GET') return { given: query() }
  const body = await request.text()
  if (request.method === 'DELETE' && body === '') return { given: query() }
  if (body === '') return { given: {} }
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    const message = `Requests must have content type application/json, not ${type || 'none'}`
    return { given: body, error: badRequest('invalid_content_type', message) }
  }
  try {
    return { given: JSON.parse(body) }
  } catch {
    const issues = new Issues()
    issues.add('Malformed JSON')
    return { given: body, error: invalidInput(issues) }
  }
}
