import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { repository } from './folders.js'
import { defaultSources, type Log } from './install.js'
import { withLock } from './install-lock.js'
import { capture } from './process.js'

/** What pins the CLI, and everything that it is made of. */
const pinned = join(repository, 'tools/cdktf-cli')

const versionOf = (): string => {
  const { dependencies } = JSON.parse(readFileSync(join(pinned, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return dependencies['cdktf-cli']!
}

/**
 * Finds the CLI of CDKTF that was installed earlier, or installs it with npm: half a minute and half a
 * gigabyte, so it is no dependency of this repository. Answers its executable.
 *
 * @throws {Error} where npm cannot install it
 */
export async function ensureCdktf(log: Log = console.error): Promise<string> {
  const folder = join(defaultSources.cache, `cdktf-cli-v${versionOf()}`)
  const command = join(folder, 'node_modules/.bin/cdktf')
  const waiting = () => log('Waiting for another process that is installing the CLI of CDKTF')
  await withLock(`${folder}.lock`, waiting, async () => {
    if (existsSync(command)) return
    log(`Installing the CLI of CDKTF v${versionOf()} with npm, once; this takes half a minute`)
    const unfinished = `${folder}.part`
    rmSync(unfinished, { recursive: true, force: true })
    mkdirSync(unfinished, { recursive: true })
    for (const file of ['package.json', 'package-lock.json']) {
      copyFileSync(join(pinned, file), join(unfinished, file))
    }
    const done = await capture('npm', ['ci', '--no-audit', '--no-fund'], {
      cwd: unfinished,
      deadline: 600_000,
    })
    if (done.code !== 0) {
      throw new Error(`npm could not install the CLI of CDKTF.\n${done.stdout}${done.stderr}`)
    }
    rmSync(folder, { recursive: true, force: true })
    renameSync(unfinished, folder)
  })
  return command
}
