import { Command, InvalidArgumentError, Option } from 'commander'
import type { BuildingSize, Sandbox } from '../sandbox'
import { longestMs } from '../sandbox/options'

interface Options extends BuildingSize {
  readonly port: number
  readonly seed: string
  readonly data?: string
  readonly latency: number
  readonly settle: number
  readonly json?: boolean
}

/** `seam-iac sandbox`: a local Seam until it is interrupted. */
export const sandboxCommand = new Command('sandbox')
  .description('Run a local Seam API on 127.0.0.1, until interrupted.')
  .option('--port <number>', 'port to listen on; 0 takes any free one', upTo(65_535), 0)
  .option('--seed <name>', 'office, empty, or the path of a JSON file', 'office')
  .option('--data <file>', 'keep what happens in this file, and go on from it')
  .option('--latency <ms>', 'answer every call this much later', upTo(longestMs), 0)
  .option('--settle <ms>', 'time that changes take to reach the doors', upTo(longestMs), 0)
  .option('--json', 'print one line: {"endpoint","apiKey","workspaceId"}')
  .action(run)

for (const [flag, what] of [
  ['people', 'start with a building of so many people'],
  ['grants', 'so many grants in that building'],
  ['groups', 'so many access groups'],
  ['members-per-group', 'so many members in each group'],
  ['doors', 'so many entrances'],
  ['devices', 'so many standalone locks'],
  ['spaces', 'so many spaces'],
] as const) {
  const option = new Option(`--${flag} <number>`, what).argParser(upTo(1_000_000))
  sandboxCommand.addOption(option.conflicts('seed'))
}

async function run(options: Options): Promise<void> {
  const { port, seed: named, data, latency, settle, json, ...size } = options
  // Loaded here, so that the help of the command line does not wait for a web server.
  const { buildingSeed, startSandbox } = await import('../sandbox/index.js')
  const seed = Object.keys(size).length > 0 ? buildingSeed(size) : named
  const interrupted = interruption()
  const sandbox = await startSandbox({
    port,
    seed,
    latencyMs: latency,
    settleMs: settle,
    ...(data === undefined ? {} : { dataFile: data }),
  })
  console.log(json ? asJson(sandbox) : inWords(sandbox))
  await interrupted
  await sandbox.stop()
}

function asJson({ endpoint, apiKey, workspaceId }: Sandbox): string {
  return JSON.stringify({ endpoint, apiKey, workspaceId })
}

function inWords({ endpoint, apiKey, workspaceId }: Sandbox): string {
  return `A local Seam answers at ${endpoint}
  API key    ${apiKey}
  workspace  ${workspaceId}

Use it from another terminal with
  export SEAM_ENDPOINT=${endpoint} SEAM_API_KEY=${apiKey}

Stop it with Ctrl-C.`
}

function interruption(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function upTo(most: number): (text: string) => number {
  return (text) => {
    const number = /^\d+$/.test(text) ? Number(text) : NaN
    if (number <= most) return number
    throw new InvalidArgumentError(`Not a whole number up to ${most}.`)
  }
}
