import type { Recorded } from './sides'

// What `pulumi preview --json` and a state say, as far as it matters here.

export interface State extends Recorded {
  urn: string
  type: string
  id?: string
  parent?: string
  dependencies?: string[]
  propertyDependencies?: Record<string, string[]>
  deletedWith?: string
  pendingReplacement?: boolean
  retainOnDelete?: boolean
  /** An object that an earlier deployment has replaced and not deleted yet. */
  delete?: boolean
}

export interface Step {
  op: string
  urn: string
  oldState?: State
  newState?: State
  diffReasons?: string[]
  replaceReasons?: string[]
}

export interface Digest {
  steps?: Step[]
  diagnostics?: { urn?: string; message: string; severity: string }[]
  changeSummary?: Record<string, number>
}
