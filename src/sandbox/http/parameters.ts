import { badRequest, invalidInput } from '../api/errors'
import { Issues } from '../api/issues'
import { decodeQuery, type Shape } from '../api/shape'

/** A call's parameters, before they are checked. */
export interface Parameters {
  readonly given: unknown
  /** How many characters the request took to say so. */
  readonly characters: number
  /** Thrown once the call is known to be allowed: who it is comes before what it says. */
  readonly error?: Error
}

/** Reads the query string of GET and DELETE, or the JSON body of the other verbs. */
export async function readParameters(request: Request, shape: Shape): Promise<Parameters> {
  const inQuery = () => ({
    given: decodeQuery(shape, new URL(request.url).searchParams),
    characters: request.url.length,
  })
  if (request.method === 'GET') return inQuery()
  const body = await request.text()
  if (request.method === 'DELETE' && body === '') return inQuery()
  const characters = body.length
  if (body === '') return { given: {}, characters }
  const type = request.headers.get('content-type') ?? ''
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type)) {
    const message = `Requests must have content type application/json, not ${type || 'none'}`
    return { given: body, characters, error: badRequest('invalid_content_type', message) }
  }
  try {
    return { given: JSON.parse(body), characters }
  } catch {
    const issues = new Issues()
    issues.add('Malformed JSON')
    return { given: body, characters, error: invalidInput(issues) }
  }
}
