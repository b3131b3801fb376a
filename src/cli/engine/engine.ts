import { readdir } from 'node:fs/promises'
import { Option, type Command } from 'commander'
import type { Kept, Pass, Plan } from '../../review'
import type { Ended } from './process'

/** What an engine would do, and whether it could say all of it. */
export interface Previewed {
  readonly plan: Plan
  readonly isPlanned: boolean
}

/** What an engine has in its state. */
export interface State {
  readonly addresses: ReadonlySet<string>
  readonly objects: readonly Kept[]
}

/** What runs a program: Pulumi, Terraform or OpenTofu. */
export interface Engine {
  preview(): Promise<Previewed>
  /** What has changed in Seam behind the program's back. */
  drift(): Promise<Previewed>
  /** Deploys only these resources, before the rest. */
  deployFirst(pass: Pass, targets: readonly string[]): Promise<Ended>
  deploy(): Promise<Ended>
  state(): Promise<State>
}

export const engineNames = ['pulumi', 'terraform', 'tofu'] as const

export interface EngineOptions {
  readonly engine?: (typeof engineNames)[number]
  readonly stack?: string
  /** Looks at Seam first; Terraform always does. */
  readonly refresh?: boolean
}

export const withEngine = (command: Command): Command =>
  command
    .addOption(
      new Option('--engine <engine>', 'what runs the program; by its files when left out').choices(
        engineNames,
      ),
    )
    .option(
      '--stack <name>',
      'the stack of Pulumi or workspace of Terraform, if not the selected one',
    )

const isTerraform = (file: string) => /\.(tf|tofu)(\.json)?$/.test(file)

/** The engine that the options name, or whose files are in the folder. */
export async function engineFor(options: EngineOptions): Promise<Engine> {
  const name = options.engine ?? (await guessed())
  if (name === 'pulumi') return new (await import('./pulumi.js')).PulumiEngine(options)
  return new (await import('./terraform.js')).TerraformEngine(name, options)
}

async function guessed(): Promise<(typeof engineNames)[number]> {
  const files = await readdir(process.cwd())
  if (files.some((file) => /^Pulumi\.ya?ml$/.test(file)) || !files.some(isTerraform)) {
    return 'pulumi'
  }
  return files.some((file) => /\.tofu(\.json)?$/.test(file)) ? 'tofu' : 'terraform'
}
