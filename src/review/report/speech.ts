import { referents } from '../../resources'
import { unknown } from '../../schema'
import type { Besides, Row } from '../doors/row'
import { shown } from './hiding'
import type { Window } from '../doors/holdings'
import { article, collator, counted, letters, some } from './lists'
import { labelOf, reasonOf, type Words } from './reasons'
import type { Review } from '../review'
import type { Subject } from '../doors/subjects'

/** How a report speaks. */
export interface Wording {
  /** IANA name of the zone in which windows are told. */
  readonly timeZone: string
  /** Shows e-mail addresses and phone numbers, which stand for people without names. */
  readonly showContacts: boolean
  /** Which guards look on, to be told below; not told when left out. */
  readonly onDuty?: string
  /** What `seam-iac.yaml` protects and nobody knows. */
  readonly unmatched?: readonly string[]
}

const kindOf = ({ kind }: Subject) => referents[kind]?.noun ?? kind.replaceAll('_', ' ')

/** By what a door opens, in people's words. */
const modeNames: Record<string, string> = {
  code: 'PIN',
  card: 'card',
  mobile_key: 'phone',
  cloud_key: 'cloud key',
  group: 'group',
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** Says a review in words; every part of a report is made of these. */
export class Speech {
  private readonly labels = new Map<string, string>()
  private readonly format: Intl.DateTimeFormat

  constructor(
    readonly review: Review,
    readonly wording: Wording,
  ) {
    this.format = new Intl.DateTimeFormat('en', {
      timeZone: wording.timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
    })
    const counts = new Map<string, number>()
    for (const subject of review.unexplained) {
      const count = counts.get(subject.kind) ?? 0
      counts.set(subject.kind, count + 1)
      this.labels.set(subject.key, letters(count))
    }
  }

  /** A name that people gave; else what it is, and a letter that the details explain. */
  subject(subject: Subject): string {
    const name = subject.name === undefined ? '' : this.shown(subject.name).trim()
    if (name && subject.kind === 'acs_system') return `all of ${name}`
    if (name) return subject.kind === 'acs_access_group' ? `${name} (group)` : name
    const label = this.labels.get(subject.key)
    if (subject.kind === 'acs_system') return 'an access control system'
    if (label) return `${kindOf(subject)} ${label}`
    return subject.id === undefined
      ? `${article(kindOf(subject))} not known yet`
      : `${article(kindOf(subject))} without a name`
  }

  doors({ doors, via, besides, before, after }: Row): string {
    const list = this.list(doors.map((door) => this.place(door)))
    const others = (besides ?? []).map((one) => this.besides(one, before, after))
    return `${via ? `${list} (in ${this.subject(via)})` : list}${others.join('')}`
  }

  private list(names: readonly string[]): string {
    return some(counted([...names].sort(collator.compare)), 6)
  }

  /** What is inside a group is told with it: its name alone says nothing of doors. */
  private place(door: Subject): string {
    const inside = door.kind === 'acs_access_group' ? this.review.inside(door) : undefined
    const name = this.subject(door)
    if (!inside || inside.length === 0) return name
    return `${name}: ${this.list(inside.map((one) => this.subject(one)))}`
  }

  private besides(
    { doors, change, via, isLost }: Besides,
    before?: Window,
    after?: Window,
  ): string {
    const names = this.list(doors.map((one) => this.subject(one)))
    const by = via ? this.subject(via) : this.shown(labelOf(change))
    if (isLost) return `, apart from ${names}, which goes as well`
    if (!after) return `, but keeps ${names} by ${by}`
    return before ? `, but ${names} is open by ${by} as well` : `, and has ${names} by ${by}`
  }

  /** By what the doors open: before the plan, after it, or both where that differs. */
  by({ was, by }: Pick<Row, 'was' | 'by'>): string {
    const [before, after] = [was, by].map((modes) => modes && this.modes(modes))
    if (before === undefined || after === undefined) return after ?? before ?? ''
    return before === after ? after : `${before} → ${after}`
  }

  private modes(modes: readonly string[]): string {
    return modes.map((mode) => modeNames[mode] ?? mode).join(', ')
  }

  window(window: Window): string {
    const { from, until } = window
    const begins = this.begins(from)
    const ends = until && this.instant(until)
    if (begins && ends) return `${begins} – ${ends}`
    if (ends) return `until ${ends}`
    return begins ? `from ${begins}, no end` : 'no end'
  }

  private begins(from: Window['from']): string | undefined {
    const isPast = typeof from === 'string' && Date.parse(from) <= this.review.now
    return from === undefined || isPast ? undefined : this.instant(from)
  }

  /** `1 Mar 2027, 09:00`; the zone stands once below. */
  instant(value: string | typeof unknown): string {
    const at = typeof value === 'string' ? Date.parse(value) : NaN
    if (Number.isNaN(at)) return 'a time not known yet'
    const parts = this.format.formatToParts(at).map(({ type, value }) => [type, value] as const)
    const { day, month, year, hour, minute } = Object.fromEntries(parts)
    return `${day} ${months[Number(month) - 1]} ${year}, ${hour}:${minute}`
  }

  /** Why it happens: what the program changes, and what follows from it. */
  why(row: Row): Words {
    const { renamed, ...change } = row.change
    return reasonOf(row, this.review.plan, (name) => this.shown(labelOf({ ...change, name })))
  }

  shown(text: string): string {
    return shown(text, this.wording)
  }
}
