import { mkdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { PulumiEngine } from './pulumi.js'

/** Protects nothing that matters: stacks kept in a local folder are for trying out and for tests. */
const LOCAL_PASSPHRASE = 'for-local-use-only'

/**
 * All that the environment must say for a CLI to run on its own: state, settings and plugins stay in
 * one folder, and nothing is asked of or fetched from Pulumi's service.
 *
 * @param folder is made if need be; may be deleted when its stacks are no longer wanted
 */
export function localBackend(folder: string, engine: PulumiEngine): Record<string, string> {
  const home = join(folder, 'home')
  const state = join(folder, 'state')
  for (const made of [home, state]) mkdirSync(made, { recursive: true })
  return {
    NODE_OPTIONS: [process.env.NODE_OPTIONS, preload('plain-errors.cjs')].filter(Boolean).join(' '),
    PATH: [...engine.binDirs, process.env.PATH].join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: pathToFileURL(state).href,
    PULUMI_CONFIG_PASSPHRASE: LOCAL_PASSPHRASE,
    PULUMI_SKIP_UPDATE_CHECK: 'true',
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: 'true',
  }
}

const preload = (script: string) => `--require=${JSON.stringify(join(__dirname, script))}`

/** The file that a stack of a local backend is kept in. */
export function stateFile(folder: string, project: string, stack: string): string {
  return join(folder, 'state/.pulumi/stacks', project, `${stack}.json`)
}
