import { isOver, isAbsent, nameOf, valueOf } from '../schema'
import { accessChanges, allRows, type AccessChanges } from './doors/access'
import type { Row } from './doors/row'
import { holdings } from './doors/holdings'
import { collator } from './report/lists'
import { withDrift } from './live/drift'
import { modelOf, type Model } from './doors/model'
import {
  adoptedId,
  isAdopting,
  isLetGo,
  isTakenOver,
  stays,
  type Change,
  type Plan,
} from './plan/plan'
import { hasOtherPin, ownNames } from './report/reasons'
import type { Directory, Subject } from './doors/subjects'

/** A change that opens and closes nothing. */
export interface Other {
  readonly change: Change
  readonly text: string
}

/** What a plan means, before anybody has put it into a format. */
export interface Review {
  readonly plan: Plan
  /** When it was made, in milliseconds; what has ended by then opens nothing. */
  readonly now: number
  readonly access: AccessChanges
  readonly others: readonly Other[]
  /** What goes beyond what the plan can tell. */
  readonly cautions: readonly string[]
  readonly people: {
    readonly lose: readonly Subject[]
    readonly gain: readonly Subject[]
    readonly keep: readonly Subject[]
  }
  /** What is inside a space or a group, as far as anybody has told. */
  readonly inside: (subject: Subject) => readonly Subject[] | undefined
  /** Whether nobody else can stand behind a person. */
  readonly isCertain: (person: Subject) => boolean
  /** The object of a resource, and the person whom it is or stands for. */
  readonly subjectOf: (change: Change) => Subject
  readonly personOf: (change: Change) => Subject
  /** Everybody and everything that the plan or the directory knows. */
  readonly known: () => readonly Subject[]
  /** Who and what neither the plan nor the directory names. */
  readonly unexplained: readonly Subject[]
}

/** What a plan changes about who gets through which doors. */
export function review(
  given: Plan,
  { directory = new Map(), now = Date.now() }: { directory?: Directory; now?: number } = {},
): Review {
  const model = modelOf(withDrift(given), directory)
  const { plan, subjects, users, places } = model
  const access = sorted(accessChanges(holdings(model), model, now))
  return {
    plan,
    now,
    access,
    others: others(plan, access, now),
    cautions: plan.changes.flatMap((change) => cautions(change, plan, access, model)),
    people: people(access),
    inside: (subject) => places.inside(subject),
    isCertain: (person) => users.isCertain(person),
    subjectOf: (change) => subjects.ofChange(change),
    personOf: (change) => users.person(subjects.ofChange(change), 'before'),
    known: () => subjects.known,
    unexplained: subjects.unexplained,
  }
}

/** Whether a plan says nothing of access, and nothing else either. */
export const isEmpty = ({ plan, access, others }: Review): boolean =>
  plan.errors.length === 0 && others.length === 0 && allRows(access).length === 0

/** By person, and the same on every machine. */
const sorted = (access: AccessChanges): AccessChanges => {
  const label = ({ person, change }: Row) => `${person.name ?? '~'} ${change.name}`
  const inOrder = (rows: readonly Row[]) =>
    rows
      .map((row) => ({ row, text: label(row) }))
      .sort((one, other) => collator.compare(one.text, other.text))
      .map(({ row }) => row)
  const { losses, gains, windows, reissues, means, covered } = access
  const narrowerFirst = inOrder(windows).sort(
    (one, other) => Number(other.isNarrower) - Number(one.isNarrower),
  )
  return {
    ...access,
    losses: inOrder(losses),
    gains: inOrder(gains),
    windows: narrowerFirst,
    reissues: inOrder(reissues),
    means: inOrder(means),
    covered: inOrder(covered),
  }
}

function people({ losses, gains, windows, reissues, means }: AccessChanges): Review['people'] {
  const lose = unique(losses)
  const gain = unique(gains)
  const keep = unique([...windows, ...reissues, ...means])
  return { lose: [...lose.values()], gain: [...gain.values()], keep: [...keep.values()] }
}

const unique = (rows: readonly Row[]): Map<string, Subject> =>
  new Map(rows.map(({ person }) => [person.key, person]))

function others(plan: Plan, access: AccessChanges, now: number): Other[] {
  const told = new Set(allRows(access).map(({ change }) => change.address))
  return plan.changes
    .filter(({ action, address, isSettled }) => {
      return (action !== 'keep' || isSettled) && !told.has(address)
    })
    .map((change) => ({ change, text: otherText(change, plan, access, now) }))
    .sort((one, other) => collator.compare(one.change.address, other.change.address))
}

const becomes: Record<Change['action'], string> = {
  create: 'is made',
  update: 'is changed',
  replace: 'is replaced',
  delete: 'is deleted',
  forget: 'is no longer managed here, and stays in Seam as it is',
  keep: 'stays',
}

const stands =
  'stays as it is: what it names is taken over under the id that it has, which the engine does not know yet'

const endsAnyway = 'is no longer managed here, and ends in Seam with what it hangs on'

const became = {
  ...becomes,
  update: 'was changed outside the program',
  delete: 'was deleted outside the program',
}

function otherText(change: Change, { spell }: Plan, access: AccessChanges, now: number): string {
  const { action, before, definition } = change
  const has = change.isDrift ? became : becomes
  if (change.isLeftover) return 'is what an earlier deployment replaced, and goes now'
  if (action === 'forget' || (action === 'delete' && isLetGo(change))) {
    return access.losses.some(({ holds }) => holds === change) ? endsAnyway : becomes.forget
  }
  if (change.isSettled && action === 'keep') return stands
  if (change.renamed) {
    const verb = action === 'update' ? 'takes over what the program had as' : 'takes the place of'
    return `${verb} ${change.prefix}${change.renamed.name}`
  }
  if (change.isImported) return 'is managed here from now on, as it is in Seam'
  if (action === 'create' && isTakenOver(change)) return definition.takeover!.about
  if (action === 'create' && isAdopting(change)) {
    const id = adoptedId(change)
    return isAbsent(id)
      ? 'takes over the object with its key, if Seam has one already'
      : `takes over ${String(id)}, which Seam has already`
  }
  if (action === 'delete' && before && !change.isDrift && isOver(definition, before.inputs, now)) {
    return `${becomes.delete}; its time was over`
  }
  const properties = ownNames(change).map(spell)
  const said = properties.length > 0 ? `${has[action]}: ${properties.join(', ')}` : has[action]
  const follows = action === 'replace' ? lasting(change) : undefined
  return follows ? `${said}. ${follows}` : said
}

/** What a replacement does that takes no PIN, card or key away. */
function lasting(change: Change): string | undefined {
  const { definition, after, isDeleteFirst } = change
  const inputs = after?.inputs ?? {}
  const order = isDeleteFirst ? 'delete-first' : 'create-first'
  if (!definition.lasts?.({ order, inputs })) return undefined
  const isAsked = ownNames(change).length === 0
  return definition.replacing?.({ order, inputs, isAsked, isOtherPin: hasOtherPin(change) })
}

/** Whether what others made for somebody goes too. */
export const takesAllAlong = (change: Change): boolean => {
  const { action, before, definition } = change
  const goes = (action === 'delete' || action === 'replace') && !stays(change)
  return goes && !!before && valueOf(definition, 'deleteCascade', before.inputs) === true
}

/** Whether the doors inside a space change, for all who hold it, in whatever stack. */
export function movesDoors(change: Change): boolean {
  const { action, definition, after, changed } = change
  const fields = Object.values(definition.contains ?? {}).flat()
  if (fields.length === 0 || isLetGo(change)) return false
  if (action === 'delete' || action === 'replace') return true
  const isSet = (field: string) => after?.inputs[field] !== undefined
  // What was in an adopted space is what the program says from now on.
  if (action === 'create') return isAdopting(change) && fields.some(isSet)
  return action === 'update' && fields.some((field) => changed.includes(field))
}

/** What the rows do not say: what is refused, what opens nothing, and what only Seam could tell. */
function cautions(
  change: Change,
  { isSeen, words, spell }: Plan,
  { losses }: AccessChanges,
  model: Model,
): string[] {
  const { name, prefix, isDrift, renamed, definition } = change
  if (isDrift) return []
  const label = prefix + name
  const who = named(label, model.users.person(model.subjects.ofChange(change), 'before'))
  const isHeld = losses.some((row) => row.change === change && row.holds?.isForeign)
  const all = [
    renamed?.isRefused === true &&
      `${label} was ${renamed.name} so far, and the engine was not told (${words.rename}): Seam will refuse it while the old one is there, and nothing of this plan can be deployed.`,
    isHeld &&
      isGoing(change) &&
      !takesAllAlong(change) &&
      `${who} still has what this plan does not manage: the deployment refuses to delete it, unless ${spell(nameOf(definition, 'deleteCascade')!)} is set and deployed before.`,
    takesAllAlong(change) &&
      !isSeen &&
      `${who} is deleted together with what others made for it: access beyond this list may go.`,
    movesDoors(change) &&
      !isSeen &&
      `${who} ${change.action === 'delete' ? 'goes' : 'changes its doors'} for everybody who holds it, also by what this plan does not manage.`,
    change.shared !== undefined &&
      `${opener(change, label, model)} goes on opening its doors by the ${change.shared.join(', ')} that it has: another access grant of the person uses the same one, and Seam keeps it for both. To close them, remove these grants in one deployment, and declare them again in the next.`,
    opensNothing(change) &&
      `${opener(change, label, model)} requests no access method, and so opens nothing.`,
  ]
  return all.filter((one) => one !== false)
}

const isGoing = ({ action }: Change) => action === 'delete' || action === 'replace'

/** `Ana Ruiz (UserIdentity ana)` */
const named = (label: string, { name, isHidden }: Subject) =>
  name === undefined || isHidden || label.endsWith(` ${name}`) ? label : `${name} (${label})`

const opener = (change: Change, label: string, { subjects, users }: Model) => {
  const { opens } = change.definition
  const [holder] =
    opens && change.after ? subjects.allNamed(change, change.after, opens.who, 'after') : []
  return holder ? named(label, users.person(holder, 'after')) : label
}

/** Whether a resource that comes or changes has nothing by which a door could be opened. */
function opensNothing({ action, definition, after }: Change): boolean {
  const { by } = definition.opens ?? {}
  const methods = by === undefined ? undefined : after?.all[by]
  const isWritten = action === 'create' || action === 'update' || action === 'replace'
  return isWritten && Array.isArray(methods) && methods.length === 0
}
