import type { Context } from '../context'
import { invalidInput } from './errors'
import { Issues } from './issues'
import { count, key, nullable } from './kinds'
import { pageOf } from './pages'
import { optional, readShape, type Shape, type Values } from './shape'
import type { Collection } from '../store/collection'

export type Verb = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A demand on several parameters together. */
export type Rule = (given: Readonly<Record<string, unknown>>, issues: Issues) => void

/** One call of the API. */
export interface Endpoint {
  readonly path: string
  readonly verbs: readonly Verb[]
  readonly params: Shape
  /** Whether the call changes nothing. */
  readonly reads: boolean
  /** Reads the parameters, acts, and returns the answer's members besides `ok`. */
  call(parameters: unknown, context: Context): object
}

interface Definition<S extends Shape, A> {
  params: S
  rules?: readonly Rule[]
  handle: (values: Values<S>, context: Context) => A
}

function endpoint<S extends Shape, A>(
  verbs: readonly Verb[],
  path: string,
  { params, rules = [], handle }: Definition<S, A>,
  wrap: (answer: A) => object,
): Endpoint {
  return {
    path,
    verbs,
    params,
    reads: verbs.includes('GET'),
    call(parameters, context) {
      const issues = new Issues()
      const values = readShape(params, parameters, issues)
      if (!issues.found) for (const rule of rules) rule(values, issues)
      if (issues.found) throw invalidInput(issues)
      return wrap(handle(unmerged(values, context), context))
    },
  }
}

/** What a call says of a person who was merged into another is said of that other. */
function unmerged<V extends object>(values: V, { store: { userIdentities } }: Context): V {
  const { user_identity_id: id } = values as { user_identity_id?: unknown }
  if (typeof id !== 'string' || userIdentities.has(id)) return values
  const into = userIdentities.find('merged_user_identity_ids', id)
  return into ? { ...values, user_identity_id: into.user_identity_id } : values
}

type Answering<S extends Shape> = Definition<S, unknown> & { answer: string | readonly string[] }
type Silent<S extends Shape> = Definition<S, void>

const under = (members: string | readonly string[]) => (value: unknown) =>
  Object.fromEntries([members].flat().map((member) => [member, value]))
const onlyOk = () => ({})

/** A read: GET with a query, or POST. */
export function read<S extends Shape>(path: string, definition: Answering<S>): Endpoint {
  return endpoint(['GET', 'POST'], path, definition, under(definition.answer))
}

/** A call that answers with an object. */
export function create<S extends Shape>(path: string, definition: Answering<S>): Endpoint {
  return endpoint(['POST'], path, definition, under(definition.answer))
}

/** An update that answers with the object. */
export function revise<S extends Shape>(path: string, definition: Answering<S>): Endpoint {
  return endpoint(['PATCH', 'POST'], path, definition, under(definition.answer))
}

/** An update that answers only `ok`. */
export function update<S extends Shape>(path: string, definition: Silent<S>): Endpoint {
  return endpoint(['PATCH', 'POST'], path, definition, onlyOk)
}

/** What may be repeated and leaves the same behind: an addition, or a change that Seam puts. */
export function put<S extends Shape>(path: string, definition: Silent<S>): Endpoint {
  return endpoint(['PUT', 'POST'], path, definition, onlyOk)
}

/** A deletion or a removal. */
export function remove<S extends Shape>(path: string, definition: Silent<S>): Endpoint {
  return endpoint(['DELETE', 'POST'], path, definition, onlyOk)
}

/** A call with no verb but POST and no answer but `ok`. */
export function act<S extends Shape>(path: string, definition: Silent<S>): Endpoint {
  return endpoint(['POST'], path, definition, onlyOk)
}

interface Listing<S extends Shape, R extends object> {
  answer: string
  params: S
  rules?: readonly Rule[]
  pageSize?: number
  from: (context: Context) => Collection<R>
  /** Finds what is listed, in order of creation. */
  select: (values: Values<S>, context: Context) => readonly Readonly<R>[]
  view: (record: Readonly<R>, context: Context) => object
}

/** A list in pages. */
export function pages<S extends Shape, R extends object>(
  path: string,
  { answer, params, rules = [], pageSize = 500, from, select, view }: Listing<S, R>,
): Endpoint {
  const paging = { limit: optional(count()), page_cursor: optional(nullable(key())) }
  return endpoint<Shape, object>(
    ['GET', 'POST'],
    path,
    {
      params: { ...params, ...paging },
      rules,
      handle(values, context) {
        const given = values as Values<S> & Values<typeof paging>
        const address = { path, endpoint: context.endpoint }
        const page = pageOf(from(context), select(given, context), given, pageSize, address)
        const listed = page.records.map((record) => view(record, context))
        return { [answer]: listed, pagination: page.pagination }
      },
    },
    (whole) => whole,
  )
}

/** Exactly one of these parameters has to be given. */
export const exactlyOne =
  (...names: string[]): Rule =>
  (given, issues) => {
    const present = names.filter((name) => given[name] !== undefined)
    if (present.length !== 1) issues.add(`Exactly one of ${names.join(', ')} is required`)
  }

/** At least one of these parameters has to be given. */
export const atLeastOne =
  (...names: string[]): Rule =>
  (given, issues) => {
    if (!names.some((name) => given[name] !== undefined)) {
      issues.add(`At least one of ${names.join(', ')} is required`)
    }
  }
