import type { SeamResource } from '../../resources'
import {
  className,
  compare,
  hint,
  isOver,
  nameOf,
  quoted,
  unknown,
  type Change,
  type Order,
  type Wire,
} from '../../schema'
import { SeamIacError } from '../../seam'
import { isLetGo } from '../adoption'
import type { Fact, Facts } from '../facts'
import { isChosenTwice } from '../keys'
import { effective } from '../input-subsets'
import type { Session } from '../session'
import type { Stored } from '../stored'

/** What the new inputs mean for the object: the same, an update, or a replacement. No network. */
export function diff(
  definition: SeamResource,
  before: Wire,
  after: Wire,
  seed: string | undefined,
): Change {
  const { key } = definition
  // Where both keys are ours, what made them differ is told by the inputs that they were made from.
  const isOurs = key && isChosenTwice(before[key], after[key], seed)
  const told = (inputs: Wire) => (isOurs ? without(inputs, key) : inputs)
  const wanted = effective(definition, before, after)
  const change = compare(definition, told(before), told(wanted))
  if (change.kind === 'same' && wanted !== after) {
    const whole = compare(definition, told(before), told(after))
    return whole.kind === 'same' ? change : { kind: 'same', left: whole.changed }
  }
  const expiry = nameOf(definition, 'expiry')!
  const isRevived = change.kind === 'update' && change.changed.includes(expiry)
  if (!isRevived || !isOver(definition, before)) return change
  const reason = 'it has ended, and Seam may keep it no longer'
  return { ...change, kind: 'replace', reasons: [{ name: expiry, reason }] }
}

/** Which resource has it: its seed, and the one under the name that it had when its state was written. */
export interface Identity {
  readonly seed?: string | undefined
  readonly formerSeed?: string | undefined
  /**
   * The engine has no name for it, and plans again where it applies: its key is chosen when the object is
   * created, and what a plan finds out follows from what is stored.
   */
  readonly isLate?: boolean | undefined
}

export interface PlannedChange {
  readonly change: Change
  /** What people should know before they agree. */
  readonly notices: readonly string[]
  readonly facts: readonly Fact[]
}

/** What the new inputs mean for an object of the state. It changes nothing, and makes no call. */
export function planChange(
  definition: SeamResource,
  { id, inputs: before, outputs }: Stored,
  after: Wire,
  { seed, formerSeed, isLate = false }: Identity,
  known: Facts,
): PlannedChange {
  assertOneHolder(definition, known, id)
  const holder = holderFacts(definition, id, before, { seed, formerSeed })
  const change = otherObject(definition, id, before, after) ?? diff(definition, before, after, seed)
  const notices = noticesOf(definition, id, change, after, isLate)
  if (change.kind !== 'replace') return { change, notices, facts: holder }
  assertReplaceable(definition, id, outputs)
  return { change, notices, facts: [...holder, { fact: 'leaving', id }] }
}

const holderFacts = (
  { key }: SeamResource,
  id: string,
  before: Wire,
  { seed, formerSeed }: Identity,
): Fact[] => {
  const had = key && before[key]
  return [
    { fact: 'activity' },
    { fact: 'holder', id, by: seed, formerly: formerSeed },
    ...(typeof had === 'string' ? [{ fact: 'key', key: had } as const] : []),
  ]
}

/** The same where one process plans and applies: what was found out is known from now on. */
export function diffHeld(
  definition: SeamResource,
  { facts }: Session,
  held: Stored,
  after: Wire,
  identity: Identity,
): PlannedChange {
  facts.planning.record(holderFacts(definition, held.id, held.inputs, identity))
  const planned = planChange(definition, held, after, identity, facts)
  facts.planning.record(planned.facts)
  return planned
}

/**
 * A create of this very run may have continued with an object of the state, when a program gives a new
 * resource the old name of one that lives on; then two would hold one object.
 */
function assertOneHolder(definition: SeamResource, known: Facts, id: string): void {
  if (!known.applying.isBound(id)) return
  throw new SeamIacError(
    `${className(definition.name)} ${id} was just taken by a new resource of this program that has its old name. Give the new resource another name, and ${hint('forget-one')}.`,
  )
}

/** Destroy lets go what was adopted, so its replacement would leave the old access open beside it. */
function assertReplaceable(definition: SeamResource, id: string, outputs: Wire): void {
  if (!isLetGo(definition, outputs)) return
  throw new SeamIacError(
    `${className(definition.name)} ${id} was adopted, so a replacement would leave it in Seam, and its access open.\nSet ${quoted(nameOf(definition, 'deleteAdopted')!)} to true and deploy that before, or keep what cannot be changed as it is.`,
  )
}

/** A program that comes to name another object than the one that it has wants that one instead. */
function otherObject(
  definition: SeamResource,
  id: string,
  before: Wire,
  after: Wire,
): Change | undefined {
  // Named before as well, it is the one that this one has replaced.
  const settled = (input: string) => [undefined, null, unknown, id, before[input]]
  const name = [definition.takeover?.input, nameOf(definition, 'adoptId')].find(
    (input) => input && !settled(input).includes(after[input]),
  )
  if (name === undefined) return undefined
  const reasons = [{ name, reason: `it names another object than ${id}` }]
  return { kind: 'replace', changed: [name], reasons, order: 'create-first' }
}

/** What a change does beyond what it says of itself. */
function noticesOf(
  definition: SeamResource,
  id: string,
  change: Change,
  after: Wire,
  isLate: boolean,
): string[] {
  if (change.kind === 'same') return change.left ? [leftAlone(definition, id, change.left)] : []
  if (change.kind !== 'replace') return []
  const consequence = isLate
    ? eitherWay(definition, change.order, after)
    : definition.replacing?.({ order: change.order, inputs: after })
  const causes = change.reasons.map(({ name, reason }) => `${quoted(name)} changes (${reason})`)
  return consequence ? [`Replaced because ${causes.join(', ')}. ${consequence}`] : []
}

/** Where the program chooses the order and does not tell it: what both do. */
function eitherWay({ replacing }: SeamResource, order: Order, inputs: Wire): string | undefined {
  const [first, second] = (['delete-first', 'create-first'] as const).map((one) =>
    replacing?.({ order: one, inputs }),
  )
  const isOpen = order === 'create-first' && second !== undefined && second !== first
  return isOpen ? `${first} ${hint('create-first')}: ${second}` : first
}

const leftAlone = (definition: SeamResource, id: string, names: string[]) =>
  `${className(definition.name)} ${id} has ended and opens nothing, so ${names.map(quoted).join(', ')} of it stay as they were. Remove it from the program, or give it a later ${quoted(nameOf(definition, 'expiry')!)}: that makes a new one.`

const without = (record: Wire, name: string): Wire => {
  const { [name]: _, ...rest } = record
  return rest
}
