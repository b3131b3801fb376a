import { isDeepStrictEqual } from 'node:util'
import { isChosen } from '../../provider'
import { resources, type SeamResource } from '../../resources'
import { isAbsent, nameOf, unknown, type Fields } from '../../schema'
import { adoptedId, isAdopting, secret, type Action, type Change, type Side } from './plan'

/**
 * The changes of a plan, with what is one made one. To an engine, a resource whose name changed
 * without an alias is one that goes and another that comes. What both stand for is the same person,
 * place or access, so this is told as a replacement: what it opens is not taken away.
 */
export const withoutRenames = (changes: readonly Change[]): Change[] =>
  new Renames(heldOnce(changes)).merged()

/** Addresses of what goes and what comes in its place, and of what only leaves the state. */
export const boundTogether = (changes: readonly Change[]): Set<string> =>
  new Set(
    changes.flatMap((change) => {
      if (isShared(change)) return [change.address]
      return change.renamed ? [change.address, change.renamed.address] : []
    }),
  )

/** What cannot come while what it is the new name of is there. */
export const refusedRenames = (changes: readonly Change[]): Change[] =>
  changes.filter(({ renamed }) => renamed?.isRefused)

const isGoing = ({ action, isLeftover }: Change) =>
  !isLeftover && (action === 'delete' || action === 'forget')

const isShared = ({ action, before }: Change) => action === 'forget' && before === undefined

/**
 * A run that was interrupted may leave an object with two names in the state, and the old one goes
 * without it. Whatever happens to the object is told where it stays.
 */
function heldOnce(changes: readonly Change[]): Change[] {
  const owners = new Set<string>()
  for (const change of changes) {
    if (change.action !== 'create' && !leaves(change)) owners.add(objectOf(change))
  }
  return changes.map((change) => {
    if (change.id === undefined || !leaves(change) || !owners.has(objectOf(change))) return change
    return { ...change, action: 'forget', id: undefined, before: undefined, after: undefined }
  })
}

const leaves = ({ action }: Change) => action === 'delete' || action === 'forget'

const objectOf = ({ definition, id }: Change) => `${definition.name}:${id}`

/** Finds what goes under one name and comes under another. */
class Renames {
  private readonly found = new Map<Change, Change>()
  /** What stands for the same in a plan: the address of the new one, by the old one's address and id. */
  private readonly names = new Map<string, string>()

  constructor(private readonly changes: readonly Change[]) {
    this.pairAdopted()
    // People and places first: what they hold is known by them.
    for (const definition of inOrder) {
      const all = changes.filter((one) => one.definition === definition && !this.isPaired(one))
      this.pair(definition, new Set(all.filter(isGoing)), new Set(all.filter(isComing)))
    }
  }

  merged(): Change[] {
    const gone = new Set([...this.found.values()].map(({ renamed }) => renamed!.address))
    return this.changes
      .filter((change) => !isGoing(change) || !gone.has(change.address))
      .map((change) => this.found.get(change) ?? change)
  }

  /** What comes may name by its id what goes. */
  private pairAdopted(): void {
    const going = new Map(
      this.changes.filter(isGoing).map((change): [string, Change] => [objectOf(change), change]),
    )
    for (const next of this.changes.filter(isComing)) {
      const old = going.get(objectOf({ ...next, id: String(adoptedId(next)) }))
      if (old) this.enter(old, next, [nameOf(next.definition, 'adoptId')!], false)
    }
  }

  private isPaired(change: Change): boolean {
    return this.found.has(change) || this.names.has(change.address)
  }

  /** What is unique tells more than what is alike, and among those the name in the program. */
  private pair({ knownBy = {} }: SeamResource, going: Set<Change>, coming: Set<Change>): void {
    const { unique = [], alike = [] } = knownBy
    const ways = [
      ...unique.map((by) => ({ by, isExact: true })),
      ...alike.map((by) => ({ by, isExact: false })),
    ]
    for (const { by, isExact } of ways) {
      for (const isNamesake of [true, false]) {
        const places = this.places(coming, by[0]!)
        for (const old of going) {
          const next = places
            .get(this.known(old, old.before, by[0]!))
            ?.find(
              (one) =>
                coming.has(one) &&
                (!isNamesake || one.name === old.name) &&
                this.isSame(old, one, by, isExact),
            )
          if (!next) continue
          going.delete(old)
          coming.delete(next)
          this.enter(old, next, by, isExact)
        }
      }
    }
  }

  /** What comes, by what a field says of it. */
  private places(coming: ReadonlySet<Change>, field: string): Map<unknown, Change[]> {
    const places = new Map<unknown, Change[]>()
    for (const change of coming) {
      const value = this.known(change, change.after, field)
      if (value === undefined || value === secret) continue
      const there = places.get(value)
      if (there) there.push(change)
      else places.set(value, [change])
    }
    return places
  }

  private enter(old: Change, next: Change, by: readonly string[], isExact: boolean): void {
    this.names.set(old.address, next.address)
    if (old.id !== undefined) this.names.set(old.id, next.address)
    const isRefused = isExact && by.every((field) => isAgreed(old, next, field))
    this.found.set(next, merge(old, next, by, isRefused))
  }

  private isSame(old: Change, next: Change, by: readonly string[], isExact: boolean): boolean {
    const agree = by.every((field) => {
      const [was, is] = [this.known(old, old.before, field), this.known(next, next.after, field)]
      return was === is || (!isExact && (was === undefined || is === undefined))
    })
    const { opens } = old.definition
    if (!agree || !opens || opens.isHolder) return agree
    return [opens.who, opens.what].every((fields) => this.share(old, next, fields))
  }

  /** Whether two openers have a holder, or a door, in common. */
  private share(old: Change, next: Change, fields: Readonly<Record<string, readonly string[]>>) {
    const all = Object.values(fields).flat()
    const named = (change: Change, side: Side | undefined) =>
      all.flatMap((field) => this.named(change, side, field))
    const [was, is] = [named(old, old.before), named(next, next.after)]
    return was.length + is.length === 0 || was.some((one) => is.includes(one))
  }

  /** Everything that a field names; old and new names of one object are one. */
  private named({ references }: Change, side: Side | undefined, field: string): string[] {
    const values = [side?.inputs[field] ?? []].flat()
    const isOpen = values.includes(unknown)
    const known = values.filter((one) => typeof one === 'string')
    return [...known, ...(isOpen ? (references[field] ?? []) : [])].map(
      (one) => this.names.get(one) ?? one,
    )
  }

  /** What a field says of an object; nothing where it is left out, or chosen by a provider. */
  private known(change: Change, side: Side | undefined, field: string): unknown {
    const value = said(change, side, field)
    if (isAbsent(value) || (field === change.definition.key && isChosen(value))) return undefined
    if (typeof value !== 'string' && value !== unknown) return JSON.stringify(value)
    const [one, ...more] = this.named(change, side, field)
    // Nobody can tell what this will be, or that it is another's.
    return one === undefined || more.length > 0 ? change : one
  }
}

const isComing = ({ action, isImported, definition: { takeover }, after }: Change) =>
  action === 'create' && !isImported && isAbsent(takeover && after?.inputs[takeover.input])

/** People and places, then those who stand for them, then what opens. */
const inOrder = [...resources]
  .filter(({ knownBy }) => knownBy)
  .sort((one, other) => rank(one) - rank(other))

function rank({ opens }: SeamResource): number {
  if (!opens) return 0
  return opens.isHolder ? 1 : 2
}

/** What a side says with a field, also by leaving it out. */
const said = ({ definition }: Change, side: Side | undefined, field: string): unknown =>
  side?.inputs[field] ?? (definition.fields as Fields)[field]?.marks.otherwise

/** Whether both say the same in so many words; of a secret nobody can tell. */
function isAgreed(old: Change, next: Change, field: string): boolean {
  const [was, is] = [said(old, old.before, field), said(next, next.after, field)]
  return is !== unknown && is !== secret && isDeepStrictEqual(was ?? null, is ?? null)
}

function merge(old: Change, next: Change, by: readonly string[], isRefused: boolean): Change {
  const { before } = old
  const isAdopted = isAdopting(next)
  const action: Action = isAdopted ? 'update' : 'replace'
  const names = new Set([
    ...Object.keys(before?.inputs ?? {}),
    ...Object.keys(next.after?.inputs ?? {}),
  ])
  return {
    ...next,
    action,
    id: old.id,
    before,
    changed: [...names].filter(
      (name) => !isDeepStrictEqual(before?.inputs[name], next.after?.inputs[name]),
    ),
    isRetained: old.isRetained || old.action === 'forget',
    renamed: {
      address: old.address,
      name: old.name,
      by: by.filter((field) => !isAbsent(next.after?.inputs[field])),
      isRefused: isRefused && !isAdopted,
    },
  }
}
