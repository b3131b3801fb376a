// How long a provider takes from its start to the line that tells Terraform where it listens.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { installedPlugin } from '../test/fixtures/terraform-plugin'
import { cleanEnvironment } from '../test/fixtures/pulumi'
import { selfSigned } from '../src/terraform/wire/certificate'
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

/** What Terraform gives to a plugin: both protocols, and the certificate that it will show. */
const handshake = () => ({
  ...cleanEnvironment(),
  TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
  PLUGIN_PROTOCOL_VERSIONS: '5,6',
  PLUGIN_CLIENT_CERT: selfSigned().certificate,
})

/** Starts a plugin, and ends it once it has told where it listens. */
async function start(file: string, env: NodeJS.ProcessEnv): Promise<number> {
  const child = spawn(file, { env, stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = once(child, 'exit')
  try {
    return await timed(() => handshakeOf(child.stdout, ended))
  } finally {
    child.kill('SIGKILL')
    await ended
  }
}

async function handshakeOf(stdout: NodeJS.ReadableStream, ended: Promise<unknown>): Promise<void> {
  const told = await Promise.race([once(stdout, 'data'), ended])
  const line = String(told[0])
}
