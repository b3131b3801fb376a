import { className, unknown } from '../schema'
import { redact } from '../seam'
import { allRows, type Besides, type Row } from './access'
import type { Window } from './holdings'
import type { Change, Plan } from './plan'
import type { Review } from './review'
import type { Subject } from './subjects'

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

/** A sentence; what a program would spell the same way is code. */
export type Words = readonly (string | { readonly code: string })[]

/** A sentence as plain text. */
export const plainly = (words: Words): string =>
  words.map((word) => (typeof word === 'string' ? word : word.code)).join('')

const kinds: Record<string, string> = {
  user_identity: 'person',
  acs_user: 'system user',
  space: 'space',
  acs_entrance: 'entrance',
  device: 'lock',
  acs_access_group: 'access group',
  acs_system: 'access control system',
}

const kindOf = ({ kind }: Subject) => kinds[kind] ?? kind.replaceAll('_', ' ')

/** By what a door opens, in people's words. */
const modeNames: Record<string, string> = {
  code: 'PIN',
  card: 'card',
  mobile_key: 'phone',
  cloud_key: 'cloud key',
  group: 'group',
}

const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

/** What must not be shown: a sign without which it cannot be, how it looks, and what stands for it. */
type Pattern = readonly [sign: string, looks: RegExp, word: string]

const patterns: readonly Pattern[] = [
  [':', /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi, '[URL]'],
  ['.', /\bwww\.\S+/gi, '[URL]'],
  ['_', /\bseam_\w{6,}/g, '[token]'],
  ['eyJ', /\beyJ[\w-]{8,}\.[\w.-]+/g, '[token]'],
]
const contacts: readonly Pattern[] = [
  ['@', /[^\s@<>()[\]]{1,128}@[^\s@<>()[\]]{1,255}\.[^\s@<>()[\],;]{1,128}/g, '[e-mail]'],
  ['+', /\+\d[\d ().-]{5,}\d/g, '[phone]'],
]

/** Text from a plan without what must not be shown, on one line. */
export function shown(text: string, { showContacts }: Pick<Wording, 'showContacts'>): string {
  let plain = redact(text)
  for (const [sign, looks, word] of showContacts ? patterns : [...patterns, ...contacts]) {
    if (plain.includes(sign)) plain = plain.replace(looks, word)
  }
  return plain.replace(/\s+/g, ' ')
}

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

  private besides({ doors, change, via }: Besides, before?: Window, after?: Window): string {
    const names = this.list(doors.map((one) => this.subject(one)))
    const by = via ? this.subject(via) : this.shown(labelOf(change))
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
    const { change, isReissue, hasGap, via } = row
    const { plan } = this.review
    if (change.isDrift) return drifted(row, plan)
    const isOfSpace = via && change.action === 'update' && change.definition.contains
    if (isOfSpace) return ['the doors of the space change']
    const cause =
      leftover(change) ??
      this.renamed(change) ??
      takenOver(change) ??
      ofList(row) ??
      causes[change.action] ??
      changed(change, plan, isReissue)
    const follows = isReissue ? reissue(change, hasGap) : ''
    return [...cause, ...(follows ? [`. ${follows}`] : [])]
  }

  private renamed({ renamed, ...change }: Change): Words | undefined {
    return (
      renamed && ['takes the place of ', this.shown(labelOf({ ...change, name: renamed.name }))]
    )
  }

  shown(text: string): string {
    return shown(text, this.wording)
  }
}

const causes: Partial<Record<Change['action'], Words>> = {
  create: ['new'],
  delete: ['removed from the program'],
}

/** What a new resource takes over is in Seam already. */
const takenOver = ({ action, before }: Change): Words | undefined =>
  action === 'create' && before ? ['takes over what Seam has'] : undefined

const leftover = ({ isLeftover }: Change): Words | undefined =>
  isLeftover ? ['left over from an earlier deployment'] : undefined

/** Where a list is the whole, who is in it says it all. */
function ofList({ change, after }: Row): Words | undefined {
  if (!change.definition.opens?.removes || change.action === 'delete') return undefined
  return [after ? 'in the list' : 'not in the list']
}

/** What others did, and so nothing that the program will do. */
function drifted({ change, via, after }: Row, { spell }: Plan): Words {
  const { action, definition } = change
  const outside = 'outside the program'
  if (via && definition.contains) return [`the doors of the space were changed ${outside}`]
  if (action === 'delete') return [`deleted ${outside}`]
  if (definition.opens?.removes) {
    return [`${after ? 'put into the' : 'taken out of the'} group ${outside}`]
  }
  return [...listed(ownNames(change).map(spell)), ` changed ${outside}`]
}

/** How drift can be settled; nothing where there is none. */
export const hintOf = ({ plan, access, others }: Review): Words | undefined =>
  plan.isDrift && others.length + allRows(access).length > 0
    ? [
        { code: 'seam-iac up --refresh' },
        ' brings back what the program says, under the same guards as any deployment; to accept what has changed, change the program.',
      ]
    : undefined

/** The properties that differ; where keys are issued anew, with the reason for a new object. */
function changed(change: Change, { spell }: Plan, isReissue: boolean): Words {
  const { replacing, definition, action } = change
  const names = ownNames(change)
  if (names.length === 0) return [action === 'replace' ? 'replaced on request' : 'changed']
  const reasons = (isReissue ? names : []).flatMap((name) => {
    return (replacing.includes(name) && definition.fields[name]?.marks.replaces?.reason) || []
  })
  const why = reasons.length > 0 ? [` (${some(reasons, 6)})`] : []
  return [...listed(names.map(spell)), names.length > 1 ? ' change' : ' changes', ...why]
}

/** What the program says differs: a new object takes a key of its own, if the program leaves that open. */
export const ownNames = ({ changed, replacing, definition }: Change): string[] =>
  changed.filter((name) => name !== definition.key || replacing.includes(name))

const listed = (names: readonly string[]): Words =>
  names.flatMap((code, at) => [...(at > 0 ? [', '] : []), { code }])

function reissue(change: Change, hasGap: boolean): string {
  const { definition, action, after, isRetained } = change
  if (isRetained) {
    return 'Others are issued; the old ones go on working, because the old object stays.'
  }
  if (action === 'update') {
    return 'What opens is issued anew; the old one stops working, unless something else of the person shares it.'
  }
  const order = hasGap ? 'delete-first' : 'create-first'
  const isAsked = action === 'replace' && ownNames(change).length === 0
  const follows = definition.replacing?.({ order, inputs: after?.inputs ?? {}, isAsked }) ?? ''
  return action === 'create' ? `It takes the place of what goes. ${follows}` : follows
}

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')

/** How names are put in order, on every machine. */
export const collator = new Intl.Collator('en', { numeric: true })

/** A, B, … Z, AA, AB, … */
function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter
}

/** Doors of the same name are several all the same. */
const counted = (names: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count > 1 ? `${name} (${count} of this name)` : name))
}

/** The first few of a list, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  const unique = [...new Set(names)]
  const rest = unique.length - most
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ')
}

/** `AccessGrant ana-lab` */
export const labelOf = ({ definition, name, isForeign }: Change): string =>
  isForeign
    ? `${article(nounOf(definition.name))} that is not managed here`
    : `${className(definition.name)} ${name}`

const nounOf = (name: string) => name.replace(/^acs_|^access_group_/, '').replaceAll('_', ' ')

export const peopleCount = (count: number) => (count === 1 ? '1 person' : `${count} people`)

/** How many people rows are about. */
export const countOf = (rows: readonly Row[]): string =>
  peopleCount(new Set(rows.map(({ person }) => person.key)).size)

/** How a door stays open although a resource of it comes or goes. */
export const covered = ({ change: { action, definition } }: Row): string =>
  action === 'delete' && definition.replacing
    ? 'through another resource, and what this one issued stops working'
    : 'through another resource'

/** The line on top: whom the plan touches, and how. */
export function headline({ people, plan, others, access }: Review): string {
  const { lose, gain, keep } = people
  if (plan.errors.length > 0) return plan.isDrift ? 'nobody can say' : 'the plan failed'
  const parts = plan.isDrift
    ? [
        count(lose, 'lost', 'lost'),
        count(gain, 'gained', 'gained'),
        count(keep, 'changed', 'changed'),
      ]
    : [
        count(lose, 'loses', 'lose'),
        count(gain, 'gains', 'gain'),
        count(keep, 'keeps with changes', 'keep with changes'),
      ]
  const said = parts.filter(Boolean).join(', ')
  if (said) return said
  if (others.length + access.covered.length + plan.others.length === 0) {
    return plan.isDrift ? 'no drift' : 'no changes'
  }
  if (!plan.isSeen) return 'no change of access is known'
  return plan.isDrift ? 'nobody gained or lost' : 'nobody gains or loses'
}

const count = (people: readonly Subject[], one: string, many: string) =>
  people.length === 0 ? '' : `${peopleCount(people.length)} ${people.length === 1 ? one : many}`

/** How the parts of a report are called. */
export const titles = ({ isDrift }: Plan) =>
  isDrift
    ? {
        what: 'Access drift',
        losses: 'Lost',
        gains: 'Gained',
        windows: 'Windows changed',
        means: 'Opened by other means',
        reissues: 'Issued anew',
        others: 'Other changes',
        ends: 'is over',
      }
    : {
        what: 'Access',
        losses: 'Loses',
        gains: 'Gains',
        windows: 'Window changes',
        means: 'Opened by other means',
        reissues: 'Issued anew',
        others: 'Other changes',
        ends: 'ends now',
      }

/** What a report could not see, as long as nobody has asked Seam. */
export const unseen = ({ plan, others, access }: Review): string | undefined => {
  const isEmpty = others.length + allRows(access).length === 0
  return plan.isSeen || isEmpty || plan.errors.length > 0
    ? undefined
    : 'Seam was not asked (SEAM_API_KEY): what people hold beyond this plan, and doors that it does not name, are not in this report.'
}
