// This package and a provider written as usual, through the real CLI: the same grants, the same
// building, one after the other.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pulumiStack, type Owner, type PulumiStack } from '../test/fixtures/pulumi'
import { medians, timed, type Comparison, type Figures } from './figures'
import { ProviderMemory } from './memory'
import { owning } from './owning'
import { contenders, grantOf, programs, spaces, type Contender } from './programs'
import { startBuilding, type Building } from './sandbox'

export const steps = ['create', 'preview', 'refresh', 'update', 'destroy'] as const
type Step = (typeof steps)[number]
type Round = Record<Step, Figures>

/** From so many resources on, writing the whole state at every step is most of what Pulumi does. */
const many = 1000

/** Keeps Pulumi from writing its state at every step; it is written at the end of a command. */
export const withoutCheckpoints = (size: number): Record<string, string> =>
  size < many ? {} : { PULUMI_EXPERIMENTAL: 'true', PULUMI_SKIP_CHECKPOINTS: 'true' }

const deadline = 15 * 60_000

const commands: Record<Step, (stack: PulumiStack) => Promise<unknown>> = {
  create: (stack) => stack.up(),
  preview: (stack) => stack.preview('--expect-no-changes'),
  refresh: (stack) => stack.refresh(),
  update: (stack) => stack.up({ env: { EDITED: 'yes' } }),
  destroy: (stack) => stack.destroy(),
}

async function run(step: Step, stack: PulumiStack, building: Building): Promise<Figures> {
  await building.clearRequests()
  const memory = new ProviderMemory()
  const seconds = await timed(() => commands[step](stack))
  const memoryMiB = memory.end()
  const { length: calls } = await building.requests()
  const stateBytes = Buffer.byteLength(await stack.stateText())
  return { seconds, calls, stateBytes, memoryMiB }
}

interface Side {
  stack: PulumiStack
  building: Building
}

async function prepare(
  owner: Owner,
  contender: Contender,
  size: number,
  latencyMs: number,
): Promise<Side> {
  const building = await startBuilding({ people: size, grants: 0, spaces, latencyMs })
  owner.teardown(() => building.stop())
  const stack = await pulumiStack(owner, {
    program: programs[contender],
    deadline,
    env: {
      SEAM_ENDPOINT: building.endpoint,
      SEAM_API_KEY: building.apiKey,
      ...withoutCheckpoints(size),
    },
  })
  const grants = Array.from({ length: size }, (_, index) => grantOf(index + 1))
  await writeFile(join(stack.folder, 'grants.json'), JSON.stringify(grants))
  return { stack, building }
}

/** One life of both stacks, step by step in turn: what else the machine does changes by the minute. */
function round(size: number, latencyMs: number): Promise<Record<Contender, Round>> {
  return owning(async (owner) => {
    const sides = {
      ours: await prepare(owner, 'ours', size, latencyMs),
      usual: await prepare(owner, 'usual', size, latencyMs),
    }
    const figures: Record<Contender, Partial<Round>> = { ours: {}, usual: {} }
    for (const step of steps) {
      for (const contender of contenders) {
        const { stack, building } = sides[contender]
        const one = await run(step, stack, building)
        figures[contender][step] = one
        console.error(`pulumi ${contender} ${size}: ${step} took ${one.seconds.toFixed(1)} s`)
      }
    }
    return figures as Record<Contender, Round>
  })
}

/** Compares the two, for so many grants. */
export async function comparePulumi(
  size: number,
  rounds: number,
  latencyMs: number,
): Promise<Comparison[]> {
  const all: Array<Record<Contender, Round>> = []
  for (let turn = 0; turn < rounds; turn += 1) all.push(await round(size, latencyMs))
  return steps.map((step) => ({
    section: 'pulumi',
    size,
    step,
    ours: medians(all.map(({ ours }) => ours[step])),
    other: medians(all.map(({ usual }) => usual[step])),
  }))
}
