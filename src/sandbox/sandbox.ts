import type { Context } from './context'
import { settleDue } from './behaviour/settlement'
import { createApp } from './http/app'
import type { FaultSpec } from './http/fault-spec'
import { Faults, type Fault } from './http/faults'
import { RateLimit } from './http/rate-limit'
import { RequestLog, type LoggedRequest } from './http/requests'
import { listen, type RunningServer } from './http/server'
import { mustFit, settingsOf, type SandboxOptions, type Settings } from './options'
import { loadSeed } from './seeds'
import { DataFile } from './store/data-file'
import { Store, type Snapshot } from './store/store'

/** A local Seam that answers until it is stopped. */
export class Sandbox {
  private readonly held = new Store()
  private readonly log = new RequestLog()
  private readonly faultPlan: Faults
  private readonly settings: Settings
  private readonly data: DataFile | undefined
  private server: RunningServer | undefined

  /** @internal Use {@link startSandbox}. */
  constructor(private readonly options: SandboxOptions) {
    mustFit(options)
    this.settings = settingsOf(options)
    this.faultPlan = new Faults(this.held, options.randomSeed)
    const { dataFile, seed = 'office' } = options
    this.data = dataFile ? new DataFile(dataFile) : undefined
    try {
      const kept = this.data?.read()
      this.load(kept?.snapshot ?? loadSeed(seed))
      for (const change of kept?.changes ?? []) this.held.apply(change)
    } catch (error) {
      this.data?.release()
      throw error
    }
    this.data?.keep(this.held)
  }

  /** The address to use in place of Seam's, such as `http://127.0.0.1:40123`. */
  get endpoint(): string {
    return this.server?.endpoint ?? ''
  }

  get apiKey(): string {
    return this.held.apiKey
  }

  /** A personal access token; calls with it need the header `seam-workspace` as well. */
  get personalAccessToken(): string {
    return this.held.personalAccessToken
  }

  get workspaceId(): string {
    return this.held.workspace.workspace_id
  }

  /** What the sandbox holds now. A change made here is one behind the API's back. */
  get store(): Store {
    settleDue(this.context())
    return this.held
  }

  /** Carries out now what is still pending, however long it would take. */
  settle(): void {
    settleDue(this.context(), Infinity)
  }

  /** The calls so far, oldest first, without those of the control API. */
  get requests(): readonly LoggedRequest[] {
    return this.log.entries
  }

  clearRequests(): void {
    this.log.clear()
  }

  /** The faults in force. */
  get faults(): readonly Fault[] {
    return this.faultPlan.entries
  }

  /** Makes calls of a path fail or wait. */
  fault(spec: FaultSpec): Fault {
    return this.faultPlan.add(spec)
  }

  clearFaults(): void {
    this.faultPlan.clear()
  }

  /** Starts over with a seed: its workspace and key, no requests, no faults. */
  async reseed(seed: NonNullable<SandboxOptions['seed']>): Promise<void> {
    const snapshot = loadSeed(seed)
    this.log.clear()
    this.faultPlan.clear()
    this.load(snapshot)
    this.data?.replaced()
    await this.data?.flush()
  }

  /** @internal */
  async start(): Promise<this> {
    const { latencyMs = 0, requestsPerSecond: limit, port = 0 } = this.options
    const app = createApp({
      store: this.held,
      requests: this.log,
      faults: this.faultPlan,
      latencyMs,
      rateLimit: limit === undefined ? undefined : new RateLimit(limit),
      context: () => this.context(),
      settle: (all) => settleDue(this.context(), all ? Infinity : Date.now()),
      flush: async () => this.data?.flush(),
      reseed: async (name) => {
        await this.reseed(name)
        return { endpoint: this.endpoint, apiKey: this.apiKey, workspaceId: this.workspaceId }
      },
    })
    try {
      await this.data?.flush()
      this.server = await listen(app, port)
    } catch (error) {
      await this.data?.close()
      throw error
    }
    return this
  }

  /** Cuts all connections and frees the port. */
  async stop(): Promise<void> {
    await this.server?.stop()
    await this.data?.close()
  }

  private load(snapshot: Snapshot): void {
    const { apiKey } = this.options
    this.held.load(apiKey === undefined ? snapshot : { ...snapshot, api_key: apiKey })
  }

  private context(): Context {
    return {
      store: this.held,
      settings: this.settings,
      endpoint: this.endpoint,
      failureOf: (collection) => this.faultPlan.failureOf(collection),
    }
  }
}
