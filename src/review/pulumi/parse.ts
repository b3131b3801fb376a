import { ReviewError } from '../errors'

/** The JSON document in what a command of the engine printed. */
export function parse(printed: string, what: string, command: string): unknown {
  const text = printed.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  // The CLI may print lines of its own before the document, and warnings behind it.
  const start = text.search(/^\{/m)
  const end = text.lastIndexOf('\n}')
  const documents = [text.slice(Math.max(start, 0)), text.slice(Math.max(start, 0), end + 2)]
  for (const one of documents) {
    try {
      return JSON.parse(one) as unknown
    } catch {
      // The next one may be it.
    }
  }
  throw notAPlan(what, `it is no JSON document. Take it with: ${command}`)
}

export const notAPlan = (what: string, why: string) =>
  new ReviewError(`${what} cannot be read: ${why}`)
