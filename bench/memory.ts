import { readFileSync, readdirSync } from 'node:fs'

/** What a process of Linux tells of itself; nothing once it has ended. */
function told(pid: number, file: 'cmdline' | 'status'): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return ''
  }
}

const numberIn = (text: string, name: string) =>
  Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(text)?.[1] ?? 0)

/** Whether a process was started by this one, directly or not. */
function isOurs(pid: number): boolean {
  for (let parent = pid; parent > 1; parent = numberIn(told(parent, 'status'), 'PPid')) {
    if (parent === process.pid) return true
  }
  return false
}

/** Watches the most memory that any provider below this process has had resident. */
export class ProviderMemory {
  private readonly known = new Set<number>()
  private looks = 0
  private kilobytes = 0
  private readonly timer = setInterval(() => this.look(), 50)

  /** @param provider what its command line looks like; without it, a dynamic provider’s */
  constructor(private readonly provider = /node\0.*dynamic-provider/) {}

  /** Ends the watch. Answers MiB, or nothing on systems that do not tell. */
  end(): number | undefined {
    clearInterval(this.timer)
    return this.kilobytes > 0 ? this.kilobytes / 1024 : undefined
  }

  private look(): void {
    if (process.platform !== 'linux') return
    // To search all processes is work, and would be measured too.
    if (this.looks++ % 10 === 0) this.search()
    for (const pid of this.known) {
      this.kilobytes = Math.max(this.kilobytes, numberIn(told(pid, 'status'), 'VmHWM'))
    }
  }

  private search(): void {
    const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
    for (const pid of pids) if (!this.known.has(pid) && this.isProvider(pid)) this.known.add(pid)
  }

  private isProvider(pid: number): boolean {
    return this.provider.test(told(pid, 'cmdline')) && isOurs(pid)
  }
}
