import type { Review } from './review'
import type { ReviewSettings } from './settings'
import type { Subject } from './subjects'
import { some, Speech, type Wording } from './words'

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
  return guardNames.flatMap((guard) =>
    found[guard].map((message) => ({ guard, message, isOverridden: allowed.includes(guard) })),
  )
}

/** What a command ends with: nothing fired, or the highest code of what did. */
export const exitCodeOf = (fired: readonly Fired[]): number =>
  Math.max(0, ...fired.filter((one) => !one.isOverridden).map(({ guard }) => exitCodes[guard]))

function removals(
  { people, access, plan }: Review,
  { count, percent }: { count?: number; percent?: number },
): string[] {
  const lose = people.lose.length
  const who = lose === 1 ? '1 person loses' : `${lose} people lose`
  if (count !== undefined && lose > count) return [`${who} access; ${count} may.`]
  if (percent === undefined || lose === 0) return []
  if (!plan.isWhole) {
    return [
      `${who} access, and nobody can say how many of all that is: the plan leaves out what stays as it is.`,
    ]
  }
  const share = (100 * lose) / access.standing
  if (share <= percent) return []
  return [`${who} access: ${lose} of ${access.standing}, ${Math.ceil(share)} %; ${percent} % may.`]
}

interface Protected {
  people?: readonly string[]
  groups?: readonly string[]
  doors?: readonly string[]
}

/** Protected people lose nothing; on protected doors and groups nothing changes for anybody. */
function protectedOnes({ access, inside }: Review, named: Protected, speech: Speech): string[] {
  const { losses, gains, windows, reissues } = access
  const narrower = windows.filter((row) => row.isNarrower || row.hasGap)
  const closing = [...losses, ...narrower, ...reissues.filter((row) => row.hasGap)]
  const changing = [...losses, ...gains, ...windows, ...reissues]
  const people = (named.people ?? []).map(lower)
  const places = [...(named.groups ?? []), ...(named.doors ?? [])].map(lower)
  const messages = [
    ...closing.flatMap((row) => {
      const said = verdict([row.person], people, speech)
      return said ? [`${said}; ${speech.subject(row.person)} loses ${speech.doors(row)}.`] : []
    }),
    ...changing.flatMap((row) => {
      const touched = row.doors.flatMap((door) => contents(door, inside))
      const said = verdict(touched, places, speech)
      return said ? [`${said}; it changes for ${speech.subject(row.person)}.`] : []
    }),
  ]
  return [...new Set(messages)]
}

/** A door, and all doors behind it; one that nobody can name stands for what may be behind it. */
function contents(door: Subject, inside: Review['inside']): Subject[] {
  if (!['space', 'acs_access_group', 'acs_system'].includes(door.kind)) return [door]
  const doors = inside(door)
  if (doors) return [door, ...doors]
  const kind = `door inside ${door.name ?? 'it'}`
  return [door, { key: `${door.key} inside`, kind, id: undefined, name: undefined }]
}

/** Why some of these are protected, or may be: what nobody can name may be anything. */
function verdict(
  subjects: readonly Subject[],
  names: readonly string[],
  speech: Speech,
): string | undefined {
  if (names.length === 0) return undefined
  const found = subjects.filter((one) => isNamed(one, names))
  if (found.length > 0) {
    return `${some(
      found.map((one) => speech.subject(one)),
      6,
    )} is protected`
  }
  const stranger = subjects.find(({ id, name }) => name === undefined && !(id && names.every(isId)))
  return stranger && `${speech.subject(stranger)} may be protected: set SEAM_API_KEY to find out`
}

const lower = (text: string) => text.toLowerCase()

const isId = (name: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(name)

/** By name or by id, as the settings spell it; names regardless of case. */
const isNamed = ({ id, name }: Subject, names: readonly string[]) =>
  [id, name].some((one) => one !== undefined && names.includes(lower(one)))
