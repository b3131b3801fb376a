import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { report } from '../../src/review'
import type { Sandbox } from '../../src/sandbox'
import { sandboxFor } from '../fixtures/building'
import { seamIac } from '../fixtures/cli'
import { pulumiStack, type PulumiStack } from '../fixtures/pulumi'
import { differences } from './doors/compare'
import { edit, firstPolicy, type Counter } from './doors/edits'
import { changeByHand } from './doors/hands'
import { building, program, type Policy } from './doors/program'
import { Random } from './doors/random'
import { walk } from './doors/walk'

type Report = ReturnType<typeof report>

const numberOf = (name: string, otherwise: number) => Number(process.env[name] ?? otherwise)

// What a person waits for is one life that is always the same; `npm run test:soak` looks further.
const seed = numberOf('DOORS_SEED', 13)
const edits = numberOf('DOORS_EDITS', 6)
const drifts = numberOf('DOORS_DRIFTS', 3)

/** A building, its policy, and the real CLI. */
class Life {
  readonly problems: string[] = []
  private constructor(
    private readonly t: ExecutionContext,
    readonly sandbox: Sandbox,
    readonly stack: PulumiStack,
    public policy: Policy,
  ) {}

  static async begin(t: ExecutionContext, policy: Policy): Promise<Life> {
    const sandbox = await sandboxFor(t, { seed: building() })
    const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
    const stack = await pulumiStack(t, { program, env, deadline: 240_000 })
    const life = new Life(t, sandbox, stack, policy)
    await life.write(policy)
    await stack.up()
    return life
  }

  write(policy: Policy): Promise<void> {
    return writeFile(join(this.stack.folder, 'policy.json'), JSON.stringify(policy, null, 1))
  }

  walk = () => walk(structuredClone(this.sandbox.store.snapshot()), Date.now())

  async told(command: 'review' | 'drift', stdin?: string): Promise<Report> {
    const args = [command, '--format', 'json', ...(command === 'drift' ? ['--stack', 'test'] : [])]
    const { stdout, stderr } = await seamIac(args, {
      cwd: this.stack.folder,
      env: this.stack.env,
      ...(stdin !== undefined && { stdin }),
    })
    if (stdout === '') throw new Error(stderr)
    return JSON.parse(stdout) as Report
  }

  /** Whether an edit could be deployed; then it was reviewed, and judged. */
  async edit(what: string, policy: Policy): Promise<boolean> {
    await this.write(policy)
    try {
      const { stdout } = await this.stack.preview('--json', '--show-sames')
      const told = await this.told('review', stdout)
      const before = this.walk()
      await this.stack.up()
      this.policy = policy
      this.judge(what, differences(told, before, this.walk()), stdout)
      return true
    } catch (error) {
      this.t.log(`skipped: ${what}: ${reasonOf(error)}`)
      await this.write(this.policy)
      await this.stack.refresh()
      await this.stack.up()
      return false
    }
  }

  async drift(random: Random): Promise<void> {
    const calm = await this.told('drift')
    const now = this.walk()
    this.judge('before anything is changed', differences(calm, now, now))
    this.problems.push(...(calm.headline === 'no drift' ? [] : [`cries wolf: ${calm.headline}`]))
    const what = await changeByHand(this.sandbox, await this.stack.exportState(), random)
    if (what === undefined) return
    this.judge(`by hand: ${what}`, differences(await this.told('drift'), now, this.walk()))
    await this.stack.refresh()
    await this.stack.up()
  }

  private judge(what: string, found: readonly string[], _plan?: string): void {
    this.t.log(`${found.length === 0 ? 'right' : 'WRONG'}: ${what}`)
    this.problems.push(...found.map((one) => `${what}: ${one}`))
  }
}

const reasonOf = (error: unknown) =>
  (/error: [^]*?(?=\n\n|$)/.exec(String(error))?.[0] ?? String(error)).slice(0, 300)

test(`Doors: what a review tells is what happens, and drift is told (seed ${seed})`, async (t) => {
  // Each edit is two runs of the engine and one of the CLI, each drift five.
  t.timeout(60_000 * (edits + drifts + 2))
  const random = new Random(seed)
  const counter: Counter = { next: 1 }
  const life = await Life.begin(t, firstPolicy(random, counter))
  let skipped = 0
  for (let number = 0; number < edits; number += 1) {
    const { policy, what } = edit(life.policy, random, counter)
    const isDone = await life.edit(what, policy)
    if (!isDone) skipped += 1
  }
  for (let number = 0; number < drifts; number += 1) await life.drift(random)
  t.deepEqual(life.problems, [])
  t.true(skipped <= Math.max(1, edits / 3), `${skipped} of ${edits} edits could not be deployed`)
})
