import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExecutionContext } from 'ava'
import { startSandbox, type Sandbox } from '../../../src/sandbox'
import { seamIac } from '../../fixtures/cli'
import { pulumiStack, type PulumiStack } from '../../fixtures/pulumi'
import { brokenReports } from './broken'
import { buildingOf, type Building } from './building'
import { differences, type Report } from './compare'
import { begin, edit } from './edits'
import { changeForeign, changeManaged, type Held } from './hands'
import type { Scene } from './parts'
import { changesOf, program, type Policy } from './program'
import { Random } from './random'
import { Asker, walk, type Walk } from './walk'

// A folder that keeps what was judged wrong, with the plan and the state, to look at afterwards.
const kept = process.env['DOORS_KEEP']

// The state is written once a run; nothing here is killed.
const speed = { PULUMI_EXPERIMENTAL: 'true', PULUMI_SKIP_CHECKPOINTS: 'true' }

/** A building, its policy, and the real command lines. */
class Life {
  /** What was told wrong, and what was not told. */
  readonly faults: string[] = []
  /** How many reports with something wrong in them were judged besides. */
  broken = 0
  edits = 0
  skipped = 0
  private policy: Policy = {}
  private numbers = 0
  private plan: unknown
  private state: unknown

  private constructor(
    private readonly t: ExecutionContext,
    private readonly random: Random,
    private readonly building: Building,
    private readonly sandbox: Sandbox,
    private readonly stack: PulumiStack,
    private readonly asker: Asker,
  ) {}

  static async begin(t: ExecutionContext, random: Random): Promise<Life> {
    const building = buildingOf(random)
    const sandbox = await startSandbox({ seed: building.seed })
    t.teardown(() => sandbox.stop())
    const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey, ...speed }
    const stack = await pulumiStack(t, { program, env })
    const life = new Life(t, random, building, sandbox, stack, new Asker(sandbox))
    const scene = await life.scene()
    begin(scene)
    await life.write(scene.policy)
    await stack.up()
    life.policy = scene.policy
    return life
  }

  /** Somebody edits the policy; it is reviewed, and deployed. */
  async edit(): Promise<void> {
    this.edits += 1
    if (this.random.chance(0.35)) {
      const what = await changeForeign(await this.hand())
      this.t.log(`by hand: ${what}`)
    }
    const scene = await this.scene()
    const what = edit(scene)
    await this.write(scene.policy)
    const told = await this.reviewed().catch((error: unknown) => this.skip(what, error))
    if (!told) return this.write(this.policy)
    try {
      await this.stack.up()
    } catch (error) {
      this.skip(what, error)
      await this.write(this.policy)
      await this.stack.up('--refresh')
      return
    }
    const isRight = await this.judge(what, told, scene.walk, await walk(this.asker))
    if (!isRight) for (const line of changesOf(this.policy, scene.policy)) this.t.log(line)
    this.policy = scene.policy
  }

  /** Somebody changes what the program manages; it is looked for, and set right. */
  async drift(): Promise<void> {
    // What others have changed since is drift as well, and told already or to be told another time.
    await this.stack.up('--refresh')
    const now = await walk(this.asker)
    await this.judge('nothing by hand', await this.drifted(), now, now)
    const hand = await this.hand()
    const what = await changeManaged(hand)
    const told = await this.drifted()
    await this.judge(`by hand: ${what}`, told, hand.walk, await walk(this.asker))
    await this.stack.up('--refresh')
  }

  private skip(what: string, error: unknown): undefined {
    this.skipped += 1
    this.t.log(`skipped: ${what}: ${reasonOf(error)}`)
    return undefined
  }

  private async judge(what: string, told: Report, before: Walk, after: Walk): Promise<boolean> {
    const found = differences(told, before, after)
    this.t.log(`${found.length === 0 ? 'right' : 'WRONG'}: ${what}: ${told.headline}`)
    this.faults.push(...found.map((one) => `${what}: ${one}`))
    if (found.length > 0) await this.keep({ what, found, told, before, after })
    if (found.length === 0) {
      // A judge who would let other reports pass as well has judged nothing.
      for (const [how, broken] of brokenReports(told)) {
        this.broken += 1
        if (differences(broken, before, after).length === 0) {
          this.faults.push(`${what}: nobody notices ${how}`)
        }
      }
    }
    return found.length === 0
  }

  private async keep(judged: object): Promise<void> {
    if (!kept) return
    const { plan, state } = this
    const name = `${this.random.seed}-${this.faults.length}.json`
    await mkdir(kept, { recursive: true })
    await writeFile(join(kept, name), JSON.stringify({ ...judged, plan, state }, null, 1))
  }

  private async reviewed(): Promise<Report> {
    const { stdout } = await this.stack.preview('--json', '--show-sames')
    this.plan = JSON.parse(stdout) as unknown
    this.state = JSON.parse(await this.stack.stateText()) as unknown
    return this.report(['review'], stdout)
  }

  private async drifted(): Promise<Report> {
    this.plan = undefined
    this.state = JSON.parse(await this.stack.stateText()) as unknown
    return this.report(['drift', '--stack', 'test'])
  }

  private async report(args: string[], stdin?: string): Promise<Report> {
    const { folder: cwd, env } = this.stack
    const options = { cwd, env, ...(stdin !== undefined && { stdin }) }
    const { stdout, stderr } = await seamIac([...args, '--format', 'json'], options)
    if (stdout === '') throw new Error(`error: no report: ${stderr}`)
    return JSON.parse(stdout) as Report
  }

  private write(policy: Policy): Promise<void> {
    return writeFile(join(this.stack.folder, 'policy.json'), JSON.stringify(policy, null, 2))
  }

  private async scene(): Promise<Scene> {
    const held = await this.held()
    return {
      policy: structuredClone(this.policy),
      building: this.building,
      walk: await walk(this.asker),
      ids: new Map(held.map(({ name, id }) => [name, id])),
      random: this.random,
      next: () => (this.numbers += 1),
    }
  }

  private async hand() {
    const { asker, sandbox, building, random } = this
    return { asker, sandbox, building, random, walk: await walk(asker), held: await this.held() }
  }

  /** What the state says is deployed. */
  private async held(): Promise<(Held & { name: string })[]> {
    const { checkpoint } = JSON.parse(await this.stack.stateText()) as State
    const held = (checkpoint.latest?.resources ?? []).flatMap(({ urn, type, id, inputs = {} }) => {
      if (id === undefined || !type.includes('/seam:')) return []
      return [{ type: type.split(':').at(-1)!, name: urn.split('::').at(-1)!, id, inputs }]
    })
    // The engine works side by side, so the order differs from run to run.
    return held.sort((one, other) => (one.name < other.name ? -1 : 1))
  }
}

interface State {
  checkpoint: {
    latest?: {
      resources?: { urn: string; type: string; id?: string; inputs?: Record<string, unknown> }[]
    }
  }
}

/** What of the output of a command says why it failed. */
function reasonOf(error: unknown): string {
  const lines = String(error).split('\n')
  const found = lines.flatMap((line, at) =>
    /^ +error: /.test(line) ? lines.slice(at, at + 2) : [],
  )
  return (found.length > 0 ? found.join(' ') : String(error)).slice(0, 500)
}

/** How long a life is. */
interface Length {
  readonly edits: number
  readonly drifts: number
}

/** Edits, and changes by hand between them. */
async function live(life: Life, { edits, drifts }: Length): Promise<void> {
  let searched = 0
  for (let number = 1; number <= edits; number += 1) {
    await life.edit()
    for (; searched < Math.floor((number * drifts) / edits); searched += 1) await life.drift()
  }
  for (; searched < drifts; searched += 1) await life.drift()
}

/** Lives a random life: whatever is told of it must be what happens. */
export async function lived(t: ExecutionContext, seed: number, length: Length): Promise<void> {
  const { edits, drifts } = length
  // Each edit is three runs of command lines, each search for drift is two, of some seconds each.
  t.timeout(90_000 * (edits + drifts + 3))
  t.log(`DOORS_SEED=${seed} DOORS_EDITS=${edits} DOORS_DRIFTS=${drifts}`)
  const life = await Life.begin(t, new Random(seed))
  await live(life, length).catch((error: unknown) => {
    life.faults.push(`the life ended early: ${reasonOf(error)}`)
  })
  t.log(`${life.broken} broken reports were judged as well`)
  t.deepEqual(life.faults, [])
  t.true(life.skipped * 3 <= life.edits, `${life.skipped} of ${life.edits} could not be deployed`)
}
