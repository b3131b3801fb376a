// Writes what a registry of Terraform and OpenTofu takes of this version into a folder; all of its
// files are to be uploaded: npm run release:terraform -- [folder] [--sign <key id>]
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { ZipFile } from 'yazl'
import { localFolder, repository } from './engine/folders.js'

const provider = 'terraform-provider-seam'

/**
 * For which Node 20 is released. An engine on Windows starts executables alone, and the plugin is a
 * script, so that there is none for Windows.
 */
const platforms = ['darwin_amd64', 'darwin_arm64', 'linux_amd64', 'linux_arm', 'linux_arm64']

const manifest = { version: 1, metadata: { protocol_versions: ['6.0'] } }

/**
 * The plugin in a zip. Its bytes follow from the files alone: times are the first that a zip can say,
 * and what is only stored does not differ with the zlib of the machine.
 */
function zipped(version: string): Promise<Buffer> {
  const plugin = `${provider}_v${version}`
  const zip = new ZipFile()
  const add = (file: string, name: string, mode: number) =>
    zip.addBuffer(readFileSync(join(repository, file)), name, {
      mode: 0o100000 | mode,
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
      compress: false,
    })
  add('LICENSE', 'LICENSE', 0o644)
  add(`dist/${plugin}`, plugin, 0o755)
  zip.end()
  return buffer(zip.outputStream)
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/** All files by their names, the checksums of the others last. */
async function filesOf(version: string): Promise<[name: string, bytes: Buffer][]> {
  const name = (end: string) => `${provider}_${version}_${end}`
  const zip = await zipped(version) // A script is the same one everywhere.
  const files: [string, Buffer][] = [
    ...platforms.map((platform): [string, Buffer] => [name(`${platform}.zip`), zip]),
    [name('manifest.json'), Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`)],
  ]
  const sums = files.map(([file, bytes]) => `${sha256(bytes)}  ${file}\n`)
  return [...files, [name('SHA256SUMS'), Buffer.from(sums.join(''))]]
}

/**
 * Takes away what an earlier run has left.
 *
 * @throws {Error} where there is anything else, which would be uploaded too
 */
function emptied(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const present = readdirSync(folder)
  const others = present.filter((file) => !file.startsWith(`${provider}_`))
  if (others.length > 0) {
    throw new Error(`There are other files in ${folder}: ${others.join(', ')}. Name an empty one.`)
  }
  for (const file of present) rmSync(join(folder, file))
}

function sign(file: string, key: string): void {
  const args = ['--batch', '--local-user', key, '--output', `${file}.sig`, '--detach-sign', file]
  try {
    execFileSync('gpg', args, { stdio: 'inherit' })
  } catch (error) {
    throw new Error(`All files are written, but not signed: ${(error as Error).message}`)
  }
}

async function release(folder: string, key: string | undefined): Promise<void> {
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'))
  const files = await filesOf(version)
  emptied(folder)
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes)
  console.log(`Wrote ${files.length} files of version ${version} to ${folder}`)
  const sums = join(folder, files.at(-1)![0])
  if (key) return sign(sums, key)
  console.log(`The signature is missing, without which a registry takes none of them. Add it:
  gpg --batch --local-user <key id> --detach-sign ${sums}
or run this command again with: -- --sign <key id>`)
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { sign: { type: 'string' } },
    allowPositionals: true,
  })
  const [folder = join(localFolder, 'release/terraform')] = positionals
  await release(resolve(folder), values.sign)
}

main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
