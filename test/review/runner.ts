import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { parse } from 'yaml'

export interface Step {
  name?: string
  id?: string
  if?: string
  shell?: string
  run?: string
  uses?: string
  with?: Record<string, string>
  env?: Record<string, string>
  'working-directory'?: string
}

interface Action {
  inputs: Record<string, { description: string; default?: string }>
  runs: { using: string; steps: Step[] }
}

export const parsed = <T>(path: string): T => parse(readFileSync(path, 'utf8')) as T

export const action = parsed<Action>('action/action.yml')

/** A command that the action ran. */
export interface Command {
  name: 'pulumi' | 'terraform' | 'tofu' | 'npx'
  arguments: string[]
  folder: string
  /** `GITHUB_TOKEN`, as the command saw it. */
  token: string
}

/** What the fake commands do. */
export interface Behaviour {
  /** Exit codes by command: `pulumi`, a subcommand of seam-iac, or one of another engine (`terraform-plan`). */
  codes?: Record<string, number>
  /** What a review and a search for drift write into their `--output`; nothing when empty. */
  report?: string
}

export interface Outcome {
  code: number
  log: string
  commands: Command[]
  summary: string
  /** The files that the runner's own folder holds in the end. */
  temporary: string
}

// Records how it was called, as data: nothing of it is evaluated again.
const fake = `#!/usr/bin/env bash
set -euo pipefail
name=$(basename "$0")
{
  printf 'command\\0%s\\0%s\\0%s\\0%s\\0' "$name" "$PWD" "\${GITHUB_TOKEN-}" $#
  if (($# > 0)); then printf '%s\\0' "$@"; fi
} >> "$FAKE_LOG"
key=$name
if [[ $name == npx ]]; then key=$3; fi
if [[ $name == terraform || $name == tofu ]]; then key=$name-$1; fi
if [[ $key == *-show ]]; then echo '{"format_version": "1.2"}'; fi
if [[ $name == pulumi ]]; then echo '{"steps": []}'; fi
while (($# > 0)); do
  if [[ $1 == --input ]]; then [[ -s $2 ]]; fi
  if [[ $1 == --output && -s $FAKE_FOLDER/report ]]; then cat "$FAKE_FOLDER/report" > "$2"; fi
  shift
done
if [[ -e $FAKE_FOLDER/code-$key ]]; then exit "$(cat "$FAKE_FOLDER/code-$key")"; fi
`

/** Runs the action as GitHub's runner does, with fakes of the engines and npx. */
export async function runAction(
  t: ExecutionContext,
  given: Record<string, string>,
  { codes = {}, report = '' }: Behaviour = {},
): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'seam-iac action '))
  t.teardown(() => rmSync(folder, { recursive: true }))
  for (const name of ['bin', 'temp', 'checkout/infra app', 'fake']) {
    mkdirSync(join(folder, name), { recursive: true })
  }
  for (const name of ['pulumi', 'terraform', 'tofu', 'npx']) {
    writeFileSync(join(folder, 'bin', name), fake)
    chmodSync(join(folder, 'bin', name), 0o755)
  }
  for (const [name, code] of Object.entries(codes)) {
    writeFileSync(join(folder, 'fake', `code-${name}`), `${code}`)
  }
  writeFileSync(join(folder, 'fake', 'report'), report)
  const runner = new Runner(folder, given)
  for (const step of action.runs.steps) await runner.step(step)
  return runner.outcome()
}

class Runner {
  private code = 0
  private log = ''
  private readonly context: Record<string, string> = { 'github.token': 'ghs_ofTheJob' }

  constructor(
    private readonly folder: string,
    given: Record<string, string>,
  ) {
    for (const name of Object.keys(given)) {
      if (!(name in action.inputs)) throw new Error(`The action has no input ${name}.`)
    }
    for (const [name, { default: value = '' }] of Object.entries(action.inputs)) {
      this.context[`inputs.${name}`] = given[name] ?? this.filled(value)
    }
  }

  /** A value with its expressions filled in: names alone, as the action uses them. */
  private filled(value: string): string {
    return value.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_all, name: string) => {
      const known = this.context[name]
      if (known === undefined) throw new Error(`Nobody sets ${name}.`)
      return known
    })
  }

  /** `a == 'b'`, and as everywhere: not after a failure. */
  private holds(condition: string | undefined): boolean {
    if (this.code !== 0) return false
    if (condition === undefined) return true
    const [, name = '', value] = /^([\w.-]+) == '([^']*)'$/.exec(condition) ?? []
    return this.filled(`\${{ ${name} }}`) === value
  }

  async step(step: Step): Promise<void> {
    if (!this.holds(step.if)) return
    const script = join(this.folder, 'temp', 'script.sh')
    writeFileSync(script, step.run!)
    const env = Object.entries(step.env ?? {}).map(([name, value]) => [name, this.filled(value)])
    const child = spawn('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
      cwd: join(this.folder, 'checkout', this.filled(step['working-directory'] ?? '.')),
      env: { ...this.environment(), ...(Object.fromEntries(env) as Record<string, string>) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => (this.log += chunk.toString()))
    }
    const [code] = (await once(child, 'close')) as [number]
    this.code = code
    rmSync(script)
    this.takeOutputs(step)
  }

  private environment(): Record<string, string> {
    return {
      PATH: [join(this.folder, 'bin'), process.env['PATH']].join(delimiter),
      HOME: this.folder,
      RUNNER_TEMP: join(this.folder, 'temp'),
      GITHUB_OUTPUT: join(this.folder, 'output'),
      GITHUB_STEP_SUMMARY: join(this.folder, 'summary'),
      FAKE_LOG: join(this.folder, 'log'),
      FAKE_FOLDER: join(this.folder, 'fake'),
    }
  }

  private takeOutputs({ id }: Step): void {
    for (const line of this.read('output').split('\n').filter(Boolean)) {
      const [name = '', ...value] = line.split('=')
      this.context[`steps.${id}.outputs.${name}`] = value.join('=')
    }
  }

  private read(name: string): string {
    const path = join(this.folder, name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  outcome(): Outcome {
    return {
      code: this.code,
      log: this.log,
      commands: commandsOf(this.read('log')),
      summary: this.read('summary'),
      temporary: join(this.folder, 'temp'),
    }
  }
}

function commandsOf(log: string): Command[] {
  const parts = log.split('\0').slice(0, -1)
  const commands: Command[] = []
  while (parts.length > 0) {
    const [, name = '', folder = '', token = '', count = '0'] = parts.splice(0, 5)
    commands.push({
      name: name as Command['name'],
      folder,
      token,
      arguments: parts.splice(0, Number(count)),
    })
  }
  return commands
}
