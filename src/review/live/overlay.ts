import { notesOf, resources, type SeamResource } from '../../resources'
import { inputsOf, isAbsent, sameValue, type Field, type Wire } from '../../schema'
import { spelled } from './drift'
import type { LiveFacts } from './facts'
import { Methods } from './methods'
import { adoptedId, isAdopting, secret, type Change, type Plan, type Side } from '../plan/plan'
import { withKnown } from '../plan/sides'

/**
 * A plan together with what Seam has: objects are as they are there and not as the state has them, what
 * a new resource takes over is what it is before, and what no resource of the plan manages is there as
 * well, and stays.
 */
export function withFacts(plan: Plan, facts: LiveFacts, now: number): Plan {
  const live = new Live(facts, now)
  const changes = plan.changes.map((change) => live.seen(change))
  return { ...plan, changes: [...changes, ...foreign(changes, live)], isSeen: true }
}

const definitions = new Map(resources.map((one) => [one.name, one]))
const membership = definitions.get('access_group_membership')!

class Live {
  private readonly methods: Methods

  constructor(
    readonly facts: LiveFacts,
    now: number,
  ) {
    this.methods = new Methods(facts, now)
  }

  seen(change: Change): Change {
    return this.withIds(this.asSeen(change))
  }

  /** The access methods that it has, and what Seam shares with those that it requests anew. */
  withIds(change: Change): Change {
    const { definition, action, after, id, isDrift, isDeleteFirst } = change
    const by = definition.opens?.by
    if (by === undefined || isDrift) return change
    const object = this.object(definition, id)
    const known = object ? { ...change, methods: this.methods.held(object, by) } : change
    const person = after?.inputs['user_identity_id']
    if (action === 'keep' || typeof person !== 'string') return known
    const own = action === 'update' || isDeleteFirst ? id : undefined
    return { ...known, sharing: this.methods.sharing(person, by, own) }
  }

  private asSeen(change: Change): Change {
    if (change.isDrift) return this.looked(change)
    if (change.definition.opens?.adds) return this.ofList(change)
    if (change.action === 'create') return this.adopted(change)
    const object = this.object(change.definition, change.id)
    if (object) return this.overlaid(change, object)
    return isOpener(change.definition) ? gone(change) : change
  }

  /** An engine that only looks leaves out what the program does not say: here it is. */
  private looked(change: Change): Change {
    const object =
      change.action === 'delete' ? undefined : this.object(change.definition, change.id)
    if (!object || change.definition.opens?.adds) return change
    const { before } = change
    const by = change.definition.opens?.by
    const had =
      before && by !== undefined && Array.isArray(object[by])
        ? { ...before, all: { ...before.all, [by]: this.methods.had(object, by, before.all) } }
        : before
    return { ...this.overlaid(change, object), before: had }
  }

  /** The object of a resource as it is now; nothing where it is gone. */
  private object({ name }: SeamResource, id: string | undefined): Wire | undefined {
    if (id === undefined) return undefined
    if (name !== membership.name) return this.facts.objects.get(name)?.get(id)
    const [group = '', user = ''] = id.split('/')
    const isMember = this.facts.members.get(group)?.includes(user)
    return isMember ? { acs_access_group_id: group, acs_user_id: user } : undefined
  }

  /** What of an object is compared, in the fields of its definition; nothing of it is secret. */
  side({ fields, opens }: SeamResource, object: Wire, known?: Wire): Side {
    const echoed = Object.entries<Field>(fields).filter(
      ([name, field]) => isEchoed(field) && !isAbsent(object[name]),
    )
    const all: Wire = Object.fromEntries(
      echoed.map(([name, field]) => [name, spelled(field, object[name])]),
    )
    const { by } = opens ?? {}
    if (by !== undefined && Array.isArray(object[by])) {
      all[by] = this.methods.living(object, by, known)
    }
    return { inputs: all, all }
  }

  private overlaid(change: Change, object: Wire): Change {
    const { definition, before, after, action, changed, isDrift } = change
    const live = this.side(definition, object, before?.all)
    const over = (side: Side | undefined, isOther: (name: string) => boolean) =>
      side && laidOver(side, live, definition, isOther, isDrift)
    const isMade = action === 'replace' || action === 'create'
    return this.withMethods(
      {
        ...change,
        told: { before, after, changed },
        before: over(before, () => false),
        after: isMade ? after : over(after, (name) => !isDrift && changed.includes(name)),
      },
      object,
    )
  }

  /** The methods that a deployment leaves or asks for again, where the plan alone does not tell them. */
  private withMethods(change: Change, object: Wire): Change {
    const { definition, before, after, action, changed, isDrift } = change
    const by = definition.opens?.by
    if (by === undefined || !after || isDrift) return change
    const methods = (list: unknown): Side => ({ ...after, all: { ...after.all, [by]: list } })
    if (action === 'replace' && after.all[by] === secret && !changed.includes(by)) {
      return { ...change, after: methods(this.methods.requested(object, by)) }
    }
    if (action !== 'update' || !changed.includes(by)) return change
    const shared = this.methods.shared(object, by, [before?.all[by], after.all[by]])
    if (shared.length === 0) return change
    const all = [...notesOf(after.all[by]), ...shared.map((mode) => ({ mode }))]
    return { ...change, shared, after: methods(all) }
  }

  /** What a new resource takes over is what it is so far. */
  private adopted(change: Change): Change {
    const { definition, after } = change
    const object = after && this.taken(change, after.inputs)
    if (!object) return change
    const id = String(object[definition.id] ?? adoptedId(change))
    const told = { before: undefined, after, changed: change.changed }
    const before = this.side(definition, object)
    return { ...change, told, id, before, after: withKnown(after, before, false, definition) }
  }

  private taken(change: Change, inputs: Wire): Wire | undefined {
    const { definition } = change
    const { takeover, name, knownBy = {} } = definition
    const id = (takeover && inputs[takeover.input]) ?? adoptedId(change)
    if (typeof id === 'string') return this.object(definition, id)
    if (!isAdopting(change)) return undefined
    const all = [...(this.facts.objects.get(name)?.values() ?? [])]
    return all.find((object) =>
      (knownBy.unique ?? []).some(
        ([first = '', ...rest]) =>
          !isAbsent(inputs[first]) &&
          [first, ...rest].every((field) => isEqual(definition, field, object, inputs)),
      ),
    )
  }

  /** Of a list that is the whole, everybody who is there; of one that goes, those whom it lists. */
  private ofList(change: Change): Change {
    const { definition, action, before, after } = change
    const [name] = definition.opens!.who['acs_user'] ?? []
    const side = before ?? after
    const members = this.facts.members.get(String(side?.inputs['acs_access_group_id']))
    if (!name || !side || !members) return change
    const listed = [before?.inputs[name] ?? []].flat()
    const isGoing = action === 'delete' || action === 'forget'
    const there = isGoing ? members.filter((id) => listed.includes(id)) : members
    const withUsers = ({ inputs, all }: Side): Side => ({
      inputs: { ...inputs, [name]: there },
      all: { ...all, [name]: there },
    })
    const was = withUsers(side)
    return { ...change, before: was, after: action === 'keep' ? was : after }
  }
}

/** A side with what the object is now; which modes there are is no secret, as PINs are. */
function laidOver(
  side: Side,
  live: Side,
  definition: SeamResource,
  isOther: (name: string) => boolean,
  isDrift: boolean,
): Side {
  const by = definition.opens?.by
  const shows = ([name]: [string, unknown]) =>
    (name === by || side.all[name] !== secret) && !isOther(name)
  const all = Object.fromEntries(Object.entries(live.all).filter(shows))
  const given = Object.entries(all).filter(([name]) => name in side.inputs && name !== by)
  // What an engine that looks has found of methods tells those that were deleted, where it shows them.
  const found = isDrift && by !== undefined && side.all[by] !== secret
  return {
    inputs: { ...side.inputs, ...Object.fromEntries(given) },
    all: {
      ...without(side.all, definition, live, isOther),
      ...all,
      ...(found && { [by]: side.all[by] }),
    },
  }
}

const isOpener = ({ opens }: SeamResource) => opens !== undefined && !opens.isHolder

const isEchoed = ({ input, marks }: Field) =>
  (input !== 'never' || marks.computed === true) &&
  !marks.unechoed &&
  !marks.planned &&
  !marks.secret

/** What Seam does not say of an object that it shows is not so any more, if a program can clear it. */
function without(
  all: Wire,
  { fields }: SeamResource,
  live: Side,
  isOther: (name: string) => boolean,
): Wire {
  const isCleared = (name: string) =>
    fields[name]?.marks.clearable === true && !(name in live.all) && !isOther(name)
  return Object.fromEntries(
    Object.entries(all).filter(([name, value]) => value === secret || !isCleared(name)),
  )
}

/** What Seam does not have opens nothing, until the plan creates it again. */
const gone = (change: Change): Change => ({
  ...change,
  before: undefined,
  after: change.action === 'keep' || change.action === 'forget' ? undefined : change.after,
})

function isEqual({ fields }: SeamResource, name: string, object: Wire, inputs: Wire): boolean {
  const field = fields[name] as Field | undefined
  if (!field) return false
  const seen = inputsOf({ [name]: field }, object)[name]
  return sameValue(field, seen, inputs[name] ?? undefined)
}

/** Grants, memberships and credentials that Seam has, and that the plan does not manage. */
function foreign(changes: readonly Change[], live: Live): Change[] {
  const own = new Set(changes.map(({ definition, id }) => `${definition.name}:${id}`))
  const found: Change[] = []
  const enter = (definition: SeamResource, id: string, object: Wire) => {
    if (!own.has(`${definition.name}:${id}`)) {
      found.push(live.withIds(kept(definition, id, live.side(definition, object))))
    }
  }
  for (const kind of ['access_grant', 'acs_credential']) {
    for (const [id, object] of live.facts.objects.get(kind) ?? []) {
      enter(definitions.get(kind)!, id, object)
    }
  }
  const listed = listedIn(changes)
  for (const [group, users] of live.facts.members) {
    for (const user of users) {
      if (listed.get(group)?.has(user)) continue
      const ends = { acs_access_group_id: group, acs_user_id: user }
      enter(membership, `${group}/${user}`, ends)
    }
  }
  return found
}

/** By group, the users whom a list of the plan has there. */
function listedIn(changes: readonly Change[]): Map<string, Set<unknown>> {
  const listed = new Map<string, Set<unknown>>()
  for (const { definition, before, after, isDrift } of changes) {
    const [name] = definition.opens?.who['acs_user'] ?? []
    if (!definition.opens?.adds || !name) continue
    // Who has come into the group behind the list is told as that.
    for (const side of [before, isDrift ? after : undefined]) {
      const group = String(side?.inputs['acs_access_group_id'])
      const users = listed.get(group) ?? new Set()
      for (const user of [side?.inputs[name] ?? []].flat()) users.add(user)
      listed.set(group, users)
    }
  }
  return listed
}

const kept = (definition: SeamResource, id: string, side: Side): Change => ({
  address: `${definition.name}:${id}`,
  name: String(side.all['name'] ?? id),
  prefix: '',
  definition,
  action: 'keep',
  id,
  before: side,
  after: side,
  changed: [],
  replacing: [],
  isDrift: false,
  isRetained: false,
  isImported: false,
  isLeftover: false,
  isDeleteFirst: false,
  isForeign: true,
  references: {},
})
