import { buildEngine } from './build.js'
import { cachedCommand, defaultSources, folderOf, type Log } from './install.js'
import { withLock } from './install-lock.js'
import { restapi } from './kinds.js'
import { findOnPath } from './process.js'

/**
 * Finds the provider for REST that was built earlier, or builds it with Go. Answers its file, which is
 * alone in its folder.
 *
 * @throws {Error} where there is no Go, or the build fails
 */
export async function ensureRestapi(log: Log = console.error): Promise<string> {
  const { cache, path } = defaultSources
  const waiting = () => log(`Waiting for another process that is building ${restapi.title}`)
  await withLock(`${folderOf(restapi, cache)}.lock`, waiting, async () => {
    if (cachedCommand(restapi, cache)) return
    const go = findOnPath('go', path)
    if (!go) {
      throw new Error(`There is no Go on PATH to build ${restapi.title} with. Install Go 1.26.`)
    }
    log(`Building ${restapi.title} v${restapi.version} with Go, once; this takes a minute`)
    await buildEngine(restapi, folderOf(restapi, cache), go, log)
  })
  return cachedCommand(restapi, cache)!
}
