import { isAbsent, type Opening } from '../../schema'
import { secret, type Change, type Plan, type Side } from '../plan/plan'
import { windowOf } from '../plan/sides'
import type { Subject, Subjects, When } from './subjects'
import type { Window } from './times'

/** Users of access control systems: for whom they stand, and what bounds that which they hold. */
export class Users {
  /** By the id of a user: the resource of the person, as Seam told it when it was last written. */
  private readonly personOf = new Map<string, Change>()
  /** By the id of a user: the id of the system. */
  private readonly systems = new Map<string, string>()
  /** The user of a person in a system, by both. */
  private readonly userOf = new Map<string, string>()

  constructor(
    private readonly plan: Plan,
    private readonly subjects: Subjects,
  ) {
    for (const change of plan.changes) this.enter(change)
    for (const [user, known] of subjects.listed('acs_user')) {
      if (known.user_identity_id === undefined) continue
      const person = subjects.at('user_identity', known.user_identity_id)
      this.userOf.set(`${person.key} ${known.acs_system_id}`, user)
    }
  }

  private enter(change: Change): void {
    for (const side of [change.before, change.after]) {
      const [user, system] = [side?.all['acs_user_id'], side?.all['acs_system_id']]
      if (typeof user === 'string' && typeof system === 'string') this.systems.set(user, system)
      const users = change.definition.name === 'user_identity' && side?.all['acs_user_ids']
      if (Array.isArray(users)) for (const one of users) this.personOf.set(String(one), change)
    }
  }

  /** The person behind a holder: a user stands for one. */
  person(holder: Subject, when: When): Subject {
    if (holder.kind !== 'acs_user') return holder
    const change = this.subjects.changeOf(holder)
    const side = change && (change[when] ?? change.after ?? change.before)
    if (change && side && !isAbsent(side.all['user_identity_id'])) {
      const { all, inputs } = side
      if (inputs['user_identity_id'] === undefined) {
        return this.subjects.at('user_identity', String(all['user_identity_id']))
      }
      const named = { user_identity: ['user_identity_id'] }
      return this.subjects.allNamed(change, side, named, when)[0] ?? holder
    }
    // What Seam says now, or the program itself: a user that is unlinked stands for nobody.
    if (change && (this.plan.isSeen || change.changed.includes('user_identity_id'))) return holder
    const known = this.subjects.told(holder)
    const owner = known || holder.id === undefined ? undefined : this.personOf.get(holder.id)
    if (owner) return this.subjects.ofChange(owner)
    const id = known?.user_identity_id
    return id === undefined ? holder : this.subjects.at('user_identity', id)
  }

  /**
   * Who has what hangs on a user, whether it names the user or a person: it stays with the user, also
   * when that stands for somebody else.
   */
  behind(change: Change, named: Subject, user: Subject | undefined, when: When): Subject {
    if (!user || named.kind === 'acs_user') return this.person(user ?? named, when)
    // For whom it stood when the state was written, nobody but the state knows.
    const isOther = this.plan.isDrift && change.changed.includes('user_identity_id')
    if (isOther && when === 'before') return named
    const person = this.person(user, when)
    const isSure =
      this.plan.isSeen ||
      this.subjects.changeOf(user)?.changed.includes('user_identity_id') === true
    return person.kind === 'acs_user' && !isSure ? named : person
  }

  /** Whether it is known who stands behind a holder, as far as anybody can tell. */
  isCertain(holder: Subject): boolean {
    return holder.kind !== 'acs_user' || this.subjects.told(holder) !== undefined
  }

  /** The user that Seam answers of something that names nobody any more. */
  answered({ inputs, all }: Side, { who }: Opening): Subject[] {
    const isSaid = Object.values(who)
      .flat()
      .some((field) => inputs[field] !== undefined)
    const id = all['acs_user_id']
    return isSaid || !who['acs_user'] || typeof id !== 'string' || id === secret
      ? []
      : [this.subjects.at('acs_user', id)]
  }

  /** The user on whom something hangs, where it hangs on one. */
  userFor(change: Change, side: Side, holder: Subject): Subject | undefined {
    if (holder.kind === 'acs_user') return holder
    if (!change.definition.opens?.who['acs_user']) return undefined
    const id = side.all['acs_user_id']
    if (typeof id === 'string' && id !== secret) return this.subjects.at('acs_user', id)
    const system = side.all['acs_system_id'] ?? this.systemOfGroup(side)
    const user = this.userOf.get(`${holder.key} ${String(system)}`)
    return user === undefined ? undefined : this.subjects.at('acs_user', user)
  }

  private systemOfGroup({ all }: Side): string | undefined {
    const group = this.subjects.at('acs_access_group', String(all['acs_access_group_id']))
    return this.subjects.told(group)?.acs_system_id
  }

  /** When what a user holds opens: within their schedule, and never while they are suspended. */
  bounds(user: Subject, when: When): { window: Window; isIdle: boolean } {
    const change = this.subjects.changeOf(user)
    const side = change && (change[when] ?? change.after ?? change.before)
    const { opens } = change?.definition ?? {}
    if (!side || !opens) {
      const { schedule = {}, isSuspended = false } = this.subjects.told(user) ?? {}
      return { window: schedule, isIdle: isSuspended }
    }
    const isIdle = opens.unless !== undefined && side.all[opens.unless] === true
    return { window: windowOf(side.all, opens), isIdle }
  }

  /** The resource of a user, where the plan changes whose it is, or when what they hold opens. */
  bounding(user: Subject): Change | undefined {
    const change = this.subjects.changing(user)
    if (change?.action !== 'update') return change
    const said = (when: When) =>
      JSON.stringify([this.bounds(user, when), this.person(user, when).key])
    return said('before') === said('after') ? undefined : change
  }

  /** The access control system that something opens where it names no doors of it. */
  system(change: Change, side: Side, holder: Subject, when: When): Subject {
    const user = this.subjects.changeOf(holder)
    const of = user?.[when] ?? user?.after ?? user?.before
    const said = [side.all['acs_system_id'], of?.all['acs_system_id']].find(
      (id) => typeof id === 'string' && id !== secret,
    )
    const isUser = holder.kind === 'acs_user'
    const id = said ?? (isUser ? this.systemOf(holder) : undefined)
    if (id !== undefined) return this.subjects.at('acs_system', String(id))
    // Of two that nobody knows, none stands for the other.
    const key = `acs_system of ${isUser ? holder.key : change.address}`
    return { key, kind: 'acs_system', id: undefined, name: undefined }
  }

  /** A user is of one system, whichever part of the plan tells it. */
  private systemOf(user: Subject): string | undefined {
    const { id } = user
    const known = id === undefined ? undefined : this.systems.get(id)
    return known ?? this.subjects.told(user)?.acs_system_id
  }
}
