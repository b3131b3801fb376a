import { decodeQuery, type Shape } from '../api/shape'
import { contentTypeError, isJson, parseJson, readText } from './body'

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
  let body = ''
  try {
    body = await readText(request)
    if (request.method === 'DELETE' && body === '') return inQuery()
    if (body === '') return { given: {}, characters: 0 }
    if (!isJson(request)) throw contentTypeError(request)
    return { given: parseJson(body), characters: body.length }
  } catch (error) {
    return { given: body, characters: body.length, error: error as Error }
  }
}
