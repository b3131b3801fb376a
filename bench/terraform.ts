// This package’s provider of Terraform and one for any API that speaks REST, which is written in Go,
// through the real CLI: the same grants, buildings of one kind, one after the other.
import { medians, timed, type Comparison, type Figures } from './figures'
import { ProviderMemory } from './memory'
import { owning } from './owning'
import { prepare, sides, type Folder, type Side } from './terraform-sides'

/** How many resources the engine works on at once; its own default. */
const parallelism = 10

const steps = ['create', 'plan', 'update', 'destroy'] as const
type Step = (typeof steps)[number]
type Round = Record<Step, Figures>

const atOnce = `-parallelism=${parallelism}`

const commands: Record<Step, (folder: Folder) => Promise<unknown>> = {
  create: ({ run }) => run('apply', '-auto-approve', atOnce),
  // Ends with 2 where there is something to change.
  plan: ({ run }) => run('plan', '-detailed-exitcode', atOnce),
  update: ({ run }) => run('apply', '-auto-approve', atOnce),
  destroy: ({ run }) => run('destroy', '-auto-approve', atOnce),
}

async function run(step: Step, folder: Folder): Promise<Figures> {
  const { building } = folder
  if (step === 'update') await folder.write(' (edited)')
  await building.clearRequests()
  const memory = new ProviderMemory(/\/terraform-provider-/)
  const seconds = await timed(() => commands[step](folder))
  const memoryMiB = memory.end()
  const requests = await building.requests()
  const failed = requests.filter(({ status }) => status !== 200)
  if (failed.length > 0) throw new Error(`${step}: ${JSON.stringify(failed.slice(0, 3))}`)
  return { seconds, calls: requests.length, stateBytes: folder.stateBytes(), memoryMiB }
}

/** One life of both configurations, step by step in turn: what else the machine does changes by the minute. */
function round(size: number, latencyMs: number): Promise<Record<Side, Round>> {
  return owning(async (owner) => {
    const folders = {
      ours: await prepare(owner, 'ours', size, latencyMs),
      restapi: await prepare(owner, 'restapi', size, latencyMs),
    }
    const figures: Record<Side, Partial<Round>> = { ours: {}, restapi: {} }
    for (const step of steps) {
      for (const side of sides) {
        const one = await run(step, folders[side])
        figures[side][step] = one
        console.error(`terraform ${side} ${size}: ${step} took ${one.seconds.toFixed(1)} s`)
      }
    }
    return figures as Record<Side, Round>
  })
}

/** Compares the two, for so many grants. */
export async function compareTerraform(
  size: number,
  rounds: number,
  latencyMs: number,
): Promise<Comparison[]> {
  const all: Array<Record<Side, Round>> = []
  for (let turn = 0; turn < rounds; turn += 1) all.push(await round(size, latencyMs))
  return steps.map((step) => ({
    section: 'terraform',
    size,
    step,
    ours: medians(all.map(({ ours }) => ours[step])),
    other: medians(all.map(({ restapi }) => restapi[step])),
  }))
}
