import {
  apply,
  fingerprint,
  PartialFailure,
  plan,
  planInputs,
  read,
  type Identity,
  type Session,
  type Stored,
} from '../../provider'
import { isWire, type Wire } from '../../schema'
import { SeamIacError } from '../../seam'
import { appliedState, plannedState, refreshedState, unchangedState } from '../schema/semantics'
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

  /** What is wrong with a configuration, as far as it is known. */
  validate(config: unknown): Diagnostic[] {
    const { problems } = planInputs(
      this.type.definition,
      this.given(config),
      {},
      this.session.facts,
    )
    return problems.map(invalid)
  }

  async read(state: State): Promise<Outcome> {
    if (!this.configured().isKnown) return { ...state, diagnostics: [] }
    const stored = this.stored(state)!
    const { definition, fields } = this.type
    const now = await read(definition, this.session, stored.id, stored)
    if (!now) return { values: null, diagnostics: [] }
    const before = fromTerraform(fields, state.values as Wire)
    const values = refreshedState(fields, before, this.outputs(now))
    return { ...this.kept(values, now), diagnostics: (now.notices ?? []).map(warning) }
  }

  async plan(config: unknown, prior: State): Promise<Outcome & { replaces: AttributePath[] }> {
    const { definition, fields } = this.type
    const given = this.given(config)
    const stored = this.stored(prior)
    const identity = this.identity(given)
    const planned = await plan({ definition, given, stored, identity }, this.session)
    if (planned.problems.length > 0) {
      return { values: null, diagnostics: planned.problems.map(invalid), replaces: [] }
    }
    this.session.facts.planning.record(planned.facts)
    const before = isWire(prior.values) ? fromTerraform(fields, prior.values) : undefined
    const { change } = planned
    const isNew = change.kind === 'create' || change.kind === 'replace'
    const configured = inTerraform(this.type, given)
    const outputs = inTerraform(this.type, planned.outputs)
    const values =
      before && change.kind === 'same'
        ? unchangedState(fields, configured, before)
        : plannedState(fields, configured, outputs, isNew ? undefined : before)
    return {
      values: toTerraform(fields, values),
      private: prior.private,
      diagnostics: planned.notices.map(warning),
      replaces:
        change.kind === 'replace' ? change.reasons.map(({ name }) => attributePath([name])) : [],
    }
  }

  async apply(config: unknown, prior: State, planned: State): Promise<Outcome> {
    const { definition, fields } = this.type
    const stored = this.stored(prior)
    const given = planned.values === null ? undefined : this.given(config)
    const identity = this.identity(given ?? {})
    const wanted = isWire(planned.values) ? fromTerraform(fields, planned.values) : {}
    try {
      const known = inCore(this.type, wanted)
      const request = {
        definition,
        given,
        stored,
        identity,
        planned: { inputs: known, outputs: known },
      }
      const done = await apply(request, this.session)
      const diagnostics = done.notices.map(warning)
      if (!done.stored) return { values: null, diagnostics }
      const values = appliedState(fields, wanted, this.outputs(done.stored))
      return { ...this.kept(values, done.stored), diagnostics }
    } catch (error) {
      return this.failed(error, prior)
    }
  }

  /** What exists stays in the state; a create that is not finished is created again. */
  private failed(error: unknown, prior: State): Outcome {
    if (!(error instanceof PartialFailure)) return { ...prior, diagnostics: [failure(error)] }
    const told = error.stage === 'unprovisioned' ? warning(error.message) : failure(error)
    const left = { id: error.id, inputs: error.inputs, outputs: error.outputs }
    const notices = error.notices.map(warning)
    return { ...this.kept(this.outputs(left), left), diagnostics: [...notices, told] }
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
    const { fields } = this.type
    return isWire(values) ? toTerraform(fields, fromTerraform(fields, values)) : null
  }

  private given(config: unknown): Wire {
    return inCore(this.type, fromTerraform(this.type.fields, config as Wire))
  }

  private stored({ values, private: kept }: State): Stored | undefined {
    if (!isWire(values)) return undefined
    const outputs = inCore(this.type, fromTerraform(this.type.fields, values))
    const { definition } = this.type
    const inputs = givenAmong(outputs, fromBytes(kept))
    return { id: String(outputs[definition.id]), inputs, outputs }
  }

  /** There is no name for a resource here, so what it is made of tells it from others. */
  private identity(given: Wire): Identity {
    const told = JSON.stringify([this.configured().namespace, this.type.name, sorted(given)])
    return { seed: fingerprint(told, 12), isLate: true }
  }

  private outputs({ outputs }: Stored): Wire {
    return inTerraform(this.type, outputs)
  }

  private kept(values: Wire, { inputs }: Stored): State {
    return { values: toTerraform(this.type.fields, values), private: toBytes(keptOf(inputs)) }
  }
}

const isId = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

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
