import { unlessGone } from './errors'
import type { Calls } from './calls'

type Body = Record<string, unknown>

/** How objects of one kind are read: alone, several at once, and page after page. */
export interface ObjectSource {
  /** The member of an object that is its id. */
  readonly id: string
  one(seam: Calls, id: string): Promise<Body | undefined>
  /** Several in one call; what the answer leaves out is asked for alone. */
  some?(seam: Calls, ids: readonly string[]): Promise<Body[]>
  /** All of them, or all within something, such as one access control system. */
  pages?(seam: Calls, within: string | undefined): AsyncIterable<Body[]>
}

interface Paths {
  /** The resource's path, such as `/access_grants`. */
  path: string
  /** The key of one object in an answer, such as `access_grant`. */
  key: string
  /** The filter of the list that takes ids, where it has one. */
  ids?: string
  /** The filter of the list that says within what. */
  within?: string
}

/** The source of a resource with the usual `get` and `list`. */
export function sourceOf({ path, key, ids, within }: Paths): ObjectSource {
  const id = `${key}_id`
  const many = path.slice(path.lastIndexOf('/') + 1)
  const list = key.startsWith('acs_') ? `acs_${many}` : many
  return {
    id,
    one: (seam, value) => lookedUp(seam, `${path}/get`, { [id]: value }, key),
    ...(ids && {
      some: (seam, values) => seam.list<Body>(`${path}/list`, { [ids]: values }, list),
    }),
    pages: (seam, container) =>
      seam.pages<Body>(`${path}/list`, within && container ? { [within]: container } : {}, list),
  }
}

/** The answer of a `get`, or nothing where Seam knows no such object (any more). */
export const lookedUp = (
  seam: Calls,
  path: string,
  selector: Body,
  key: string,
): Promise<Body | undefined> => unlessGone(seam.read<Body>(path, selector, key))
