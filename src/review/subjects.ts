import { isAbsent, unknown, type Wire } from '../schema'
import { isAdopting, secret, stays, type Change, type Plan, type Side } from './plan'
import { windowOf } from './sides'
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
export interface Known {
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
  private readonly contents = new Map<string, { doors: readonly Subject[]; isWhole: boolean }>()
  private readonly idOfKey = new Map<string, string>()
  /** The user of a person in a system, by both. */
  private readonly userOf = new Map<string, string>()
  private readonly isSeen: boolean

  constructor(
    plan: Plan,
    private readonly directory: Directory,
  ) {
    this.isSeen = plan.isSeen === true
    for (const change of plan.changes) this.enter(change)
    for (const change of plan.changes) this.enterKeys(change)
    for (const [place, known] of directory) {
      if (!place.startsWith('acs_user:') || known.user_identity_id === undefined) continue
      const person = this.at('user_identity', known.user_identity_id)
      this.userOf.set(`${person.key} ${known.acs_system_id}`, place.slice('acs_user:'.length))
    }
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
    const taken = change.after?.inputs['adopt_id']
    const ids = [change.id, change.action === 'create' ? taken : undefined]
    for (const id of ids) if (typeof id === 'string') this.byId.set(`${name}:${id}`, change)
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
    const id = known?.id ?? this.idOfKey.get(place)
    if (isKey && id !== undefined) return this.at(kind, id)
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
    if (change && side && !isAbsent(side.all['user_identity_id'])) {
      const { all, inputs } = side
      if (inputs['user_identity_id'] === undefined) {
        return this.at('user_identity', String(all['user_identity_id']))
      }
      return this.named(change, side, 'user_identity', 'user_identity_id', when)[0] ?? holder
    }
    // What Seam says now, or the program itself: a user that is unlinked stands for nobody.
    if (change && (this.isSeen || change.changed.includes('user_identity_id'))) return holder
    const known = this.directory.get(`acs_user:${holder.id}`)
    const owner = known || holder.id === undefined ? undefined : this.personOf.get(holder.id)
    if (owner) return this.ofChange(owner)
    const id = known?.user_identity_id
    return id === undefined ? holder : this.at('user_identity', id)
  }

  /** The user of an access control system on whom something hangs, where it hangs on one. */
  userFor(change: Change, side: Side, holder: Subject): Subject | undefined {
    if (holder.kind === 'acs_user') return holder
    if (!change.definition.opens?.who['acs_user']) return undefined
    const id = side.all['acs_user_id']
    if (typeof id === 'string' && id !== secret) return this.at('acs_user', id)
    const system = side.all['acs_system_id'] ?? this.systemOfGroup(side)
    const user = this.userOf.get(`${holder.key} ${String(system)}`)
    return user === undefined ? undefined : this.at('acs_user', user)
  }

  private systemOfGroup({ all }: Side): string | undefined {
    return this.directory.get(`acs_access_group:${String(all['acs_access_group_id'])}`)
      ?.acs_system_id
  }

  /** When what a user holds opens: within their schedule, and never while they are suspended. */
  bounds({ key, id }: Subject, when: When): { window: Window; isIdle: boolean } {
    const change = this.byAddress.get(key)
    const side = change && (change[when] ?? change.after ?? change.before)
    const { opens } = change?.definition ?? {}
    if (!change || !side || !opens) {
      const { schedule = {}, isSuspended = false } = this.directory.get(`acs_user:${id}`) ?? {}
      return { window: schedule, isIdle: isSuspended }
    }
    const isIdle = opens.unless !== undefined && side.all[opens.unless] === true
    return { window: windowOf(side.all, opens), isIdle }
  }

  /** The resource of a user, where the plan changes whose it is, or when what they hold opens. */
  bounding(user: Subject): Change | undefined {
    const change = this.changing(user)
    if (change?.action !== 'update') return change
    const said = (when: When) =>
      JSON.stringify([this.bounds(user, when), this.person(user, when).key])
    return said('before') === said('after') ? undefined : change
  }

  /** The resource of an object, where the plan changes that. */
  changing({ key }: Subject): Change | undefined {
    const change = this.byAddress.get(key)
    return change && change.action !== 'keep' ? change : undefined
  }

  /** Of some modes, those that a door can take, as far as anybody has told. */
  working({ kind, id }: Subject, modes: readonly string[]): readonly string[] {
    const { refuses = [] } = this.directory.get(`${kind}:${id}`) ?? {}
    return refuses.length === 0 ? modes : modes.filter((mode) => !refuses.includes(mode))
  }

  /** The doors that Seam tells of an object beyond those that it names. */
  ownDoors({ definition, id }: Change): Subject[] {
    const known = id === undefined ? undefined : this.directory.get(`${definition.name}:${id}`)
    return (known?.contains ?? []).map(([kind, one]) => this.at(kind, one))
  }

  /** The doors inside a place on one side of the plan, and whether these are all of them. */
  doorsIn(place: Subject, when: When): { doors: readonly Subject[]; isWhole: boolean } {
    const key = `${when} ${place.key}`
    const found = this.contents.get(key) ?? this.contentsOf(place, when)
    this.contents.set(key, found)
    return found
  }

  private contentsOf(place: Subject, when: When) {
    const change = this.byAddress.get(place.key)
    const known = this.directory.get(`${place.kind}:${place.id}`)?.contains
    const live = (kind?: string) =>
      known
        ?.filter(([one]) => kind === undefined || one === kind)
        .map(([one, id]) => this.at(one, id))
    const { contains } = change?.definition ?? {}
    const side = change && (change[when] ?? change.before ?? change.after)
    if (!change || !contains || !side) return { doors: live() ?? [], isWhole: known !== undefined }
    const parts = Object.entries(contains).map(([kind, fields]) => {
      const given = fields.filter((field) => side.inputs[field] !== undefined)
      // What the program leaves open is what Seam says.
      if (given.length === 0) {
        return isNew(change) ? [] : live(kind)
      }
      return this.allNamed(change, side, { [kind]: given }, when)
    })
    return { doors: parts.flatMap((part) => part ?? []), isWhole: !parts.includes(undefined) }
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

/** Whether something has doors of its own. */
export const isPlace = ({ kind }: Subject) =>
  kind === 'space' || kind === 'acs_access_group' || kind === 'acs_system'

/** Whether there is nothing of it yet. */
const isNew = ({ action, before, after }: Change) =>
  action === 'create' && !before && !isAdopting(after)

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
