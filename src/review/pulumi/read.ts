import { className, isWire, swapName } from '../../schema'
import { isHidden } from '../../pulumi/values/hidden'
import type { Change, EngineWords, Plan, Remark } from '../plan/plan'
import { boundTogether, withoutRenames } from '../plan/renames'
import { withKnown } from '../plan/sides'
import type { Digest, State, Step } from './document'
import { linksOf } from './links'
import { notAPlan, parse } from './parse'
import { sideOf } from './sides'
import { unmentioned } from './state'
import { actionOf, actions, definitionOf, isLeftover, typeOf } from './steps'
import { streamed } from './stream'
import { nameOf, stackOf, toldRename } from './urns'

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
    words,
  }
}

const words: EngineWords = {
  rename: 'an alias',
  renamed: toldRename,
  ways: 'Give the new one that option, or the property adopt: true to take over what the old one has.',
  whole: 'Take it with `--show-sames`, or give the state with `--state`.',
  restore: 'seam-iac up --refresh',
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

/** One of these is in whatever the engine prints, also where nothing is to be done. */
const told = ['diagnostics', 'changeSummary', 'duration']

/** A preview that failed early has no steps, and says why; that of an empty stack has none either. */
function stepsOf(digest: Digest): Step[] {
  if (Array.isArray(digest.steps)) return digest.steps
  const isPlan = isWire(digest) && told.some((member) => member in digest)
  if (!isPlan) throw notAPlan('The plan', 'it has no list of steps')
  return []
}

/** Resources that the plan leaves as they are are counted, even where they are not listed. */
function isComplete({ changeSummary = {} }: Digest, steps: Step[]): boolean {
  const listed = steps.filter(({ op }) => op === 'same' || op === 'refresh').length
  return listed >= (changeSummary['same'] ?? 0)
}

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
      prefix: `${className(definition.name)} `,
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
