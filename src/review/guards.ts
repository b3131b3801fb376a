import { distance } from 'fastest-levenshtein'
import { referents } from '../resources'
import { collator, peopleCount, some } from './report/lists'
import { closing } from './losses'
import { isPlace } from './doors/places'
import { movesDoors, takesAllAlong, type Review } from './review'
import type { ReviewSettings } from './settings'
import { Speech, type Wording } from './report/speech'
import type { Subject } from './doors/subjects'

/** What must not happen without somebody's word. */
export const guardNames = ['removal-limit', 'protected'] as const

export type GuardName = (typeof guardNames)[number]

/** The exit code of each guard; where several fire, the highest counts. */
export const exitCodes: Readonly<Record<GuardName, number>> = { 'removal-limit': 3, protected: 4 }

/** A guard that fired. */
export interface Fired {
  readonly guard: GuardName
  readonly message: string
  readonly isOverridden: boolean
}

/** The guards that a review sets off; those in `allowed` are told, and stop nothing. */
export function guard(
  review: Review,
  { guards = {} }: ReviewSettings,
  allowed: readonly GuardName[],
  wording: Wording,
): Fired[] {
  const found: Record<GuardName, string[]> = {
    'removal-limit': removals(review, guards['removal-limit'] ?? {}),
    protected: protectedOnes(review, guards.protected ?? {}, new Speech(review, wording)),
  }
  const fired = guardNames.flatMap((guard) =>
    found[guard].map((message) => ({ guard, message, isOverridden: allowed.includes(guard) })),
  )
  // What stops comes first: a report may tell only the first ones.
  return [...fired.filter((one) => !one.isOverridden), ...fired.filter((one) => one.isOverridden)]
}

/** Which guards look on: whoever takes one away in the plan's own change shall be seen. */
export function onDuty({ guards = {} }: ReviewSettings): string {
  const { 'removal-limit': { count, percent } = {}, protected: named = {} } = guards
  const limits = [
    ...(count === undefined ? [] : [peopleCount(count)]),
    ...(percent === undefined ? [] : [`${percent} %`]),
  ]
  const kept = Object.entries(named).flatMap(([what, names]: [string, readonly string[]]) =>
    names.length > 0 ? [`${what}: ${names.length}`] : [],
  )
  const all = { 'removal-limit': limits, protected: kept } satisfies Record<GuardName, string[]>
  const told = guardNames.flatMap((name) =>
    all[name].length > 0 ? [`${name} (${all[name].join(', ')})`] : [],
  )
  return told.join(', ') || 'none'
}

/** How far a name may be from one that exists, to be taken for a slip. */
const slip = 3

/** Names under `protected` that nothing has: they guard nothing, and most often somebody mistyped. */
export function unmatched(review: Review, { guards = {} }: ReviewSettings): string[] {
  const named = Object.entries(guards.protected ?? {}) as [keyof Protected, readonly string[]][]
  if (named.every(([, names]) => names.length === 0)) return []
  const known = review.known()
  return named.flatMap(([what, names]) => {
    const all = known.filter((one) => whatOf(one) === what)
    return names
      .filter((name) => !all.some((one) => isNamed(one, [plain(name)])))
      .map((name) => `protected ${what}: ${name} ${stranger(name, all, review)}`)
  })
}

function whatOf({ kind }: Subject): keyof Protected {
  if (kind === 'acs_access_group') return 'groups'
  return referents[kind]?.is === 'person' ? 'people' : 'doors'
}

function stranger(name: string, all: readonly Subject[], { plan }: Review): string {
  const where = plan.isSeen
    ? 'and Seam do not know'
    : 'does not know, and only Seam could tell (SEAM_API_KEY)'
  const near = all
    .flatMap((one) => (isTold(one) ? [one.name!] : []))
    .map((one) => ({ one, away: distance(plain(one), plain(name)) }))
    .sort((one, other) => one.away - other.away)[0]
  const hint = near && near.away <= slip ? ` Did you mean ${near.one}?` : ''
  return `is a name that this plan ${where}.${hint}`
}

/** What a command ends with: nothing fired, or the highest code of what did. */
export const exitCodeOf = (fired: readonly Fired[]): number =>
  Math.max(0, ...fired.filter((one) => !one.isOverridden).map(({ guard }) => exitCodes[guard]))

function removals(
  review: Review,
  { count, percent }: { count?: number; percent?: number },
): string[] {
  const { access, plan } = review
  // A shorter window is a loss that comes later.
  const lose = new Set([
    ...closing(review).map(({ person }) => person.key),
    ...plan.changes.filter(takesAllAlong).map((change) => review.personOf(change).key),
  ]).size
  const who = `${peopleCount(lose)} ${lose === 1 ? 'loses' : 'lose'}`
  if (count !== undefined && lose > count) return [`${who} access; ${count} may.`]
  if (percent === undefined || lose === 0) return []
  if (!plan.isWhole) {
    return [
      `${who} access, and nobody can say how many of all that is: the plan leaves out what stays as it is.`,
    ]
  }
  // Who is deleted with what others gave may have nothing in this plan.
  const all = Math.max(access.standing, lose)
  const share = (100 * lose) / all
  if (share <= percent) return []
  return [`${who} access: ${lose} of ${all}, ${Math.ceil(share)} %; ${percent} % may.`]
}

interface Protected {
  people?: readonly string[]
  groups?: readonly string[]
  doors?: readonly string[]
}

/** Protected people lose nothing; on protected doors and groups nothing changes for anybody. */
function protectedOnes(review: Review, named: Protected, speech: Speech): string[] {
  const { access, plan } = review
  const { gains, windows, reissues } = access
  const closed = closing(review)
  const gaps = [...windows, ...reissues].filter((row) => row.hasGap)
  const people = (named.people ?? []).map(plain)
  const places = { groups: (named.groups ?? []).map(plain), doors: (named.doors ?? []).map(plain) }
  const told = (verdict: string | undefined, what: string) =>
    verdict ? [`${verdict}; ${what}`] : []
  // Many may come through one door: that is one thing to say.
  const touched = new Map<string, Set<string>>()
  for (const row of [...closed, ...gains, ...windows, ...reissues]) {
    const verdict = ofPlaces(row.doors, places, review, speech)
    if (verdict === undefined) continue
    touched.set(verdict, (touched.get(verdict) ?? new Set()).add(speech.subject(row.person)))
  }
  const messages = [
    ...[...closed, ...gaps].flatMap((row) =>
      told(
        ofPerson(row.person, people, review, speech),
        `${speech.subject(row.person)} loses ${speech.doors(row)}.`,
      ),
    ),
    ...plan.changes.filter(takesAllAlong).flatMap((change) => {
      const person = review.personOf(change)
      return told(ofPerson(person, people, review, speech), 'all access goes with what is deleted.')
    }),
    ...[...touched].map(([verdict, people]) => {
      return `${verdict}; it changes for ${some([...people].sort(collator.compare), 3)}.`
    }),
    ...plan.changes.filter(movesDoors).flatMap((change) => {
      const space = review.subjectOf(change)
      return told(
        ofPlaces([space], places, review, speech),
        'it changes for whoever holds the space.',
      )
    }),
  ]
  return [...new Set(messages)]
}

/** Why a person is protected, or may be: who has no name may be anybody. */
function ofPerson(
  person: Subject,
  names: readonly string[],
  { isCertain }: Review,
  speech: Speech,
): string | undefined {
  if (names.length === 0) return undefined
  if (isNamed(person, names)) return `${speech.subject(person)} is protected`
  const isOther = isCertain(person) && (isTold(person) || isOtherId(person, names))
  return isOther
    ? undefined
    : `${speech.subject(person)} may be protected, and only Seam could tell (SEAM_API_KEY)`
}

interface Places {
  readonly groups: readonly string[]
  readonly doors: readonly string[]
}

/** Why doors or groups, or what is behind them, are protected, or may be. */
function ofPlaces(
  touched: readonly Subject[],
  { groups, doors }: Places,
  { inside }: Review,
  speech: Speech,
): string | undefined {
  const namesOf = ({ kind }: Subject) => (kind === 'acs_access_group' ? groups : doors)
  const behind = doors.length > 0 ? touched.flatMap((one) => inside(one) ?? []) : []
  const all = [...touched, ...behind].filter((one) => namesOf(one).length > 0)
  const found = all.filter((one) => isNamed(one, namesOf(one))).map((one) => speech.subject(one))
  if (found.length > 0) return `${some(found, 6)} is protected`
  const stranger = all.find((one) => !isTold(one) && !isOtherId(one, namesOf(one)))
  const closed =
    doors.length > 0 ? touched.find((one) => isPlace(one) && inside(one) === undefined) : undefined
  const unknown = stranger
    ? speech.subject(stranger)
    : closed && `What ${speech.subject(closed)} opens`
  return unknown && `${unknown} may be protected, and only Seam could tell (SEAM_API_KEY)`
}

const isTold = ({ name, isHidden }: Subject) => name !== undefined && !isHidden

/** One spelling of a name: however it is typed, it is the same person or door. */
const plain = (text: string) => text.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase()

const isId = (name: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)

/** Where all are protected by their ids, another id is somebody else. */
const isOtherId = ({ id, kind }: Subject, names: readonly string[]) =>
  id !== undefined && kind !== 'acs_user' && names.every(isId)

/** By id or name, the name before the plan as well: a new name takes nobody's protection. */
const isNamed = ({ id, name, formerly }: Subject, names: readonly string[]) =>
  [id, name, formerly].some((one) => one !== undefined && names.includes(plain(one)))
