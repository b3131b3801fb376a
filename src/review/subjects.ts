import { unknown, type Wire } from '../schema'
import { isAdopting, secret, stays, type Change, type Plan, type Side } from './plan'

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
export interface Known {
  readonly id?: string
  readonly name?: string
  /** The person for whom a user of an access control system stands. */
  readonly user_identity_id?: string
  /** The system that a user is of. */
  readonly acs_system_id?: string
  /** Kinds and ids of what is inside it. */
  readonly contains?: readonly (readonly [kind: string, id: string])[]
}

/** By `<kind>:<id>`, or `<kind>_key:<key>`. */
export type Directory = ReadonlyMap<string, Known>

/** Before the plan, or after it. */
export type When = 'before' | 'after'

/** Who and what the ids of a plan are. */
export class Subjects {
  private readonly byId = new Map<string, Change>()
  private readonly byKey = new Map<string, Change>()
  private readonly byAddress = new Map<string, Change>()
  private readonly personOf = new Map<string, Change>()
  private readonly byChange = new Map<Change, Subject>()
  private readonly systems = new Map<string, string>()
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
    if (change.renamed) this.byAddress.set(change.renamed.address, change)
    if (change.id !== undefined) this.byId.set(`${name}:${change.id}`, change)
    for (const when of ['before', 'after'] as const) {
      const side = change[when]
      if (key && side) this.byKey.set(`${when} ${name}_key:${String(side.all[key])}`, change)
      const [user, system] = [side?.all['acs_user_id'], side?.all['acs_system_id']]
      if (typeof user === 'string' && typeof system === 'string') this.systems.set(user, system)
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
    const { contains } = change?.definition ?? {}
    const place = subject.id === undefined ? '' : `${subject.kind}:${subject.id}`
    const known = this.directory.get(place)?.contains?.map(([kind, id]) => this.at(kind, id))
    if (!change || !contains) return known
    const sides = (['before', 'after'] as const).flatMap((when) => {
      const side = change[when]
      return side ? [{ side, when }] : []
    })
    const declared = sides.flatMap(({ side, when }) => this.allNamed(change, side, contains, when))
    const fields = Object.values(contains).flat()
    const isWhole = sides.every(({ side }) =>
      fields.every((field) => side.inputs[field] !== undefined),
    )
    const isTaken = change.action === 'create' && isAdopting(change.after)
    // What the program leaves open, or takes over, may be anything.
    if (!known && (!isWhole || isTaken)) return undefined
    return [...declared, ...(known ?? [])]
  }

  /** What Seam has said to be inside a space, of one kind. */
  known({ kind, id }: Subject, inner: string): Subject[] | undefined {
    const all = this.directory.get(`${kind}:${id}`)?.contains
    return all?.filter(([one]) => one === inner).map(([one, value]) => this.at(one, value))
  }

  /** Whether it is known who stands behind a holder, as far as anybody can tell. */
  isCertain({ kind, id }: Subject): boolean {
    return kind !== 'acs_user' || (id !== undefined && this.directory.has(`acs_user:${id}`))
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
    const isList = change.definition.fields[field]?.kind.type.endsWith('[]')
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
    const subject = this.byChange.get(change) ?? this.subjectOf(change)
    this.byChange.set(change, subject)
    return subject
  }

  private subjectOf(change: Change): Subject {
    const { definition, address: key, id } = change
    const name = nameIn(change, ['after', 'before'])
    const formerly = nameIn(change, ['before', 'after'])
    const isHidden = [change.before, change.after].some((side) => side && isSecretlyNamed(side.all))
    return {
      key,
      kind: definition.name,
      id,
      name,
      ...(formerly !== name && { formerly }),
      ...(isHidden && { isHidden }),
    }
  }

  /** The person behind a holder: a user of an access control system stands for one. */
  person(holder: Subject, when: When): Subject {
    if (holder.kind !== 'acs_user') return holder
    const change = this.byAddress.get(holder.key)
    const side = change && (change[when] ?? change.after ?? change.before)
    if (change && side && side.all['user_identity_id'] !== undefined) {
      const { all, inputs } = side
      if (inputs['user_identity_id'] === undefined) {
        return this.at('user_identity', String(all['user_identity_id']))
      }
      return this.named(change, side, 'user_identity', 'user_identity_id', when)[0] ?? holder
    }
    // A user that the program itself unlinks stands for nobody.
    if (change?.changed.includes('user_identity_id')) return holder
    const owner = holder.id === undefined ? undefined : this.personOf.get(holder.id)
    if (owner) return this.ofChange(owner)
    const id = this.directory.get(`acs_user:${holder.id}`)?.user_identity_id
    return id === undefined ? holder : this.at('user_identity', id)
  }

  /** The access control system that something opens where it names no doors of it. */
  system(change: Change, side: Side, holder: Subject, when: When): Subject {
    const user = this.byAddress.get(holder.key)
    const of = user?.[when] ?? user?.after ?? user?.before
    const told = [side.all['acs_system_id'], of?.all['acs_system_id']].find(
      (id) => typeof id === 'string' && id !== secret,
    )
    const isUser = holder.kind === 'acs_user'
    const known = isUser && holder.id !== undefined ? this.systemOf(holder.id) : undefined
    const id = told ?? known
    if (id !== undefined) return this.at('acs_system', String(id))
    // Of two that nobody knows, none stands for the other.
    const key = `acs_system of ${isUser ? holder.key : change.address}`
    return { key, kind: 'acs_system', id: undefined, name: undefined }
  }

  /** A user is of one system, whichever part of the plan tells it. */
  private systemOf(user: string): string | undefined {
    return this.systems.get(user) ?? this.directory.get(`acs_user:${user}`)?.acs_system_id
  }

  /** Whether nothing that a holder has opens anything: a suspended user stays in their groups. */
  isIdle({ key }: Subject, when: When): boolean {
    const change = this.byAddress.get(key)
    const { unless } = change?.definition.opens ?? {}
    return unless !== undefined && change?.[when]?.inputs[unless] === true
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

  /** The resource that makes a holder stand for another person. */
  relinking(holder: Subject): Change | undefined {
    const change = this.byAddress.get(holder.key)
    const isOther = this.person(holder, 'before').key !== this.person(holder, 'after').key
    return isOther ? change : undefined
  }
}

/** Whether something has doors of its own. */
export const isPlace = ({ kind }: Subject) =>
  kind === 'space' || kind === 'acs_access_group' || kind === 'acs_system'

/** Whether only a deployment will tell the id. */
const isComing = ({ action, renamed }: Change) =>
  action === 'create' || action === 'replace' || renamed !== undefined

/** Names that people gave; e-mail addresses and the like, which Seam shows for want of one, are none. */
function nameIn(change: Change, order: readonly When[]): string {
  const given = order.map((when) => textIn(change[when]?.all ?? {}))
  return given.find((text) => text !== undefined) ?? change.name
}

const nameFields = ['full_name', 'name']

const textIn = (all: Wire): string | undefined =>
  nameFields
    .map((field) => all[field])
    .find((value) => typeof value === 'string' && value !== '' && value !== secret) as
    string | undefined

const isSecretlyNamed = (all: Wire) => nameFields.some((field) => all[field] === secret)
