import type { Provided, ProviderFailure } from '../behaviour/provided'
import { Replica } from '../store/replica'
import type { Store } from '../store/store'
import type { FaultSpec } from './fault-spec'
import { randomFrom, type Random } from './random'

/** A fault in force. */
export interface Fault extends FaultSpec {
  /** How often it has fired. */
  fired: number
}

/** What is to happen to one call. */
export interface FaultPlan {
  delayMs: number
  slowBodyMs: number
  /** The first fault that ends the call. */
  ending?: Fault
  contentType?: string
  unknownFields: boolean
  /** What the call reads in place of the store. */
  stale?: Replica
}

interface Held {
  readonly fault: Fault
  /** Of its own, so that its draws do not depend on those of other faults. */
  readonly random: Random
  readonly replica?: Replica
}

/** The faults in force. They apply in the order in which they were added, and stack. */
export class Faults {
  private held: Held[] = []

  constructor(
    private readonly store: Store,
    private readonly randomSeed?: number,
  ) {}

  get entries(): readonly Fault[] {
    return this.held.map(({ fault }) => fault)
  }

  add(spec: FaultSpec): Fault {
    const fault = { ...spec, fired: 0 }
    const random =
      this.randomSeed === undefined ? Math.random : randomFrom(this.randomSeed, this.held.length)
    const replica = spec.kind === 'stale' ? new Replica(this.store, spec.ms ?? 1000) : undefined
    this.held.push({ fault, random, ...(replica && { replica }) })
    return fault
  }

  clear(): void {
    for (const { replica } of this.held) replica?.close()
    this.held = []
  }

  /** Decides what happens to a call: all that adds up, and the first fault that ends it. */
  plan(path: string, reads: boolean): FaultPlan {
    const plan: FaultPlan = { delayMs: 0, slowBodyMs: 0, unknownFields: false }
    for (const held of this.held) {
      const { kind, path: wanted = '*' } = held.fault
      if (wanted !== '*' && wanted !== path) continue
      if (kind === 'provider-failure' || (kind === 'stale' && !reads)) continue
      if ((plan.ending && ends(kind)) || !fires(held)) continue
      apply(held, plan)
    }
    return plan
  }

  /** Decides whether the provider fails to make an object that is made now. */
  failureOf(collection: Provided): ProviderFailure | undefined {
    const met = this.held.find(
      (held) =>
        held.fault.kind === 'provider-failure' &&
        (held.fault.collection ?? 'access_grants') === collection &&
        fires(held),
    )
    return met?.fault
  }
}

const ends = (kind: Fault['kind']): boolean =>
  kind === 'status' || kind.startsWith('reset-') || kind === 'truncated-body'

/** Draws whether a fault that applies is met, and counts it. */
function fires({ fault, random }: Held): boolean {
  const { fired, times = Infinity, probability = 1 } = fault
  if (fired >= times || (probability < 1 && random() >= probability)) return false
  fault.fired++
  return true
}

function apply({ fault, random, replica }: Held, plan: FaultPlan): void {
  const { kind } = fault
  if (kind === 'latency') plan.delayMs += delayOf(fault, random)
  else if (kind === 'slow-body') plan.slowBodyMs += delayOf(fault, random)
  else if (kind === 'wrong-type') plan.contentType = fault.contentType ?? 'text/html'
  else if (kind === 'unknown-fields') plan.unknownFields = true
  else if (replica) plan.stale ??= replica
  else plan.ending = fault
}

function delayOf({ ms, maxMs }: Fault, random: Random): number {
  if (maxMs === undefined) return ms ?? 1000
  const least = ms ?? 0
  return least + random() * Math.max(0, maxMs - least)
}
