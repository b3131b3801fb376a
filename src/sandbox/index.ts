import type { SandboxOptions } from './options'
import { Sandbox } from './sandbox'

export { Sandbox } from './sandbox'
export { buildingSeed, type BuildingSize } from './seeds/building'
export { buildingIds, buildingKeys } from './seeds/building-ids'
export { officeIds } from './seeds/office-ids'
export { Store } from './store/store'
export type { SandboxOptions } from './options'
export type { FaultSpec } from './http/fault-spec'
export type { Fault } from './http/faults'
export type { LoggedRequest } from './http/requests'
export type { SeedData } from './seeds/complete'
export type { Collection, Changes } from './store/collection'
export type * from './store/collections'
export type { CollectionName, Snapshot } from './store/store'

/**
 * Starts a local Seam on 127.0.0.1: the calls of the API that the documents describe, with its
 * envelopes, errors, keys, pages and cascades, over a workspace of its own.
 *
 * ```ts
 * const sandbox = await startSandbox({ seed: 'office' })
 * // Point a client at sandbox.endpoint with sandbox.apiKey …
 * await sandbox.stop()
 * ```
 *
 * @throws where the port is taken, or a seed or data file cannot be read.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  return new Sandbox(options).start()
}
