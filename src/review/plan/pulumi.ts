import { resources } from '../../resources'
import { className, isWire, swapName, type Wire } from '../../schema'
import { ReviewError } from '../errors'
import type { Action, Change, Link, Plan, Remark } from './plan'
import { boundTogether, withoutRenames } from './renames'
import type { Digest, State, Step } from './document'
import { streamed } from './stream'
import { isHidden, plainOf, sideOf, withKnown } from './sides'

const actions: Record<string, Action> = {
  same: 'keep',
  refresh: 'keep',
  read: 'keep',
  create: 'create',
  import: 'create',
  'create-replacement': 'replace',
  'import-replacement': 'replace',
  replace: 'replace',
  update: 'update',
  delete: 'delete',
  discard: 'forget',
}

/**
 * What `pulumi preview --json` printed, and what `pulumi stack export` did, if it is given.
 *
 * @param looksOnly it was printed by a refresh, also where that is not to be seen
 */
export function readPulumi(preview: string, state?: string, looksOnly = false): Plan {
  const digest =
    streamed(preview) ??
    (parse(preview, 'The plan', 'pulumi preview --json --show-sames') as Digest)
  const listed = stepsOf(digest)
  const isDrift = looksOnly || (listed.some(isRefresh) && !listed.some(isOfProgram))
  const steps = isDrift ? listed : afterRefresh(listed)
  const kept = state === undefined ? [] : unmentioned(state, steps)
  const isPart = steps.some(isSkipped)
  const errors = remarks(digest, 'error')
  const listing = [...steps, ...kept]
    .filter((step) => !isSkipped(step))
    .flatMap((step) => changeOf(step, isDrift))
  const changes = isDrift ? listing : withoutRenames(listing)
  return {
    stack: stackOf([...steps, ...kept, ...(digest.diagnostics ?? [])]),
    changes,
    isDrift,
    others: steps.flatMap(otherOf),
    links: linksOf([...steps, ...kept], boundTogether(changes)),
    isWhole: !isPart && (state !== undefined || isComplete(digest, steps)),
    errors,
    warnings: remarks(digest, 'warning'),
    spell: swapName,
  }
}

const isRefresh = ({ op }: Step) => op === 'refresh'

/** With targets, what is not among them and not made yet is a step without an object. */
const isSkipped = (step: Step) =>
  step.op === 'same' && step.oldState?.id === undefined && definitionOf(step) !== undefined

/** Steps that only a run of the program has. */
const isOfProgram = ({ op }: Step) => op !== 'refresh' && op !== 'update' && op !== 'delete'

/**
 * A preview that refreshes first tells of each resource twice, and of one that has drifted perhaps as
 * an update or a deletion; the last time says what it will do.
 */
function afterRefresh(steps: Step[]): Step[] {
  const last = new Map(steps.filter((step) => !isLeftover(step)).map((step) => [step.urn, step]))
  const isLast = (step: Step) => last.get(step.urn) === step
  return steps.filter(
    (step) => isLeftover(step) || (isLast(step) && (!isRefresh(step) || step.newState)),
  )
}

/** The old part of a replacement is marked so too, in the step of its new part. */
const isLeftover = (step: Step) => step.op === 'delete' && isOld(step)

/** One of these is in whatever the engine prints, also where nothing is to be done. */
const told = ['diagnostics', 'changeSummary', 'duration']

/** A preview that failed early has no steps, and says why; that of an empty stack has none either. */
function stepsOf(digest: Digest): Step[] {
  if (Array.isArray(digest.steps)) return digest.steps
  const isPlan = isWire(digest) && told.some((member) => member in digest)
  if (!isPlan) throw notAPlan('The plan', 'it has no list of steps')
  return []
}

function parse(printed: string, what: string, command: string): unknown {
  const text = printed.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  // The CLI may print lines of its own before the document, and warnings behind it.
  const start = text.search(/^\{/m)
  const end = text.lastIndexOf('\n}')
  const documents = [text.slice(Math.max(start, 0)), text.slice(Math.max(start, 0), end + 2)]
  for (const one of documents) {
    try {
      return JSON.parse(one) as unknown
    } catch {
      // The next one may be it.
    }
  }
  throw notAPlan(what, `it is no JSON document. Take it with: ${command}`)
}

const notAPlan = (what: string, why: string) => new ReviewError(`${what} cannot be read: ${why}`)

/** Resources that the plan leaves as they are are counted, even where they are not listed. */
function isComplete({ changeSummary = {} }: Digest, steps: Step[]): boolean {
  const listed = steps.filter(({ op }) => op === 'same' || op === 'refresh').length
  return listed >= (changeSummary['same'] ?? 0)
}

/** The resources of a state that no step is about. */
function unmentioned(state: string, steps: Step[], withGoing = false): Step[] {
  const exported = parse(state, 'The state', 'pulumi stack export')
  const deployment = isWire(exported) ? exported['deployment'] : undefined
  const resources = isWire(deployment) ? deployment['resources'] : undefined
  if (!isWire(deployment) || (resources !== undefined && !Array.isArray(resources))) {
    throw notAPlan('The state', 'it has no deployment. Take it with: pulumi stack export')
  }
  const all = (resources ?? []) as State[]
  assertSameStack(all, steps)
  const mentioned = new Set(
    steps.flatMap(({ urn, oldState }) => [urn, oldState?.urn, oldState?.id]),
  )
  return all
    .filter(({ urn, id, delete: isGoing }) => {
      return (
        (withGoing || !isGoing) && !mentioned.has(urn) && (id === undefined || !mentioned.has(id))
      )
    })
    .map((one) => ({ op: 'same', urn: one.urn, oldState: one, newState: one }))
}

function assertSameStack([one]: State[], [step]: Step[]): void {
  if (!one || !step) return
  const [state, plan] = [partsOf(one.urn), partsOf(step.urn)]
  if (state.stack === plan.stack && state.project === plan.project) return
  throw notAPlan(
    'The state',
    `it is of ${state.project}/${state.stack}, and the plan of ${plan.project}/${plan.stack}`,
  )
}

/** An object in a state, as far as it tells what a deployment has done. */
export interface Kept {
  readonly id: string
  readonly inputs: Wire
  /** It has been deleted, and its successor was not made. */
  readonly isGone: boolean
  /** Its last change failed. */
  readonly isUnfinished: boolean
}

/** The addresses of all that is in a state. */
export const addressesIn = (state: string): Set<string> =>
  new Set(unmentioned(state, [], true).map(({ urn }) => urn))

/** What `pulumi stack export` printed. */
export const readState = (state: string): Kept[] =>
  unmentioned(state, [], true).flatMap(({ oldState }) =>
    oldState?.id === undefined
      ? []
      : [
          {
            id: oldState.id,
            inputs: plainOf(oldState.inputs),
            isGone: oldState.pendingReplacement === true,
            isUnfinished: (oldState.initErrors ?? []).length > 0,
          },
        ],
  )

const remarks = ({ diagnostics = [] }: Digest, severity: string): Remark[] =>
  diagnostics
    .filter((one) => one.severity === severity)
    .map(({ urn, message }) => ({
      message: withoutTrace(message),
      name: urn && nameOf(urn),
    }))

/** Where in which library a program failed is for the log, and so are values, which may be secret. */
const withoutTrace = (message: string) =>
  message
    .replace(/^(error|warning): /, '')
    .replace(/\n[^\S\n]+at [^]*$/, '')
    .replace(/^Running program '.*' failed with an unhandled exception:\s*/, '')
    .replace(/^\S+ resource '[^\n]*' has a problem: /, '')
    .trim()

/** How a resource tells Pulumi that it is the one that had another URN, as a program writes it. */
export function aliasOf(address: string, old: string): string {
  const [here, there] = [address, old].map((urn) => urn.split('::').slice(0, 3).join('::'))
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`
  return here === there ? `{ name: ${quoted(nameOf(old))} }` : quoted(old)
}

/** `urn:pulumi:<stack>::<project>::<types of the parents$type>::<name>` */
function partsOf(urn: string) {
  const [head = '', project = '', , ...name] = urn.split('::')
  return { stack: head.replace(/^urn:pulumi:/, ''), project, name: name.join('::') }
}

const nameOf = (urn: string) => partsOf(urn).name

/** `project/stack`; a plan that failed early tells it at most beside its errors. */
function stackOf(all: readonly { urn?: string }[]): string {
  const urn = all.find((one) => one.urn)?.urn
  if (!urn) return ''
  const { project, stack } = partsOf(urn)
  return `${project}/${stack}`
}

const definitions = new Map(resources.map((one) => [className(one.name), one]))

const typeOf = ({ newState, oldState }: Step) => (newState ?? oldState)?.type ?? ''

/** Both the dynamic resources (`…dynamic/seam:Space`) and those of the plugin (`seam:index:Space`). */
const definitionOf = (step: Step) =>
  definitions.get(/(?:^|\/)seam:(?:\w+:)?(\w+)$/.exec(typeOf(step))?.[1] ?? '')

function otherOf(step: Step): { address: string; action: string }[] {
  const isOurs = definitionOf(step) !== undefined
  const isChange = (actions[step.op] ?? step.op) !== 'keep' && step.op !== 'delete-replaced'
  const isEngine = /^pulumi:(pulumi:Stack$|providers:)/.test(typeOf(step))
  return isOurs || !isChange || isEngine ? [] : [{ address: step.urn, action: step.op }]
}

function changeOf(step: Step, isDrift: boolean): Change[] {
  const { op, urn, oldState, newState, diffReasons = [], replaceReasons = [] } = step
  const definition = definitionOf(step)
  const action = actionOf(step, isDrift)
  if (!definition || !action) return []
  const changed = topNames(diffReasons)
  const before = oldState && sideOf(oldState, definition, changed)
  const after =
    newState &&
    withKnown(
      sideOf(newState, definition, changed, action === 'update'),
      before,
      action === 'replace',
      definition,
    )
  const state = newState ?? oldState
  const isLeft = isLeftover(step)
  return [
    {
      address: isLeft ? `${urn} (${oldState?.id})` : urn,
      name: nameOf(urn),
      definition,
      action,
      id: oldState?.id,
      before: action === 'create' ? undefined : before,
      after: action === 'delete' ? undefined : (after ?? before),
      changed,
      replacing: topNames(replaceReasons),
      isDrift,
      isRetained: oldState?.retainOnDelete === true,
      isImported: op.startsWith('import'),
      isLeftover: isLeft,
      isDeleteFirst: oldState?.pendingReplacement === true,
      references: state ? referencesOf(state) : {},
    },
  ]
}

function linksOf(steps: Step[], bound: ReadonlySet<string>): Plan['links'] {
  const links = new Map<string, Link & { neededBy: string[] }>()
  const leftovers = new Set(steps.filter(isOld).map(({ urn }) => urn))
  // An old state names what has an alias as it was.
  const current = steps.filter((step) => !isOld(step))
  const names = new Map(current.map(({ urn, oldState }) => [oldState?.urn, urn]))
  for (const step of steps) {
    const { urn, newState } = step
    if (links.has(urn) && isOld(step)) continue
    const needs = newState ? needsOf(newState) : []
    const action = actionOf(step) ?? 'keep'
    const [hasLeftover, isBound] = [leftovers.has(urn), bound.has(urn)]
    links.set(urn, { action, needs, neededBy: [], hasLeftover, isBound })
  }
  for (const { urn, oldState } of steps) {
    const needs = oldState ? needsOf(oldState) : []
    for (const need of needs) links.get(names.get(need) ?? need)?.neededBy.push(urn)
  }
  return links
}

/** What an earlier deployment left over has the address of what took its place. */
const isOld = ({ oldState }: Step) => oldState?.delete === true

const needsOf = ({ parent, dependencies = [], propertyDependencies = {}, deletedWith }: State) => [
  ...[parent, deletedWith].filter((one) => one !== undefined),
  ...dependencies,
  ...Object.values(propertyDependencies).flat(),
]

/** An object that a deployment lets go is only forgotten; the old part of a replacement is in its new part. */
function actionOf({ op, oldState }: Step, isDrift = false): Action | undefined {
  const action = actions[op]
  return action === 'delete' && oldState?.retainOnDelete && !isDrift ? 'forget' : action
}

const topNames = (paths: string[]) => [
  ...new Set(
    paths
      .map((path) => path.split(/[.[]/, 1)[0]!)
      .filter((name) => !isHidden(name))
      .map(swapName),
  ),
]

/** Where a transformation has handled a resource, the engine only knows on what all of it depends. */
function referencesOf({ inputs = {}, propertyDependencies = {}, dependencies = [] }: State) {
  const references: Record<string, string[]> = {}
  const isLost = Object.values(propertyDependencies).every((addresses) => addresses.length === 0)
  for (const name of Object.keys(isLost ? inputs : propertyDependencies)) {
    const all = isLost ? dependencies : propertyDependencies[name]!
    if (!isHidden(name) && all.length > 0) references[swapName(name)] = all
  }
  return references
}
