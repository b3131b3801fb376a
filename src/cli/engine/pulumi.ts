import { addressesIn, readPulumi, readState, type Pass } from '../../review'
import type { Engine, EngineOptions, Previewed, State } from './engine'
import { ask, show, type Ended } from './process'

/** Deploys with `pulumi`. */
export class PulumiEngine implements Engine {
  constructor(private readonly options: EngineOptions) {}

  async preview(): Promise<Previewed> {
    const { code, stdout, isInterrupted } = await ask(
      this.command('preview', '--json', '--show-sames', ...this.looking()),
    )
    return { plan: readPulumi(stdout), isPlanned: code === 0 && !isInterrupted }
  }

  async drift(): Promise<Previewed> {
    const { code, stdout } = await ask(this.command('refresh', '--preview-only', '--json'))
    return { plan: readPulumi(stdout, undefined, true), isPlanned: code === 0 }
  }

  deployFirst(_pass: Pass, addresses: readonly string[]): Promise<Ended> {
    const targets = addresses.flatMap((address) => ['--target', address])
    return show(this.applying('--continue-on-error', ...targets))
  }

  deploy(): Promise<Ended> {
    return show(this.applying())
  }

  async state(): Promise<State> {
    const { stdout } = await ask(this.command('stack', 'export'))
    return { addresses: addressesIn(stdout), objects: readState(stdout) }
  }

  private looking() {
    return this.options.refresh ? ['--refresh'] : []
  }

  private applying(...args: string[]) {
    return this.command('up', '--yes', '--skip-preview', ...this.looking(), ...args)
  }

  private command(...args: string[]) {
    const { stack } = this.options
    const which = stack === undefined ? [] : ['--stack', stack]
    return { command: 'pulumi', args: [...args, '--non-interactive', ...which] }
  }
}
