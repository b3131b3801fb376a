import { join } from 'node:path'
import { repository } from './folders.js'
import { capture } from './process.js'
import { PULUMI_VERSION, RESTAPI_VERSION, TOFU_VERSION } from './version.js'

/** A program that can be built with Go. */
export interface GoProgram {
  /** Its name in messages. */
  readonly title: string
  /** Its executable. */
  readonly binary: string
  /** The version that is built, and installed where none is on PATH. */
  readonly version: string
  /** The Go module that pins it, and everything that it is built from. */
  readonly goModule: string
  readonly goPackage: string
  /** What the linker is told. */
  readonly flags: string
}

/** An engine that this repository can find or install. */
export interface EngineKind extends GoProgram {
  /** Where its vendor publishes official releases. */
  readonly releases: string
  /** Where its vendor says how to install it. */
  readonly guide: string
  /** How many folders stand around the executable in the archive. */
  readonly foldersInArchive: number
  /**
   * The archive of the official release below `releases`, for this machine or another one.
   *
   * @throws {Error} where none is known
   */
  archive(platform?: string, architecture?: string): string
  /** The version of Go that builds it. */
  readonly goVersion: string
}

const known = (platform: string, architecture: string, names: Record<string, string>): string => {
  const name = names[architecture]
  if ((platform === 'linux' || platform === 'darwin') && name) return name
  throw new Error(`no archive is known for ${platform}-${architecture}`)
}

export const pulumi: EngineKind = {
  title: 'Pulumi',
  binary: 'pulumi',
  version: PULUMI_VERSION,
  releases: 'https://get.pulumi.com/releases/sdk',
  guide: 'https://www.pulumi.com/docs/install/',
  foldersInArchive: 1,
  archive: (platform = process.platform, architecture = process.arch) => {
    const name = known(platform, architecture, { x64: 'x64', arm64: 'arm64' })
    return `pulumi-v${PULUMI_VERSION}-${platform}-${name}.tar.gz`
  },
  goModule: join(repository, 'tools/pulumi-cli'),
  goPackage: 'github.com/pulumi/pulumi/pkg/v3/cmd/pulumi',
  flags: `-X github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${PULUMI_VERSION}`,
  goVersion: '1.25',
}

export const tofu: EngineKind = {
  title: 'OpenTofu',
  binary: 'tofu',
  version: TOFU_VERSION,
  releases: 'https://github.com/opentofu/opentofu/releases/download',
  guide: 'https://opentofu.org/docs/intro/install/',
  foldersInArchive: 0,
  archive: (platform = process.platform, architecture = process.arch) => {
    const name = known(platform, architecture, { x64: 'amd64', arm64: 'arm64' })
    return `v${TOFU_VERSION}/tofu_${TOFU_VERSION}_${platform}_${name}.tar.gz`
  },
  goModule: join(repository, 'tools/tofu-cli'),
  goPackage: 'github.com/opentofu/opentofu/cmd/tofu',
  flags: '',
  goVersion: '1.26',
}

/** A provider for any API that speaks REST, which the benchmarks compare with; no engine. */
export const restapi: GoProgram = {
  title: 'terraform-provider-restapi',
  binary: 'terraform-provider-restapi',
  version: RESTAPI_VERSION,
  goModule: join(repository, 'tools/restapi-provider'),
  goPackage: 'github.com/Mastercard/terraform-provider-restapi',
  flags: '',
}

/** The version that an executable tells; nothing where it tells none. */
export async function versionOf(
  { binary }: Pick<EngineKind, 'binary'>,
  command: string,
): Promise<string | undefined> {
  const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: 'true', CHECKPOINT_DISABLE: 'true' }
  const answer = await capture(command, ['version'], { env, deadline: 30_000 }).catch(
    () => undefined,
  )
  const line = binary === 'pulumi' ? /^v?(\d+\.\d+\.\d+\S*)$/m : /^\w+ v(\d+\.\d+\.\d+\S*)$/m
  return answer?.code === 0 ? line.exec(answer.stdout)?.[1] : undefined
}
