import { isDeepStrictEqual } from 'node:util'
import {
  check,
  create,
  diffHeld,
  PartialFailure,
  read,
  remove,
  Session,
  survey,
  update,
  type Stored,
  type Standing,
} from '../../provider'
import { resources, type SeamResource } from '../../resources'
import { className, swapName, type Field, type Path, type Problem, type Wire } from '../../schema'
import { redact, SeamApiError, SeamIacError } from '../../seam'
import { configSettings } from '../config'
import { engineAddress, report, warn, whenEngineEnds } from './engine'
import { mixedSystems } from './systems'
import { givenInputs, hiddenInputs, hideNamed, ignoredNames, toState } from './state'
import type { Properties } from '../values/hidden'
import { isTooDeep, tooDeep, toPulumi, toWire } from '../values/properties'
import { propertyPath, spelled } from '../values/spelling'

/** One process serves one preview or one deployment; every resource shares its connection. */
const session = new Session()

/** What was told of which resource. */
const said = new Set<string>()

const engine = engineAddress()
// A provider that outlives its engine would write into the next deployment.
if (engine) whenEngineEnds(engine, () => process.exit())

/** The part of a dynamic provider's `configure` request that is used. */
interface ConfigureRequest {
  config: { get(key: string): string | undefined }
}

/** What Pulumi's dynamic-provider process calls. */
export interface Handlers {
  configure(request: ConfigureRequest): void
  check(olds: Properties, news: Properties): Promise<CheckResult>
  diff(id: string, olds: Properties, news: Properties): Promise<DiffResult>
  create(inputs: Properties): Promise<{ id: string; outs: Properties }>
  read(id: string, props: Properties): Promise<ReadResult>
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>
  delete(id: string, props: Properties): Promise<void>
}

interface CheckResult {
  inputs: Properties
  failures: Failure[]
}

interface Failure {
  property: string
  reason: string
}

interface DiffResult {
  /** Never `true`: the engine then shows no property, and ignores `replaceOnChanges`. */
  changes?: false
  replaces?: string[]
  deleteBeforeReplace?: boolean
}

interface ReadResult {
  id?: string
  props?: Properties
  inputs?: Properties
}

/**
 * The engine prints the value of a property that is named here beside the reason, be it a secret or
 * not; so the name is a part of the reason.
 */
const invalid = (path: Path, reason: string): Failure => ({
  property: '',
  reason: [path.length > 0 && `\`${propertyPath(path)}\``, spelled(reason)]
    .filter(Boolean)
    .join(' '),
})

/** Who has this many to mend needs no more of them. */
const mostFailures = 20

function failures(problems: Problem[]): Failure[] {
  const told = problems.slice(0, mostFailures).map(({ path, reason }) => invalid(path, reason))
  const more = problems.length - told.length
  return more > 0 ? [...told, invalid([], `has ${more} more problems`)] : told
}

const isEmpty = (properties: Properties | undefined) =>
  !properties || Object.keys(properties).length === 0

/** Refresh and destroy get the configuration of the last deployment, and so a key from before. */
const hints = (error: unknown): string[] =>
  error instanceof SeamApiError && error.status === 401 && !process.env['SEAM_API_KEY']
    ? [
        'After a rotation, set SEAM_API_KEY, or run the command with --run-program (or pulumi up first).',
      ]
    : []

/**
 * Inputs with what is ignored as it was, also where the program names only a part of it, and without
 * the plans of before, which the engine puts into the place of new ones.
 */
const putBack = ({ fields }: SeamResource, given: Wire, before: Wire = {}, ignored: Set<string>) =>
  Object.fromEntries(
    Object.keys(given)
      .filter((name) => !ignored.has(name) || !fields[name]?.marks.planned)
      .map((name) => [name, ignored.has(name) ? before[name] : given[name]]),
  )

/** An error as the engine shows it: no stack, no secret, and names as the program spells them. */
function shown(definition: SeamResource, error: unknown): Error {
  const message = [error instanceof Error ? error.message : String(error), ...hints(error)].join(
    '\n',
  )
  const told = new SeamIacError(spelled(redact(message)))
  // The engine prints the stack of whatever fails; for an error about access it is only noise.
  told.stack = error instanceof SeamIacError ? '' : `${className(definition.name)}: ${error}`
  return told
}

/** Says how far a resource is, beside it. */
const progress =
  ({ __urn }: Properties) =>
  (message: string): void =>
    report(spelled(redact(message)), __urn)

/** What the engine takes as "it exists, but did not become what was asked". */
function partialFailure(
  definition: SeamResource,
  failure: PartialFailure,
  hidden: Properties,
): Error {
  const { __provider } = hidden
  const properties = {
    ...toState(definition, failure.outputs, failure.inputs, hidden),
    __provider,
  }
  const message = spelled(redact(failure.message))
  return Object.assign(new Error(message), { id: failure.id, properties, reasons: [message] })
}

class ResourceHandlers implements Handlers {
  constructor(private readonly definition: SeamResource) {}

  configure({ config }: ConfigureRequest): void {
    // Synchronous on purpose: parallel calls may arrive before the engine has awaited anything.
    session.configure(configSettings((key) => config.get(`seam:${key}`)))
  }

  async check(olds: Properties, news: Properties): Promise<CheckResult> {
    hideNamed(news)
    if (isTooDeep(news)) {
      return {
        inputs: { ...hiddenInputs(this.definition, news, {}) },
        failures: [invalid([], tooDeep)],
      }
    }
    const isNew = isEmpty(olds)
    const { __seed: seed } = news
    const before = isNew ? undefined : toWire(olds)
    const ignored = this.ignored(olds, news)
    const given = putBack(this.definition, toWire(news), before, ignored)
    const { inputs, problems } = check(this.definition, given, { seed, before }, session.facts)
    if (problems.length === 0) problems.push(...mixedSystems(this.definition, inputs, news))
    const standing = { seed, before, ignored }
    const found = problems.length > 0 ? { inputs } : await this.survey(news, inputs, standing)
    return {
      inputs: {
        ...toPulumi(this.definition.fields, found.inputs),
        ...hiddenInputs(this.definition, news, found.inputs, before),
      },
      failures: failures(problems),
    }
  }

  /**
   * What the program leaves to others; asked only where a plan reads what that is. The engine puts
   * back what is ignored; where that is everything, the hidden input that says so goes as well.
   */
  private ignored(olds: Properties, news: Properties): Set<string> {
    const { survey, fields } = this.definition
    if (isEmpty(olds) || !survey) return new Set()
    return isDeepStrictEqual(olds, news) ? new Set(Object.keys(fields)) : ignoredNames(news)
  }

  private survey(news: Properties, inputs: Wire, standing: Standing): Promise<{ inputs: Wire }> {
    return this.run(news, async () => {
      const found = await survey(this.definition, session, inputs, standing)
      this.tell(news, found.notices)
      return found
    })
  }

  async diff(id: string, olds: Properties, news: Properties): Promise<DiffResult> {
    return this.run(news, async () => this.compare(id, olds, news))
  }

  private compare(id: string, olds: Properties, news: Properties): DiffResult {
    const last = this.kept(id, olds)
    const identity = { seed: news.__seed, formerSeed: olds.__seed }
    const { change, notices } = diffHeld(this.definition, session, last, toWire(news), identity)
    this.tell(news, notices)
    if (change.kind === 'same') return { changes: false }
    return {
      ...(change.order === 'delete-first' && { deleteBeforeReplace: true }),
      ...(change.kind === 'replace' && {
        replaces: change.reasons.map(({ name }) => swapName(name)),
      }),
    }
  }

  create(inputs: Properties): Promise<{ id: string; outs: Properties }> {
    return this.run(inputs, async () => {
      const made = await create(
        this.definition,
        session,
        toWire(inputs),
        inputs.__seed,
        progress(inputs),
      )
      this.tell(inputs, made.notices)
      return { id: made.id, outs: this.state(made, inputs) }
    })
  }

  read(id: string, props: Properties): Promise<ReadResult> {
    return this.run(props, async () => {
      const last = props.__given === undefined ? undefined : this.kept(id, props)
      const now = await read(this.definition, session, id, last)
      if (now) {
        this.tell(props, now.notices)
        const seen = { id: now.id, props: this.state(now, props) }
        // Without inputs the engine keeps its own, the plan that was carried out among them.
        const isSame = last && isDeepStrictEqual(now.inputs, last.inputs)
        if (isSame && props.__settled) return seen
        return {
          ...seen,
          inputs: {
            ...toPulumi(this.definition.fields, now.inputs),
            ...hiddenInputs(this.definition, props, now.inputs),
          },
        }
      }
      if (last) return {}
      throw new SeamIacError(
        `There is no ${className(this.definition.name)} ${id} in this workspace. Check the id.`,
      )
    })
  }

  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }> {
    return this.run(news, async () => {
      const last = this.kept(id, olds)
      const done = await update(
        this.definition,
        session,
        last,
        toWire(news),
        news.__seed,
        progress(news),
      )
      this.tell(news, done.notices)
      return { outs: this.state(done, news) }
    })
  }

  delete(id: string, props: Properties): Promise<void> {
    return this.run(props, async () => {
      this.tell(props, await remove(this.definition, session, id, toWire(props), props.__seed))
    })
  }

  private tell(hidden: Properties, notices: readonly string[] = []): void {
    for (const notice of notices) {
      const line = `${hidden.__urn} ${notice}`
      // The engine may check and compare one resource several times.
      if (!said.has(line)) warn(spelled(redact(notice)), hidden.__urn)
      said.add(line)
    }
  }

  private kept(id: string, outputs: Properties): Stored {
    return { id, inputs: givenInputs(outputs), outputs: toWire(outputs) }
  }

  private state({ outputs, inputs }: Stored, hidden: Properties): Properties {
    const hasPlans = Object.values<Field>(this.definition.fields).some(({ marks }) => marks.planned)
    return {
      ...toState(this.definition, outputs, inputs, hidden),
      ...(hasPlans && { __settled: true }),
    }
  }

  private async run<T>(hidden: Properties, work: () => Promise<T>): Promise<T> {
    hideNamed(hidden)
    try {
      return await work()
    } catch (error) {
      if (error instanceof PartialFailure) this.tell(hidden, error.notices)
      throw error instanceof PartialFailure
        ? partialFailure(this.definition, error, hidden)
        : shown(this.definition, error)
    }
  }
}

const byClass = new Map(
  resources.map((definition) => [className(definition.name), new ResourceHandlers(definition)]),
)

/**
 * The handlers of a resource class. State files name this function, so it keeps its name and
 * meaning for as long as there are states of version 1.
 */
export function v1(resource: string): () => Handlers {
  const handlers = byClass.get(resource)
  if (!handlers) {
    throw new SeamIacError(
      `The installed seam-iac knows no ${resource}. Install the version that made this state, or a newer one.`,
    )
  }
  return () => handlers
}
