// The same grants for two providers of Terraform: this package's, and one for any API that speaks REST.
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { cleanEnvironment, type Owner } from '../test/fixtures/pulumi'
import { installedPlugin } from '../test/fixtures/terraform-plugin'
import { localFolder } from '../tools/engine/folders.js'
import { capture } from '../tools/engine/process.js'
import { ensureRestapi } from '../tools/engine/restapi.js'
import { ensureTerraform } from '../tools/engine/terraform.js'
import { grantOf, spaces } from './programs'
import { startBuilding, type Building } from './sandbox'
import { startStateStore } from './state-store'

export const sides = ['ours', 'restapi'] as const
export type Side = (typeof sides)[number]

type Grant = ReturnType<typeof grantOf> & { access_grant_key: string }

/** How a side is written down in a configuration. */
interface Writing {
  readonly name: string
  readonly source: string
  readonly type: string
  settings(building: Building): object
  resource(grant: Grant): object
}

const writings: Record<Side, Writing> = {
  ours: {
    name: 'seam',
    source: 'bench.example/seam-iac/seam',
    type: 'seam_access_grant',
    settings: ({ endpoint, apiKey }) => ({ endpoint, api_key: apiKey }),
    resource: (grant) => grant,
  },
  // It can put an id into a path only. Seam reads and deletes with a query as well, and updates by
  // a key, so that nothing has to translate: each of its requests is one call of the API.
  restapi: {
    name: 'restapi',
    source: 'bench.example/mastercard/restapi',
    type: 'restapi_object',
    settings: ({ endpoint, apiKey }) => ({
      uri: endpoint,
      headers: { authorization: `Bearer ${apiKey}` },
      id_attribute: 'access_grant/access_grant_id',
      create_returns_object: true,
      update_method: 'PATCH',
    }),
    resource: ({ access_grant_key, name, ...more }) => ({
      path: '/access_grants',
      create_path: '/access_grants/create',
      read_path: '/access_grants/get?access_grant_id={id}',
      update_path: '/access_grants/update',
      destroy_path: '/access_grants/delete?access_grant_id={id}',
      data: JSON.stringify({ access_grant_key, name, ...more }),
      update_data: JSON.stringify({ access_grant_key, name }),
    }),
  },
}

interface Place {
  readonly side: Side
  readonly size: number
  readonly building: Building
  /** The address of the state. */
  readonly state: string
}

/**
 * A configuration with so many grants, a block each: with one `for_each`, Terraform evaluates the whole
 * list for each of them, which takes it minutes.
 */
function configuration({ side, size, building, state }: Place, more = ''): string {
  const { name, source, type, settings, resource } = writings[side]
  const numbers = Array.from({ length: size }, (_, index) => index + 1)
  const blocks = numbers.map((number) => {
    const grant = grantOf(number, `Grant ${number}${more}`)
    return [`grant-${number}`, resource({ ...grant, access_grant_key: `grant-${number}` })]
  })
  return JSON.stringify({
    terraform: {
      required_providers: { [name]: { source } },
      backend: { http: { address: state } },
    },
    provider: { [name]: settings(building) },
    resource: { [type]: Object.fromEntries(blocks) },
  })
}

/** Both are found in a folder by `init`, which a state that is kept remotely needs. */
async function installed(owner: Owner, side: Side, folder: string): Promise<NodeJS.ProcessEnv> {
  const file = side === 'ours' ? (await installedPlugin(owner)).plugin : await ensureRestapi()
  const mirror = join(folder, 'mirror')
  const place = join(mirror, writings[side].source, '1.0.0')
  await mkdir(place, { recursive: true })
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch
  await symlink(dirname(file), join(place, `${process.platform}_${architecture}`))
  const rc = join(folder, 'cli.rc')
  await writeFile(rc, `provider_installation {\n filesystem_mirror { path = "${mirror}" }\n}`)
  return { ...cleanEnvironment(), TF_CLI_CONFIG_FILE: rc, CHECKPOINT_DISABLE: 'true' }
}

/** A folder with a configuration of one side, and a building of its own. */
export interface Folder {
  readonly building: Building
  /** Runs a command of the engine, which has to succeed. */
  run(...args: string[]): Promise<unknown>
  /** Writes the configuration; what is said more goes to the name of each grant. */
  write(more?: string): Promise<void>
  stateBytes(): number
}

const deadline = 15 * 60_000

export async function prepare(
  owner: Owner,
  side: Side,
  size: number,
  latencyMs: number,
): Promise<Folder> {
  const building = await startBuilding({ people: size, grants: 0, spaces, latencyMs })
  owner.teardown(() => building.stop())
  await mkdir(localFolder, { recursive: true })
  const folder = await mkdtemp(join(localFolder, 'bench-'))
  owner.teardown(() => rm(folder, { recursive: true, force: true }))
  const { command } = await ensureTerraform()
  const env = { ...(await installed(owner, side, folder)), TF_CLI_ARGS: '-no-color' }
  // A state in a file is written whole at every step: for 1,000 grants, most of what Terraform does.
  const state = await startStateStore(owner)
  const place = { side, size, building, state: state.address }
  const write = (more?: string) =>
    writeFile(join(folder, 'main.tf.json'), configuration(place, more))
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await capture(command, args, { cwd: folder, env, deadline })
    if (code === 0) return
    throw new Error(`${side}: ${args.join(' ')} ended with ${code}\n${stdout}${stderr}`)
  }
  await write()
  await run('init')
  return { building, write, run, stateBytes: () => state.bytes() }
}
