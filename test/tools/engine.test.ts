import { chmod, mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import test, { type ExecutionContext } from 'ava'
import { capture } from '../../tools/engine/process.js'
import { downloadEngine } from '../../tools/engine/download.js'
import { pulumi, restapi, tofu } from '../../tools/engine/kinds.js'
import { findPulumi } from '../../tools/engine/pulumi.js'
import { findTerraform } from '../../tools/engine/terraform.js'
import { PULUMI_VERSION, RESTAPI_VERSION, TOFU_VERSION } from '../../tools/engine/version.js'

async function temporaryFolder(t: ExecutionContext): Promise<string> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'engine-')))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function executable(folder: string, name: string, script: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = join(folder, name)
  await writeFile(file, `#!/bin/sh\n${script}\n`)
  await chmod(file, 0o755)
  return file
}

/** Answers a request, at once or later. */
type Answer = (...call: Parameters<RequestListener>) => unknown

async function releasesAt(t: ExecutionContext, answer: Answer): Promise<string> {
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch((error: unknown) => {
      response.destroy(error as Error)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A stand-in for Go that "builds" a script, slowly enough for two installers to meet. */
const fakeGo = `
while [ "$1" != "-o" ]; do shift; done
sleep 1
echo built >> "\${0%/*}/builds"
printf '#!/bin/sh\\necho v${PULUMI_VERSION}\\n' > "$2"
chmod 755 "$2"`

const notFound: RequestListener = (_request, response) => response.writeHead(404).end()

test('ensurePulumi: uses the pulumi on PATH, and says so in one line', async (t) => {
  const folder = await temporaryFolder(t)
  const command = await executable(join(folder, 'bin'), 'pulumi', 'echo v3.999.1')
  const lines: string[] = []
  const engine = await findPulumi((line) => lines.push(line), {
    path: join(folder, 'bin'),
    cache: join(folder, 'cache'),
  })
  t.like(engine, { command, version: '3.999.1', source: 'path' })
  t.deepEqual(lines, [`Using Pulumi v3.999.1 from PATH (${command})`])
})

test('ensurePulumi: brings a language host and a provider host where PATH has none', async (t) => {
  const folder = await temporaryFolder(t)
  const bin = join(folder, 'bin')
  await executable(bin, 'pulumi', 'echo v3.999.1')
  const cache = join(folder, 'cache')
  const without = await findPulumi(() => {}, { path: bin, cache })
  t.deepEqual(await Promise.all(without.binDirs.map((dir) => readdir(dir))), [
    ['pulumi-language-nodejs'],
    ['pulumi-resource-pulumi-nodejs'],
  ])

  await executable(bin, 'pulumi-language-nodejs', '')
  await executable(bin, 'pulumi-resource-pulumi-nodejs', '')
  const complete = await findPulumi(() => {}, { path: bin, cache })
  t.deepEqual(complete.binDirs, [])
})

test('ensurePulumi: passes over a pulumi on PATH that does not run', async (t) => {
  const folder = await temporaryFolder(t)
  const broken = await executable(join(folder, 'bin'), 'pulumi', 'exit 1')
  const lines: string[] = []
  const cache = join(folder, 'cache')
  await executable(join(cache, `pulumi-v${PULUMI_VERSION}`), 'pulumi', '')
  const path = join(folder, 'bin')
  const engine = await findPulumi((line) => lines.push(line), { path, cache })
  t.is(engine.source, 'cache')
  t.deepEqual(lines, [`Passing over ${broken}, which does not tell its version`])
})

test('ensurePulumi: an installed CLI gets the hosts beside it, once', async (t) => {
  const folder = await temporaryFolder(t)
  const installed = join(folder, `pulumi-v${PULUMI_VERSION}`)
  await executable(installed, 'pulumi', '')
  const official = await executable(installed, 'pulumi-resource-pulumi-nodejs', 'official')
  const engine = await findPulumi(t.log, { path: '', cache: folder })
  t.deepEqual(engine.binDirs, [installed])
  t.regex(await readFile(official, 'utf8'), /official/)

  const host = join(installed, 'pulumi-language-nodejs')
  const fresh = await readFile(host, 'utf8')
  await writeFile(host, fresh.replace('exec node', 'exec outdated'))
  await findPulumi(t.log, { path: '', cache: folder })
  t.is(await readFile(host, 'utf8'), fresh)
})

/** An archive as the vendor publishes it. */
async function officialArchive(folder: string): Promise<string> {
  const release = join(folder, 'pulumi')
  for (const name of ['pulumi-language-nodejs', 'pulumi-resource-pulumi-nodejs']) {
    await executable(release, name, 'official')
  }
  await executable(release, 'pulumi', `echo v${PULUMI_VERSION}`)
  const archive = join(folder, 'archive.tar.gz')
  await capture('tar', ['-czf', archive, '-C', folder, 'pulumi'], { deadline: 30_000 })
  return archive
}

test('ensurePulumi: installs the official release where it can be had', async (t) => {
  const folder = await temporaryFolder(t)
  const archive = await officialArchive(folder)
  const asked: string[] = []
  const releases = await releasesAt(t, async (request, response) => {
    asked.push(request.url ?? '')
    response.end(await readFile(archive))
  })
  const cache = join(folder, 'cache')
  const engine = await findPulumi(t.log, { path: '', cache, releases })
  t.is(engine.source, 'download')
  t.deepEqual(asked, [`/${pulumi.archive()}`])
  t.regex(
    await readFile(join(cache, `pulumi-v${PULUMI_VERSION}/pulumi-language-nodejs`), 'utf8'),
    /official/,
  )
  t.deepEqual(await readdir(cache), [`pulumi-v${PULUMI_VERSION}`])
})

test('ensurePulumi: a slow download is waited for as long as something comes', async (t) => {
  const folder = await temporaryFolder(t)
  const bytes = await readFile(await officialArchive(folder))
  const size = Math.ceil(bytes.length / 12)
  const parts = Array.from({ length: 12 }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  const releases = await releasesAt(t, async (_request, response) => {
    response.writeHead(200, { 'content-length': bytes.length })
    for (const part of parts) {
      response.write(part)
      await pause(700)
    }
    response.end()
  })
  const lines: string[] = []
  const cache = join(folder, 'cache')
  const log = (line: string) => lines.push(line)
  // As a whole it takes longer than the silence that is allowed.
  const engine = await findPulumi(log, { path: '', cache, releases, silence: 6000 })
  t.is(engine.source, 'download')
  t.regex(lines[1] ?? '', /^Downloading Pulumi: 0 of 0 MiB$/, 'whoever waits sees how far it is')
})

for (const [when, answer] of Object.entries({
  'before its answer': () => {},
  'in its midst': (_request, response) => response.writeHead(200).write('some of it'),
} satisfies Record<string, RequestListener>)) {
  test(`ensurePulumi: a download that hangs ${when} is given up, and leaves nothing`, async (t) => {
    const cache = await temporaryFolder(t)
    const releases = await releasesAt(t, answer)
    const download = downloadEngine(pulumi, join(cache, 'engine'), {
      releases,
      silence: 500,
      log: t.log,
    })
    await t.throwsAsync(download, { message: 'nothing came for 0.5 s' })
    t.deepEqual(await readdir(cache), [])
  })
}

test('ensurePulumi: without release and Go, the error says what to do', async (t) => {
  const cache = await temporaryFolder(t)
  const lines: string[] = []
  const releases = await releasesAt(t, notFound)
  const error = await t.throwsAsync(
    findPulumi((line) => lines.push(line), { path: '', cache, releases }),
  )
  t.regex(error.message, /no Go/)
  t.regex(error.message, /install the Pulumi CLI \(https:/)
  t.deepEqual(lines, [
    `No pulumi on PATH: downloading v${PULUMI_VERSION} from ${releases}`,
    'The download of Pulumi failed: answered 404',
  ])
  t.deepEqual(await readdir(cache), [])
})

test('ensurePulumi: a build that fails shows what Go said, and leaves nothing', async (t) => {
  const folder = await temporaryFolder(t)
  const path = join(folder, 'bin')
  await executable(path, 'go', 'echo "no space left" >&2; exit 1')
  const cache = join(folder, 'cache')
  const releases = await releasesAt(t, notFound)
  const failed = findPulumi(() => {}, { path, cache, releases })
  const error = await t.throwsAsync(failed)
  t.regex(error.message, /no space left[^]*Do one of these/)
  t.deepEqual(await readdir(cache), [])
})

test('ensurePulumi: of two that install at once, one builds and the other waits', async (t) => {
  const folder = await temporaryFolder(t)
  const bin = join(folder, 'bin')
  await executable(bin, 'go', fakeGo)
  const lines: string[] = []
  const from = { path: bin, cache: join(folder, 'cache'), releases: await releasesAt(t, notFound) }
  const find = () => findPulumi((line) => lines.push(line), from)
  const engines = await Promise.all([find(), find()])
  t.deepEqual(engines.map(({ source }) => source).sort(), ['cache', 'go'])
  t.is(await readFile(join(bin, 'builds'), 'utf8'), 'built\n')
  t.true(lines.includes('Waiting for another process that is installing Pulumi'))
  t.deepEqual(await readdir(from.cache), [`pulumi-v${PULUMI_VERSION}`])
})

test('the pinned version: is the same in go.mod and in package.json', async (t) => {
  const goModule = await readFile(join(pulumi.goModule, 'go.mod'), 'utf8')
  t.regex(goModule, new RegExp(`^require github.com/pulumi/pulumi/pkg/v3 v${PULUMI_VERSION}$`, 'm'))
  const tofuModule = await readFile(join(tofu.goModule, 'go.mod'), 'utf8')
  t.regex(tofuModule, new RegExp(`^require github.com/opentofu/opentofu v${TOFU_VERSION}$`, 'm'))
  const restapiModule = await readFile(join(restapi.goModule, 'go.mod'), 'utf8')
  t.regex(restapiModule, new RegExp(`^require ${restapi.goPackage} v${RESTAPI_VERSION}$`, 'm'))
  const manifest = JSON.parse(await readFile('package.json', 'utf8'))
  t.is(manifest.devDependencies['@pulumi/pulumi'], PULUMI_VERSION)
})

test('ensureTerraform: takes what is on PATH, and says which of the two it is', async (t) => {
  const folder = await temporaryFolder(t)
  const bin = join(folder, 'bin')
  const tofuCommand = await executable(bin, 'tofu', `printf 'OpenTofu v1.9.1\\non linux_amd64\\n'`)
  const from = { path: bin, cache: join(folder, 'cache') }
  const found = { name: 'tofu', command: tofuCommand, version: '1.9.1' } as const
  t.deepEqual(await findTerraform(() => {}, undefined, from), found)
  const command = await executable(bin, 'terraform', `printf 'Terraform v1.12.0\\non linux\\n'`)
  const other = { name: 'terraform', command, version: '1.12.0' } as const
  t.deepEqual(await findTerraform(() => {}, undefined, from), other)
  t.deepEqual(await findTerraform(() => {}, 'tofu', from), found)
})

test('ensureTerraform: builds OpenTofu where nothing else is left', async (t) => {
  const folder = await temporaryFolder(t)
  const bin = join(folder, 'bin')
  await executable(bin, 'go', fakeGo)
  const cache = join(folder, 'cache')
  const from = { path: bin, cache, releases: await releasesAt(t, notFound) }
  const { command, name } = await findTerraform(() => {}, undefined, from)
  t.is(name, 'tofu')
  t.is(command, join(cache, `tofu-v${TOFU_VERSION}`, 'tofu'))
})
