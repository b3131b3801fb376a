import { unknown, type Wire } from '../schema'
import type { Change, Plan, Side } from './plan'

/** A person, a door, or anything else that a review names. */
export interface Subject {
  /** The same for the same thing, in every part of a plan. */
  readonly key: string
  /** Seam's word for what it is. */
  readonly kind: string
  readonly id: string | undefined
  /** Nothing where neither the plan nor Seam tells it. */
  readonly name: string | undefined
}

/** What Seam says of an object that the plan only refers to. */
export interface Known {
  readonly id?: string
  readonly name?: string
  /** The person for whom a user of an access control system stands. */
  readonly user_identity_id?: string
  /** Kinds and ids of what is inside it. */
  readonly contains?: readonly (readonly [kind: string, id: string])[]
}

/** By `<kind>:<id>`, or `<kind>_key:<key>`. */
export type Directory = ReadonlyMap<string, Known>

/** Who and what the ids of a plan are. */
export class Subjects {
  private readonly byId = new Map<string, Change>()
  private readonly byKey = new Map<string, Change>()
  private readonly byAddress = new Map<string, Change>()
  private readonly personOf = new Map<string, Change>()
  private readonly strangers = new Map<string, Subject>()

  constructor(
    plan: Plan,
    private readonly directory: Directory,
  ) {
    for (const change of plan.changes) this.enter(change)
  }

  private enter(change: Change): void {
    const { definition, address } = change
    const { name, key } = definition
    this.byAddress.set(address, change)
    if (change.id !== undefined) this.byId.set(`${name}:${change.id}`, change)
    for (const side of [change.before, change.after]) {
      if (key && side) this.byKey.set(`${name}_key:${String(side.all[key])}`, change)
      const users = name === 'user_identity' && side?.all['acs_user_ids']
      if (Array.isArray(users)) for (const user of users) this.personOf.set(String(user), change)
    }
  }

  /** Ids that neither the plan explains nor the directory. */
  get unexplained(): readonly Subject[] {
    return [...this.strangers.values()].filter(({ name }) => name === undefined)
  }

  /** What is inside a space or a group; nothing where neither the plan nor the directory tells it. */
  inside(subject: Subject): Subject[] | undefined {
    const change = this.byAddress.get(subject.key)
    const side = change && (change.after ?? change.before)
    const contains = Object.entries(change?.definition.contains ?? {}).filter(([, fields]) =>
      fields.some((field) => side?.inputs[field] !== undefined),
    )
    if (change && side && contains.length > 0) {
      return contains.flatMap(([kind, fields]) =>
        fields.flatMap((field) => this.named(change, side, kind, field)),
      )
    }
    const place = subject.id === undefined ? '' : `${subject.kind}:${subject.id}`
    return this.directory.get(place)?.contains?.map(([kind, id]) => this.at(kind, id))
  }

  /** What a field names: one subject for each id, or each that only a deployment will tell. */
  named(change: Change, side: Side, kind: string, field: string): Subject[] {
    const values = [side.inputs[field]].flat().filter((value) => value !== undefined)
    const awaited = this.awaited(change, kind, field)
    return values.map((value, at) => {
      if (value !== unknown) return this.at(kind, String(value), field.includes('_key'))
      const awaitedChange = awaited.shift()
      if (awaitedChange) return this.ofChange(awaitedChange)
      const key = `${change.address} ${field} ${at}`
      return { key, kind, id: undefined, name: undefined }
    })
  }

  /** Resources whose id a deployment will tell, among those that a field refers to. */
  private awaited({ references }: Change, kind: string, field: string): Change[] {
    return (references[field] ?? [])
      .flatMap((address) => this.byAddress.get(address) ?? [])
      .filter(({ definition, action }) => {
        return definition.name === kind && (action === 'create' || action === 'replace')
      })
  }

  /** The subject with an id, or with a key of its own. */
  at(kind: string, value: string, isKey = false): Subject {
    const place = isKey ? `${kind}_key:${value}` : `${kind}:${value}`
    const change = (isKey ? this.byKey : this.byId).get(place)
    if (change) return this.ofChange(change)
    const known = this.directory.get(place)
    if (isKey && known?.id !== undefined) return this.at(kind, known.id)
    return this.stranger(place, kind, value, known)
  }

  private stranger(key: string, kind: string, value: string, known: Known | undefined): Subject {
    const subject = this.strangers.get(key) ?? { key, kind, id: value, name: known?.name }
    this.strangers.set(key, subject)
    return subject
  }

  /** The object of a resource of the plan. */
  ofChange(change: Change): Subject {
    const { definition, address: key, id } = change
    return { key, kind: definition.name, id, name: nameIn(change) }
  }

  /** The person behind a holder: a user of an access control system stands for one. */
  person(holder: Subject): Subject {
    if (holder.kind !== 'acs_user') return holder
    const change = this.byAddress.get(holder.key)
    const side = change && (change.after ?? change.before)
    if (change && side && side.all['user_identity_id'] !== undefined) {
      const { all, inputs } = side
      if (inputs['user_identity_id'] === undefined) {
        return this.at('user_identity', String(all['user_identity_id']))
      }
      return this.named(change, side, 'user_identity', 'user_identity_id')[0] ?? holder
    }
    const owner = holder.id === undefined ? undefined : this.personOf.get(holder.id)
    if (owner) return this.ofChange(owner)
    const id = this.directory.get(holder.key)?.user_identity_id
    return id === undefined ? holder : this.at('user_identity', id)
  }
}

/** Names that people gave; e-mail addresses and the like, which Seam shows for want of one, are none. */
function nameIn({ name, before, after }: Change): string {
  const given = [after, before].flatMap((side) => (side ? [textIn(side.all)] : []))
  return given.find((text) => text !== undefined) ?? name
}

const textIn = (all: Wire): string | undefined =>
  [all['full_name'], all['name']].find((value) => typeof value === 'string' && value !== '') as
    string | undefined
