import { repository } from '../engine/folders.js'

/** What no reader of a plan needs, and what differs from one recording to the next. */
const dropped = new Set(['sourcePosition', 'stackTrace', 'created', 'modified', 'duration'])

/** A version 4 id: those of seeds and of the engine itself stay as they are. */
const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/g
const isFixed = (id: string) =>
  /^.0000000-0000-4000-800[01]-/.test(id) || id === '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

const instant = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g

/** The random part of a key, alone or in the key; never the end of an id. */
const seed = /(iac-|(?<![0-9a-f-]))([0-9a-f]{12})(?![0-9a-f])/g

/** What of a recording is of this machine and this moment. */
export interface Moment {
  /** The stack's folder. */
  readonly folder: string
  /** When the recording began, in milliseconds. */
  readonly since: number
  /** What stands for every instant from then on. */
  readonly recordedAt: string
}

/** What the engine said, with the same ids, times and paths in every recording of it. */
export function scrubbed(document: unknown, { folder, since, recordedAt }: Moment): unknown {
  const ids = numbered((at) => `00000000-0000-4000-9000-${at}`)
  const seeds = numbered((at) => at)
  const known = new Map<string, string>()
  collectSeeds(document, (seed) => known.set(seed, seeds(seed)))
  const text = (value: string) => {
    const placed = value.replaceAll(folder, '/program').replaceAll(repository, '/program')
    const timed = placed.replace(instant, (one) => (isOfNow(one) ? recordedAt : one))
    const named = timed.replace(uuid, (id) => (isFixed(id) ? id : ids(id)))
    return named.replace(seed, (_all, head: string, one: string) => head + (known.get(one) ?? one))
  }
  const isOfNow = (one: string) => Date.parse(one) >= since && Date.parse(one) <= Date.now() + 1_000
  const walk = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value)
    if (Array.isArray(value)) return value.map(walk)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .filter(([name]) => !dropped.has(name))
        .map(([name, inner]) => [text(name), walk(inner)]),
    )
  }
  return walk(document)
}

/** The steps of a plan by what they are about: the engine takes what does not wait in any order. */
export function inOrder<T extends { steps?: { urn: string }[] }>(plan: T): T {
  const { steps } = plan
  if (!steps) return plan
  const { compare } = new Intl.Collator('en')
  return { ...plan, steps: [...steps].sort((one, other) => compare(one.urn, other.urn)) }
}

/** The same replacement for the same text, numbered in the order of their first appearance. */
function numbered(spell: (number: string) => string): (text: string) => string {
  const found = new Map<string, string>()
  return (text) => {
    const replacement = found.get(text) ?? spell(String(found.size + 1).padStart(12, '0'))
    found.set(text, replacement)
    return replacement
  }
}

/** The random parts of keys that the provider has chosen. */
function collectSeeds(value: unknown, found: (seed: string) => void): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, inner] of Object.entries(value)) {
    if (name === '__seed' && typeof inner === 'string') found(inner)
    else collectSeeds(inner, found)
  }
}
