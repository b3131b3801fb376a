import { ApiError, invalidInput } from '../api/errors'
import { Issues } from '../api/issues'

const mostBytes = 16 * 1024 * 1024
const mostLevels = 1_000

/**
 * The text of a request's body.
 *
 * @throws ApiError 413 where it is larger than 16 MiB; it is then read to its end, and not kept,
 * since a client that still sends would not hear an answer.
 */
export async function readText(request: Request): Promise<string> {
  const length = request.headers.get('content-length')
  if (length !== null && Number(length) <= mostBytes) return request.text()
  if (!request.body) return ''
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes <= mostBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (bytes > mostBytes) {
    throw new ApiError(413, 'payload_too_large', `The body is larger than ${mostBytes} bytes`)
  }
  return Buffer.concat(chunks).toString()
}

/**
 * The value that a JSON text stands for.
 *
 * @throws ApiError 400 where it is no JSON, or so deep that what walks it would not come back.
 */
export function parseJson(text: string): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw invalid('Malformed JSON')
  }
  if (isDeep(value)) throw invalid(`Nested deeper than ${mostLevels} levels`)
  return value
}

export const isJson = (request: Request): boolean =>
  /^application\/([\w.-]+\+)?json\b/i.test(request.headers.get('content-type') ?? '')

export function contentTypeError(request: Request): ApiError {
  const type = request.headers.get('content-type') || 'none'
  const message = `Requests must have content type application/json, not ${type}`
  return new ApiError(400, 'invalid_content_type', message)
}

function invalid(message: string): ApiError {
  const issues = new Issues()
  issues.add(message)
  return invalidInput(issues)
}

function isDeep(value: unknown): boolean {
  let level = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > mostLevels) return true
    const inner: unknown[] = []
    for (const one of level) {
      if (typeof one !== 'object' || one === null) continue
      for (const member of Object.values(one)) {
        if (typeof member === 'object' && member !== null) inner.push(member)
      }
    }
    level = inner
  }
  return false
}
