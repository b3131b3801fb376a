import { Seam, SeamIacError, resolveSettings, type SeamSettings } from '../seam'
import { Facts } from './facts'

/** One process's connection to Seam, made when first needed: checking and diffing need none. */
export class Session {
  readonly facts: Facts
  private settings: SeamSettings = {}
  private client: Seam | undefined
  private workspace: Promise<string> | undefined

  /** @param stillness how long no plan must have come for the planning to count as over, in ms. */
  constructor(stillness?: number) {
    this.facts = new Facts(stillness)
  }

  configure(settings: SeamSettings): void {
    this.settings = settings
  }

  get seam(): Seam {
    this.client ??= new Seam(resolveSettings(this.settings))
    return this.client
  }

  /** Ends what waits: for Seam to answer, or for a door to know. */
  stop(): void {
    if (this.client) this.client.isStopped = true
  }

  /** The workspace that the credentials are for. */
  workspaceId(): Promise<string> {
    this.workspace ??= this.seam
      .read<{ workspace_id: string }>('/workspaces/get', {}, 'workspace')
      .then(({ workspace_id: id }) => id)
    return this.workspace.catch((error: unknown) => {
      this.workspace = undefined
      throw error
    })
  }

  /**
   * A key of another workspace finds nothing there. Before "not found" may mean "gone", the
   * workspace is compared with the one in state.
   */
  async assertWorkspace(expected: unknown): Promise<void> {
    if (typeof expected !== 'string') return
    const actual = await this.workspaceId()
    if (actual === expected) return
    throw new SeamIacError(
      `The credentials are for workspace ${actual}, but the state is of workspace ${expected}.\nUse the API key of ${expected}; nothing was changed.`,
    )
  }
}
