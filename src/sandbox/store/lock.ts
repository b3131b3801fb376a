import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'

/** Who holds a lock: a process, and when it began, since the numbers of processes come again. */
interface Holder {
  readonly pid: number
  readonly begun?: string
}

const heldHere = new Set<string>()

/**
 * Holds a file against other sandboxes, by a file beside it, until the function that is returned
 * is called. The lock of a process that is gone is taken over.
 *
 * @throws where another sandbox holds it.
 */
export function lock(file: string): () => void {
  const beside = `${file}.lock`
  const own = JSON.stringify(describe(process.pid))
  while (!written(beside, own)) {
    const text = readFileSync(beside, 'utf8')
    const holder = parsed(text)
    if (!holder || isAlive(holder, beside)) {
      const who = holder ? `the sandbox of process ${holder.pid}` : 'another sandbox'
      throw new Error(
        `${file} is in use by ${who}: stop it, or choose another file.\n` +
          `If there is none any more, delete ${beside}.`,
      )
    }
    remove(beside, text)
  }
  heldHere.add(beside)
  return () => {
    if (heldHere.delete(beside)) rmSync(beside, { force: true })
  }
}

function written(file: string, text: string): boolean {
  try {
    writeFileSync(file, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Removes a lock that was found to be nobody's, unless another process has taken it meanwhile. */
function remove(file: string, text: string): void {
  const aside = `${file}.${process.pid}`
  renameSync(file, aside)
  if (readFileSync(aside, 'utf8') === text) rmSync(aside)
  else renameSync(aside, file)
}

function parsed(text: string): Holder | undefined {
  try {
    const holder = JSON.parse(text) as Holder | null
    return typeof holder?.pid === 'number' ? holder : undefined
  } catch {
    return undefined
  }
}

function isAlive({ pid, begun }: Holder, file: string): boolean {
  if (pid === process.pid) return heldHere.has(file)
  try {
    process.kill(pid, 0)
  } catch (error) {
    // A process of another person may not be signalled, and is there.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return begun === undefined || (describe(pid).begun ?? begun) === begun
}

/** A process, with the time of its beginning where the system tells it (Linux). */
function describe(pid: number): Holder {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may itself contain spaces.
    const begun = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return begun === undefined ? { pid } : { pid, begun }
  } catch {
    return { pid }
  }
}
