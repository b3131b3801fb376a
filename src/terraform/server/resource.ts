import {
  apply,
  fingerprint,
  PartialFailure,
  plan,
  read,
  record,
  type Identity,
  type Session,
  type Stored,
} from '../../provider'
import {
  hasUnknown,
  inputFields,
  isId,
  isOver,
  isWire,
  unknown,
  type Fields,
  type Wire,
} from '../../schema'
import { SeamIacError } from '../../seam'
import { resourceProblems } from '../schema/configuration'
import { appliedState, declaredState, plannedState, refreshedState } from '../schema/semantics'
import {
  attributePath,
  failure,
  invalid,
  warning,
  type AttributePath,
  type Diagnostic,
} from '../schema/diagnostics'
import { inCore, inTerraform, type ResourceType } from '../schema/surface'
import { fromTerraform, toTerraform } from '../schema/values'
import {
  inputsOf,
  sentUnseen,
  without,
  withoutSent,
  withoutWriteOnly,
  underPlainName,
} from '../schema/write-only'
import { fromBytes, givenAmong, keptOf, toBytes } from './kept'

/** A resource as the engine has it: its attributes, and what is kept beside them. */
export interface State {
  /** `null` where there is none. */
  readonly values: unknown
  readonly private?: Uint8Array | undefined
}

export interface Outcome extends State {
  readonly diagnostics: Diagnostic[]
}

/** What the provider was configured with. */
export interface Configured {
  readonly session: Session
  readonly namespace: string
  /** Without it no call is made: its settings are known only after a deployment. */
  readonly isKnown: boolean
}

/** What the calls for one type of resource do. */
export class ResourceServer {
  constructor(
    private readonly type: ResourceType,
    private readonly configured: () => Configured,
  ) {}

  private get session(): Session {
    return this.configured().session
  }

  /** What is wrong with a configuration, as far as it is known; whether there is an object, only a plan knows. */
  validate(config: unknown): Diagnostic[] {
    return resourceProblems(this.type, this.given(config)).map(underPlainName).map(invalid)
  }

  async read(state: State): Promise<Outcome> {
    if (!this.configured().isKnown) return { ...state, diagnostics: [] }
    const stored = this.stored(state)!
    const { definition, fields } = this.type
    const now = await read(definition, this.session, stored.id, stored)
    if (!now) return { values: null, diagnostics: [] }
    const before = fromTerraform(fields, state.values as Wire)
    const { unseen } = fromBytes(state.private)
    const values = refreshedState(fields, before, without(this.outputs(now), unseen))
    const diagnostics = (now.notices ?? []).map(warning)
    if (!this.hasEnded(stored, now.inputs)) {
      return { ...this.kept(values, now, unseen), diagnostics }
    }
    const asDeclared = { ...values, ...onlyGiven(fields, before) }
    return { values: toTerraform(fields, asDeclared), private: state.private, diagnostics }
  }

  /** What is to go is of the state until then. */
  planDestroy(prior: State): void {
    const stored = this.stored(prior)
    if (stored) this.session.facts.planning.noteStored(stored.id)
  }

  async plan(config: unknown, prior: State): Promise<Outcome & { replaces: AttributePath[] }> {
    const { definition, fields } = this.type
    const { told, before, request } = this.wanted(config, prior)
    const planned = await plan(request, this.session)
    const wrong = planned.problems
    const problems = wrong.length > 0 ? wrong : record(definition, this.session, planned)
    if (problems.length > 0) {
      return { values: null, diagnostics: problems.map(invalid), replaces: [] }
    }
    const { change } = planned
    const isNew = change.kind === 'create' || change.kind === 'replace'
    const configured = withoutWriteOnly(fields, told)
    const answered = {
      ...inTerraform(this.type, planned.outputs),
      ...this.notFoundOut(request.given),
    }
    const outputs = withoutSent(fields, answered, told)
    const known = change.kind === 'same' && before ? before : outputs
    const values = plannedState(fields, configured, known, isNew ? undefined : before)
    return {
      values: toTerraform(fields, values),
      private: prior.private,
      diagnostics: planned.notices.map(warning),
      replaces:
        change.kind === 'replace' ? change.reasons.map(({ name }) => attributePath([name])) : [],
    }
  }

  async apply(config: unknown, prior: State, planned: State): Promise<Outcome> {
    const { fields } = this.type
    const isGoing = planned.values === null
    const { told, request } = this.wanted(isGoing ? {} : config, prior)
    const { stored, given } = request
    const wanted = isWire(planned.values) ? fromTerraform(fields, planned.values) : {}
    if (stored && !isGoing && this.hasEnded(stored, given)) {
      const inputs = { ...stored.inputs, ...given }
      return { ...this.kept(wanted, { ...stored, inputs }), diagnostics: [] }
    }
    try {
      const known = inCore(this.type, inputsOf(fields, wanted))
      const done = await apply(
        {
          ...request,
          given: isGoing ? undefined : given,
          planned: { inputs: known, outputs: known },
        },
        this.session,
      )
      const diagnostics = done.notices.map(warning)
      if (!done.stored) return { values: null, diagnostics }
      const values = appliedState(fields, wanted, this.outputs(done.stored))
      return { ...this.kept(values, done.stored, sentUnseen(fields, told)), diagnostics }
    } catch (error) {
      return this.failed(error, prior, told)
    }
  }

  /** What has ended, and stays so, is left in Seam as it is: the state alone follows the configuration. */
  private hasEnded(stored: Stored, inputs: Wire): boolean {
    return [stored.inputs, inputs].every((one) => isOver(this.type.definition, one))
  }

  /** What a plan finds out may become another thing with what is known only later. */
  private notFoundOut(given: Wire): Wire {
    if (!hasUnknown(given)) return {}
    const found = Object.entries(this.type.fields).filter(([, { marks }]) => marks.planned)
    return Object.fromEntries(found.map(([name]) => [name, unknown]))
  }

  /** What exists stays in the state; a create that is not finished is created again. */
  private failed(error: unknown, prior: State, given: Wire): Outcome {
    if (!(error instanceof PartialFailure)) return { ...prior, diagnostics: [failure(error)] }
    const told = error.stage === 'unprovisioned' ? warning(error.message) : failure(error)
    const left = { id: error.id, inputs: error.inputs, outputs: error.outputs }
    const notices = error.notices.map(warning)
    const outputs = withoutSent(this.type.fields, this.outputs(left), given)
    const unseen = sentUnseen(this.type.fields, given)
    return { ...this.kept(outputs, left, unseen), diagnostics: [...notices, told] }
  }

  /** By its id, or by its key where it has one. */
  async import(told: string): Promise<Outcome> {
    const { definition } = this.type
    const object = isId(told) ? undefined : await definition.find?.(this.session.seam, told)
    const id = object ? String(object[definition.id]) : told
    const now = await read(definition, this.session, id, undefined)
    if (!now) {
      throw new SeamIacError(
        `There is no ${this.type.name} ${told} in this workspace. Check the id${definition.key ? ' or the key' : ''}.`,
      )
    }
    return { ...this.kept(this.outputs(now), now), diagnostics: [] }
  }

  /** A state of an older version: what this one does not know is left out. */
  upgrade(values: unknown): unknown {
    const { fields, name } = this.type
    if (!isWire(values)) throw new Error(`The state of ${name} is no record.`)
    return toTerraform(fields, fromTerraform(fields, values))
  }

  /** What a configuration wants of what a state has, in the engine's terms and in the core's. */
  private wanted(config: unknown, prior: State) {
    const { definition, fields } = this.type
    const told = this.given(config)
    const before = isWire(prior.values) ? fromTerraform(fields, prior.values) : undefined
    const given = inCore(this.type, inputsOf(fields, told, before))
    const stored = this.stored(prior)
    return { told, before, request: { definition, given, stored, identity: this.identity(told) } }
  }

  private given(config: unknown): Wire {
    return fromTerraform(this.type.fields, config as Wire)
  }

  private stored({ values, private: kept }: State): Stored | undefined {
    if (!isWire(values)) return undefined
    const { definition, fields } = this.type
    const outputs = inCore(this.type, inputsOf(fields, fromTerraform(fields, values)))
    const inputs = givenAmong(outputs, fromBytes(kept))
    return { id: String(outputs[definition.id]), inputs, outputs }
  }

  /** There is no name for a resource here, so what it is made of tells it from others. */
  private identity(given: Wire): Identity {
    const { fields, name } = this.type
    const named = sorted(inCore(this.type, withoutWriteOnly(fields, given)))
    const told = JSON.stringify([this.configured().namespace, name, named])
    return { seed: fingerprint(told, 12), isLate: true }
  }

  /** What Seam answers, without what a configuration can say alone and does not. */
  private outputs({ outputs, inputs }: Stored): Wire {
    const { type } = this
    return declaredState(type.fields, inTerraform(type, outputs), inTerraform(type, inputs))
  }

  private kept(values: Wire, { inputs }: Stored, unseen?: readonly string[]): State {
    const kept = { ...keptOf(inputs), ...(unseen?.length && { unseen }) }
    return { values: toTerraform(this.type.fields, values), private: toBytes(kept) }
  }
}

/** Of a record, what a configuration can set. */
const onlyGiven = (fields: Fields, record: Wire): Wire =>
  Object.fromEntries(inputFields(fields).map(([name]) => [name, record[name]]))

/** The same with the members of each record in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isWire(value)) return typeof value === 'symbol' ? String(value) : value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  )
}
