import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  actionsIn,
  diagnosticsIn,
  readTerraform,
  readTerraformState,
  terraformAddresses,
  type Pass,
  type Plan,
} from '../../review'
import type { Engine, EngineOptions, Previewed, State } from './engine'
import { ask, show, type Ended } from './process'
import { workspaceLabel } from './workspace'

const nothing: Ended = { code: 0, stdout: '', isInterrupted: false }

/** A plan of nothing, for one that could not be made. */
const empty = '{"format_version":"1.2","resource_changes":[],"errored":true}'

/**
 * Deploys with `terraform` or `tofu`. What is applied is a plan file: the one that was looked at, or,
 * where something was deployed before it, one that does nothing else.
 */
export class TerraformEngine implements Engine {
  private readonly folder = mkdtempSync(join(tmpdir(), 'seam-iac-'))
  private planned: ReadonlyMap<string, string> = new Map()
  private hasChanged = false

  constructor(
    private readonly name: 'terraform' | 'tofu',
    private readonly options: EngineOptions,
  ) {
    // A plan may hold what is nobody's business.
    process.on('exit', () => rmSync(this.folder, { recursive: true, force: true }))
  }

  async preview(): Promise<Previewed> {
    const { ended, text } = await this.plan('reviewed')
    this.planned = actionsIn(text)
    return this.previewed(ended, text, false)
  }

  async drift(): Promise<Previewed> {
    const { ended, text } = await this.plan('drift', '-refresh-only')
    return this.previewed(ended, text, true)
  }

  /**
   * A plan to destroy takes along what hangs on its targets, and a plan without that what they hang on;
   * the first one that does nothing beside the reviewed plan is applied.
   */
  async deployFirst(pass: Pass, addresses: readonly string[]): Promise<Ended> {
    const targets = addresses.map((address) => `-target=${address}`)
    const ways = pass === 'deletions' ? [['-destroy', ...targets], targets] : [targets]
    let other: string[] = []
    for (const way of ways) {
      const { ended, text } = await this.plan(pass, ...way)
      if (ended.code !== 0) return ended
      other = this.otherThanPlanned(text)
      if (other.length > 0) continue
      this.hasChanged = true
      return this.apply(pass)
    }
    console.error(
      `seam-iac: not apart from the rest, because ${this.name} would do more with it: ${other.join(', ')}`,
    )
    return nothing
  }

  async deploy(): Promise<Ended> {
    if (!this.hasChanged) return this.apply('reviewed')
    const { ended, text } = await this.plan('rest')
    if (ended.code !== 0) return ended
    const other = this.otherThanPlanned(text)
    if (other.length === 0) return this.apply('rest')
    console.error(
      `seam-iac: Seam or the configuration has changed since the plan was made, and the rest of it was not deployed. Look again: ${other.join(', ')}`,
    )
    return { ...nothing, code: 1 }
  }

  async state(): Promise<State> {
    const { stdout } = await ask(this.command('show', '-json'))
    return { addresses: terraformAddresses(stdout), objects: readTerraformState(stdout) }
  }

  /** What a plan does that the one that was looked at does not. */
  private otherThanPlanned(text: string): string[] {
    return [...actionsIn(text)]
      .filter(([address, action]) => this.planned.get(address) !== action)
      .map(([address, action]) => `${address} (${action})`)
  }

  private async previewed(
    { code, stdout, isInterrupted }: Ended,
    text: string,
    looksOnly: boolean,
  ) {
    const label = await workspaceLabel(this.options.stack)
    const plan: Plan = { ...readTerraform(text, label, looksOnly), ...diagnosticsIn(stdout) }
    return { plan, isPlanned: code === 0 && !isInterrupted }
  }

  private async plan(name: string, ...args: string[]): Promise<{ ended: Ended; text: string }> {
    const file = `-out=${join(this.folder, name)}`
    const ended = await ask(this.command('plan', '-json', '-input=false', file, ...args))
    if (ended.code !== 0) {
      for (const { message } of diagnosticsIn(ended.stdout).errors) console.error(message)
      return { ended, text: empty }
    }
    const { stdout } = await ask(this.command('show', '-json', join(this.folder, name)))
    return { ended, text: stdout }
  }

  private apply(name: string): Promise<Ended> {
    const colours = process.stdout.isTTY ? [] : ['-no-color']
    return show(this.command('apply', '-input=false', ...colours, join(this.folder, name)))
  }

  private command(...args: string[]) {
    const { stack } = this.options
    const env = { TF_IN_AUTOMATION: 'true', ...(stack !== undefined && { TF_WORKSPACE: stack }) }
    return { command: this.name, args, env }
  }
}
