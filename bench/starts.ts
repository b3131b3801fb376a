// How long a provider takes from its start to the line that tells Terraform where it listens.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { selfSigned } from '../src/terraform/wire/certificate'
import { cleanEnvironment } from '../test/fixtures/pulumi'
import { installedPlugin } from '../test/fixtures/terraform-plugin'
import { ensureRestapi } from '../tools/engine/restapi.js'
import { median, timed } from './figures'
import { owning } from './owning'

/** Milliseconds, the median of several starts. */
export interface StartResult {
  ours: number
  restapi: number
  /** A process of Node that does nothing, to its end. */
  node: number
}

const turns = 15

/** What Terraform tells a plugin: the protocols that it speaks, and the certificate that it will show. */
const told = () => ({
  ...cleanEnvironment(),
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_CLIENT_CERT: selfSigned().certificate,
})

/** Milliseconds from the start of a plugin to its line, after which it is ended. */
async function untilHandshake(file: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(file, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  const seconds = await timed(async () => {
    const [line] = await Promise.race([once(child.stdout, 'data'), ended])
    if (!/^1\|[56]\|/.test(String(line))) throw new Error(`${file} said ${line}, and no handshake`)
  })
  child.kill()
  await ended
  return seconds * 1000
}

/** Milliseconds that a process of Node takes that has nothing to do. */
async function ofEmptyNode(env: NodeJS.ProcessEnv): Promise<number> {
  const ending = () => once(spawn(process.execPath, ['-e', '0'], { env, stdio: 'ignore' }), 'exit')
  return (await timed(ending)) * 1000
}

/** Starts both providers and an empty process in turn. */
export function measureStarts(): Promise<StartResult> {
  return owning(async (owner) => {
    // A plugin that is ended leaves its socket behind; the path of a socket has to be short.
    const folder = await mkdtemp(join(tmpdir(), 'seam-bench-'))
    owner.teardown(() => rm(folder, { recursive: true, force: true }))
    const env = { ...told(), TMPDIR: folder }
    const [{ plugin }, restapi] = [await installedPlugin(owner), await ensureRestapi()]
    const times: Record<keyof StartResult, number[]> = { ours: [], restapi: [], node: [] }
    for (let turn = 0; turn < turns; turn += 1) {
      times.ours.push(await untilHandshake(plugin, env))
      times.restapi.push(await untilHandshake(restapi, env))
      times.node.push(await ofEmptyNode(env))
    }
    const { ours, restapi: other, node } = times
    return { ours: median(ours), restapi: median(other), node: median(node) }
  })
}
