import { isDeepStrictEqual } from 'node:util'
import { notesOf } from '../../resources'
import type { Wire } from '../../schema'
import { secret, type MethodIds } from '../plan/plan'
import type { LiveFacts } from './facts'

const minute = 60_000
const hour = 60 * minute

/**
 * The methods of grants as they are in Seam: a grant goes on listing what was asked for, also when its
 * method is gone.
 */
export class Methods {
  private byPerson?: Map<unknown, Wire[]>

  constructor(
    private readonly facts: LiveFacts,
    private readonly now: number,
  ) {}

  /**
   * A request without a method may be one that is to come, or one whose method was deleted: it looks
   * the same. The state knows of its own; of others, only one that came with its grant just now is.
   */
  living(object: Wire, name: string, known: Wire | undefined): Wire[] {
    const there = listOf(object['access_method_ids'])
    const isNew = (method: Wire) => {
      const at = [method['created_at'], object['created_at']].map((one) => Date.parse(String(one)))
      return Math.abs(at[0]! - at[1]!) < minute && at[1]! > this.now - hour
    }
    const hadAll = listOf(known?.['access_method_ids']).every(isIn(there))
    const isComing = (method: Wire) =>
      Array.isArray(known?.[name]) ? hadAll && isListed(method, known[name]) : isNew(method)
    const isAlive = (method: Wire) => {
      const ids = idsOf(method)
      return ids.length > 0 ? ids.some(isIn(there)) : isComing(method)
    }
    return notesOf(object[name])
      .filter(isAlive)
      .map((method) => onlyMode(method, known?.[name]))
  }

  /** What a grant asks for, whether it has got it or not. */
  requested(object: Wire, name: string): Wire[] {
    return notesOf(object[name]).map((method) => onlyMode(method))
  }

  /** What a grant had when it was last written: what the state lists, and what its ids say beside that. */
  had(object: Wire, name: string, known: Wire): unknown {
    if (!Array.isArray(known['access_method_ids'])) return known[name]
    const [there, before] = [object, known].map((one) => listOf(one['access_method_ids']))
    const isGone = before!.some((id) => !there!.includes(id))
    const isHidden = !Array.isArray(known[name])
    const wasThere = (method: Wire) => {
      const ids = idsOf(method)
      return ids.length > 0 ? ids.some(isIn(before!)) : isHidden && isGone
    }
    const more = notesOf(object[name]).filter(
      (method) => !isListed(method, known[name]) && wasThere(method),
    )
    return [...notesOf(known[name]), ...more.map((method) => onlyMode(method))]
  }

  /**
   * Modes that a program takes away, or has another PIN for, and whose methods Seam keeps: another grant
   * of the person has them.
   */
  shared(object: Wire, name: string, [had, wanted]: readonly [unknown, unknown]): string[] {
    if (!Array.isArray(wanted)) return []
    const isWanted = (method: Wire) =>
      isListed(method, wanted) && notesOf(had).filter(isSameMode(method)).every(isAmong(wanted))
    const others = this.of(object['user_identity_id']).filter(
      (other) => other['access_grant_id'] !== object['access_grant_id'],
    )
    const isShared = (method: Wire) =>
      others.some((other) => idsOf(method).some(isIn(listOf(other['access_method_ids']))))
    return notesOf(object[name])
      .filter((method) => !isWanted(method) && isShared(method))
      .map(({ mode }) => String(mode))
  }

  /** By mode, the methods that a grant has. */
  held(object: Wire, name: string): MethodIds {
    const there = listOf(object['access_method_ids'])
    const held: Record<string, string[]> = {}
    for (const method of notesOf(object[name])) {
      const ids = idsOf(method).filter(isIn(there)).map(String)
      const mode = String(method['mode'])
      if (ids.length > 0) held[mode] = [...(held[mode] ?? []), ...ids]
    }
    return held
  }

  /** What a grant of the person shares when it is requested: by mode, what the oldest other one has. */
  sharing(person: unknown, name: string, own?: string): MethodIds {
    const others = this.of(person).filter(
      ({ access_grant_id: id }) => id !== own && !this.facts.unmanaged.has(id),
    )
    const createdAt = (one: Wire) => Date.parse(String(one['created_at']))
    others.sort((one, other) => createdAt(one) - createdAt(other))
    return Object.assign({}, ...others.map((one) => this.held(one, name)).reverse()) as MethodIds
  }

  private of(person: unknown): Wire[] {
    if (!this.byPerson) {
      this.byPerson = new Map()
      for (const grant of this.facts.objects.get('access_grant')?.values() ?? []) {
        const { user_identity_id: owner } = grant
        this.byPerson.set(owner, [...(this.byPerson.get(owner) ?? []), grant])
      }
    }
    return this.byPerson.get(person) ?? []
  }
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

const idsOf = (method: Wire) => listOf(method['created_access_method_ids'])

const isIn = (list: readonly unknown[]) => (one: unknown) => list.includes(one)

const isAmong = (list: readonly unknown[]) => (one: unknown) =>
  list.some((other) => isDeepStrictEqual(one, other))

const isSameMode =
  ({ mode }: Wire) =>
  (one: Wire) =>
    one['mode'] === mode

const isListed = (method: Wire, list: unknown) => notesOf(list).some(isSameMode(method))

/** The mode of a method, and that it has a secret, if the state says so. */
function onlyMode({ mode }: Wire, known?: unknown): Wire {
  const same = notesOf(known).find((one) => one['mode'] === mode) ?? {}
  const secrets = Object.entries(same).filter(([, value]) => value === secret)
  return { mode, ...Object.fromEntries(secrets) }
}
