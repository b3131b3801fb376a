import { closeSync, mkdirSync, openSync, rmSync, statSync, utimesSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** How often a holder shows that it is alive, and after how long without it a lock is void. */
const BEAT_MS = 1000
const VOID_MS = 15_000

/**
 * Does some work while holding a lock file, so that of several processes only one does it. A holder
 * touches its lock all the time: the lock of a process that was killed is taken over.
 */
export async function withLock<T>(
  file: string,
  waiting: () => void,
  work: () => Promise<T>,
): Promise<T> {
  mkdirSync(dirname(file), { recursive: true })
  for (let first = true; !take(file); first = false) {
    if (first) waiting()
    await pause(BEAT_MS / 4)
  }
  const beat = setInterval(() => touch(file), BEAT_MS)
  try {
    return await work()
  } finally {
    clearInterval(beat)
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    closeSync(openSync(file, 'wx'))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
  if (Date.now() - touched > VOID_MS) rmSync(file, { force: true })
  return false
}

function touch(file: string): void {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch {
    // Taken over by another process, which can only be after this one was suspended.
  }
}
