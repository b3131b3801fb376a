import { isMany, unknown } from '../../schema'
import { adoptedId, secret, stays, type Change, type Plan, type Side } from '../plan/plan'
import type { Window } from './times'

/** A person, a door, or anything else that a review names. */
export interface Subject {
  /** The same for the same thing, in every part of a plan. */
  readonly key: string
  /** Seam's word for what it is. */
  readonly kind: string
  readonly id: string | undefined
  /** Nothing where neither the plan nor Seam tells it. */
  readonly name: string | undefined
  /** What it is called before the plan, where that differs. */
  readonly formerly?: string
  /** Its own name is secret; what stands for it is the resource's. */
  readonly isHidden?: boolean
  /** What takes away whatever is under the id or key by which it is named. */
  readonly endedBy?: Change
}

/** What Seam says of an object that the plan only refers to. */
export interface KnownSubject {
  readonly id?: string
  readonly name?: string
  /** The person for whom a user of an access control system stands. */
  readonly user_identity_id?: string
  /** The system that a user or a group is of. */
  readonly acs_system_id?: string
  /** Of a user: the schedule that bounds what opens for them, and whether nothing does. */
  readonly schedule?: Window
  readonly isSuspended?: boolean
  /** Modes that a door cannot take. */
  readonly refuses?: readonly string[]
  /** Kinds and ids of what is inside it. */
  readonly contains?: readonly (readonly [kind: string, id: string])[]
}

/** By `<kind>:<id>`, or `<kind>_key:<key>`. */
export type Directory = ReadonlyMap<string, KnownSubject>

/** Before the plan, or after it. */
export type When = 'before' | 'after'

/** Who and what the ids of a plan are. */
export class Subjects {
  private readonly byId = new Map<string, Change>()
  private readonly byKey = new Map<string, Change>()
  private readonly byAddress = new Map<string, Change>()
  private readonly byChange = new Map<Change, Subject>()
  private readonly strangers = new Map<string, Subject>()
  private readonly idOfKey = new Map<string, string>()

  constructor(
    plan: Plan,
    private readonly directory: Directory,
  ) {
    for (const change of plan.changes) this.enter(change)
    for (const change of plan.changes) this.enterKeys(change)
  }

  /** Of an object that names one space by a key, Seam has told the id. */
  private enterKeys({ definition, before }: Change): void {
    for (const [kind, fields] of Object.entries(definition.opens?.what ?? {})) {
      const [byId = '', byKey] = fields
      const [ids, keys] = [before?.all[byId], byKey && before?.inputs[byKey]]
      if (!Array.isArray(ids) || !Array.isArray(keys)) continue
      if (before?.inputs[byId] !== undefined || ids.length !== 1 || keys.length !== 1) continue
      this.idOfKey.set(`${kind}_key:${String(keys[0])}`, String(ids[0]))
    }
  }

  private enter(change: Change): void {
    const { definition, address } = change
    const { name, key } = definition
    this.byAddress.set(address, change)
    if (change.renamed) this.byAddress.set(change.renamed.address, change)
    const taken = adoptedId(change)
    const ids = [change.id, change.action === 'create' ? taken : undefined]
    for (const id of ids) if (typeof id === 'string') this.byId.set(`${name}:${id}`, change)
    for (const when of ['before', 'after'] as const) {
      const side = change[when]
      if (key && side) this.byKey.set(`${when} ${name}_key:${String(side.all[key])}`, change)
    }
  }

  /** Ids that neither the plan explains nor the directory. */
  get unexplained(): readonly Subject[] {
    return [...this.strangers.values()].filter(({ name }) => name === undefined)
  }

  /** Everybody and everything that has a name or an id. */
  get known(): readonly Subject[] {
    const listed = [...this.directory.keys()]
      .filter((place) => !place.includes('_key:'))
      .map((place) =>
        this.at(place.slice(0, place.indexOf(':')), place.slice(place.indexOf(':') + 1)),
      )
    const own = [...this.byAddress.values()].map((change) => this.ofChange(change))
    const all = [...own, ...listed, ...this.strangers.values()]
    return [...new Map(all.map((one) => [one.key, one])).values()]
  }

  /** What Seam says of something that it was asked about. */
  told({ kind, id }: Subject): KnownSubject | undefined {
    return id === undefined ? undefined : this.directory.get(`${kind}:${id}`)
  }

  /** All of a kind that Seam was asked about, by id. */
  *listed(kind: string): Generator<readonly [id: string, known: KnownSubject]> {
    for (const [place, known] of this.directory) {
      if (place.startsWith(`${kind}:`)) yield [place.slice(kind.length + 1), known]
    }
  }

  /** The resource of an object. */
  changeOf({ key }: Subject): Change | undefined {
    return this.byAddress.get(key)
  }

  /** The resource of an object, where the plan changes that. */
  changing(subject: Subject): Change | undefined {
    const change = this.changeOf(subject)
    return change && change.action !== 'keep' ? change : undefined
  }

  /** The resource of an object, where the plan deletes that. */
  going(subject: Subject): Change | undefined {
    const change = this.changing(subject)
    return change?.action === 'delete' && !stays(change) ? change : undefined
  }

  /** What all these fields name, which are listed by the kind of what they name. */
  allNamed(
    change: Change,
    side: Side,
    fields: Readonly<Record<string, readonly string[]>>,
    when: When,
  ): Subject[] {
    const all: Subject[] = []
    for (const [kind, names] of Object.entries(fields)) {
      for (const field of names) {
        // Most of them are left out, and a large plan asks often.
        if (side.inputs[field] === undefined) continue
        for (const one of this.named(change, side, kind, field, when)) all.push(one)
      }
    }
    return all
  }

  /** What a field names: one subject for each id, or each that only a deployment will tell. */
  private named(change: Change, side: Side, kind: string, field: string, when: When): Subject[] {
    const value = side.inputs[field]
    const nameless = (at: number | string): Subject => {
      return { key: `${change.address} ${field} ${at}`, kind, id: undefined, name: undefined }
    }
    const isList = isMany(change.definition.fields[field]!.kind)
    if (value === unknown && isList) {
      // Which of them are in it, and what else, only the deployment will tell.
      const all = this.referred(change, kind, field).map((one) => this.ofChange(one))
      return [...all, nameless('unknown')]
    }
    const awaited = this.referred(change, kind, field).filter(isComing)
    if (value === unknown) return [awaited.length === 1 ? this.ofChange(awaited[0]!) : nameless(0)]
    return [value].flat().map((one, at) => {
      if (one === secret) return nameless(change.changed.includes(field) ? `${when} ${at}` : at)
      if (one !== unknown) {
        const subject = this.at(kind, String(one), field.includes('_key'), when)
        const endedBy = this.ending(subject, String(one))
        return endedBy ? { ...subject, endedBy } : subject
      }
      const next = awaited.shift()
      return next ? this.ofChange(next) : nameless(at)
    })
  }

  /** Resources of a kind to which a field refers. */
  private referred({ references }: Change, kind: string, field: string): Change[] {
    return (references[field] ?? [])
      .flatMap((address) => this.byAddress.get(address) ?? [])
      .filter(({ definition }) => definition.name === kind)
  }

  /** The subject with an id, or with a key of its own. */
  at(kind: string, value: string, isKey = false, when: When = 'after'): Subject {
    const place = isKey ? `${kind}_key:${value}` : `${kind}:${value}`
    const other = when === 'after' ? 'before' : 'after'
    const change = isKey
      ? (this.byKey.get(`${when} ${place}`) ?? this.byKey.get(`${other} ${place}`))
      : this.byId.get(place)
    if (change) return this.ofChange(change)
    const known = this.directory.get(place)
    const id = known?.id ?? this.idOfKey.get(place)
    if (isKey && id !== undefined) return this.at(kind, id)
    return this.stranger(place, kind, value, known)
  }

  private stranger(
    key: string,
    kind: string,
    value: string,
    known: KnownSubject | undefined,
  ): Subject {
    const subject = this.strangers.get(key) ?? { key, kind, id: value, name: known?.name }
    this.strangers.set(key, subject)
    return subject
  }

  /** The object of a resource of the plan. */
  ofChange(change: Change): Subject {
    const subject = this.byChange.get(change) ?? this.subjectOf(change)
    this.byChange.set(change, subject)
    return subject
  }

  private subjectOf(change: Change): Subject {
    const { definition, address: key, id } = change
    const name = nameIn(change, ['after', 'before'])
    const formerly = nameIn(change, ['before', 'after'])
    const isHidden = (['before', 'after'] as const).some((when) =>
      namesIn(change, when).includes(secret),
    )
    return {
      key,
      kind: definition.name,
      id,
      name,
      ...(formerly !== name && { formerly }),
      ...(isHidden && { isHidden }),
    }
  }

  /** The resource because of which there is nothing any more under an id or a key. */
  private ending({ key }: Subject, value: string): Change | undefined {
    const change = this.byAddress.get(key)
    if (!change || stays(change)) return undefined
    const { key: own } = change.definition
    const isStill = own !== undefined && change.after?.all[own] === value
    return change.action === 'delete' || (change.action === 'replace' && !isStill)
      ? change
      : undefined
  }
}

/** Whether only a deployment will tell the id. */
const isComing = ({ action, renamed }: Change) =>
  action === 'create' || action === 'replace' || renamed !== undefined

/** Names that people gave; e-mail addresses and the like, which Seam shows for want of one, are none. */
function nameIn(change: Change, order: readonly When[]): string {
  const given = order.map((when) => namesIn(change, when).find((name) => name !== secret))
  return given.find((name) => name !== undefined) ?? change.name
}

const namesIn = ({ definition, ...sides }: Change, when: When): string[] =>
  (definition.called?.named ?? [])
    .map((field) => sides[when]?.all[field])
    .filter((value): value is string => typeof value === 'string' && value !== '')
