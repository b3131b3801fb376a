import { Issues } from './issues'
import { typeOf, type Kind } from './kinds'

/** A parameter that may be left out. */
export interface Optional<T> {
  readonly optional: Kind<T>
}

/** The parameters of an endpoint, or the members of an object among them. */
export type Shape = Readonly<Record<string, Kind<unknown> | Optional<unknown>>>

type OptionalKeys<S extends Shape> = {
  [K in keyof S]: S[K] extends Optional<unknown> ? K : never
}[keyof S]

/** The values of a shape's parameters, once they have been read. */
export type Values<S extends Shape> = {
  [K in Exclude<keyof S, OptionalKeys<S>>]: S[K] extends Kind<infer T> ? T : never
} & {
  [K in OptionalKeys<S>]?: S[K] extends Optional<infer T> ? T : never
}

export function optional<T>(kind: Kind<T>): Optional<T> {
  return { optional: kind }
}

/** An object among the parameters. */
export function record<S extends Shape>(shape: S): Kind<Values<S>> & { readonly shape: S } {
  return {
    shape,
    decode: (texts) => texts.at(-1),
    read: (value, issues) => readShape(shape, value, issues),
  }
}

/** Reads what the shape names and drops the rest silently, as the real service does. */
export function readShape<S extends Shape>(shape: S, value: unknown, issues: Issues): Values<S> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    issues.add(value === undefined ? 'Required' : `Expected object, received ${typeOf(value)}`)
    return {} as Values<S>
  }
  const members = value as Record<string, unknown>
  const read: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(shape)) {
    const given = Object.hasOwn(members, name) ? members[name] : undefined
    if (given === undefined && 'optional' in entry) continue
    read[name] = kindOf(entry).read(given, issues.at(name))
  }
  return read as Values<S>
}

/** The JSON object that a query string stands for: repeated lists, dotted objects, empty is null. */
export function decodeQuery(shape: Shape, query: URLSearchParams, prefix = ''): object {
  const decoded: Record<string, unknown> = {}
  for (const [name, entry] of Object.entries(shape)) {
    const kind = kindOf(entry)
    const path = prefix + name
    const texts = [...query.getAll(path), ...query.getAll(`${path}[]`)]
    if (texts.length > 0) decoded[name] = kind.decode(texts)
    else if ('open' in kind) {
      const members = [...query].filter(([given]) => given.startsWith(`${path}.`))
      const values = members.map(([given, value]) => [
        given.slice(path.length + 1),
        ({ true: true, false: false } as const)[value] ?? value,
      ])
      if (values.length > 0) decoded[name] = Object.fromEntries(values)
    } else if ('shape' in kind && [...query.keys()].some((given) => given.startsWith(`${path}.`))) {
      decoded[name] = decodeQuery(kind.shape as Shape, query, `${path}.`)
    }
  }
  return decoded
}

const kindOf = (entry: Shape[string]): Kind<unknown> =>
  'optional' in entry ? entry.optional : entry
