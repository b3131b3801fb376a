import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Session, StateObjects } from '../../provider'

/**
 * What one process of an engine tells the next one of the same folder. An engine plans in one process and
 * applies in another, which gets only what changes: what the unchanged resources hold, it knows from here.
 * There are ids in it, and nothing else.
 */
export interface RunRecords {
  /** Tells a session that begins to apply what the others have told. */
  restore(session: Session): void
  /** Tells what a session has come to know. */
  save(session: Session, isPlan: boolean): void
}

/** Where nothing is handed over, no object is ever taken for what an interrupted run has left. */
export const noRecords: RunRecords = {
  restore: ({ facts }) => facts.planning.restore(undefined),
  save: () => {},
}

interface RunRecord {
  /** The run of an engine: it starts a process to plan, and another one to apply. */
  readonly run: string
  readonly at: number
  /** What its plan has met; nothing of a process that has applied. */
  readonly planned?: StateObjects
  /** What was in a state, or came into it. */
  readonly saved: readonly string[]
}

/** Nothing older than an hour is continued, so older records are of no use; Seam's clock may differ. */
const useful = 2 * 60 * 60 * 1000

/** Records in the folder where an engine keeps what belongs to a configuration on this machine. */
export class FolderRecords implements RunRecords {
  private readonly folder: string
  private readonly file = `${Date.now()}-${process.pid}.json`
  private saved: readonly string[] = []

  /**
   * @param dataFolder `.terraform`, or what `TF_DATA_DIR` says
   * @param run tells runs of the engine apart
   */
  constructor(
    dataFolder: string,
    private readonly run: string,
  ) {
    // Once the engine is gone, so may be the folder that the process is in.
    this.folder = join(resolve(dataFolder), 'seam-iac')
  }

  restore({ facts }: Session): void {
    const records = this.records()
    for (const { saved } of records) for (const id of saved) facts.applying.noteSaved(id)
    // A plan that was saved is applied by another run: it is the last one that was made here.
    const plans = records.filter(({ planned }) => planned)
    const run = plans.some((one) => one.run === this.run) ? this.run : plans.at(-1)?.run
    facts.planning.restore(together(plans.filter((one) => one.run === run)))
  }

  /** Each process has a file of its own, since several may be at work for one run. */
  save({ facts }: Session, isPlan: boolean): void {
    const planned = facts.planning.stateObjects()
    const ids = [planned.holders, planned.stored, facts.applying.boundObjects(), this.saved].flat()
    this.saved = [...new Set(ids)].filter((id) => !facts.applying.isDeleted(id))
    if (this.saved.length === 0 && !isPlan) return
    const record: RunRecord = {
      run: this.run,
      at: Date.now(),
      ...(isPlan && { planned }),
      saved: this.saved,
    }
    try {
      mkdirSync(this.folder, { recursive: true, mode: 0o700 })
      writeFileSync(join(this.folder, this.file), JSON.stringify(record), {
        mode: 0o600,
      })
      for (const file of this.files()) if (!isUseful(file)) rmSync(file, { force: true })
    } catch {
      // A folder that cannot be written to: what applies there refuses where it would have known.
    }
  }

  /** What can be read, the oldest first. */
  private records(): RunRecord[] {
    return this.files()
      .filter(isUseful)
      .flatMap(recordIn)
      .sort((one, other) => one.at - other.at)
  }

  private files(): string[] {
    try {
      return readdirSync(this.folder).map((name) => join(this.folder, name))
    } catch {
      return []
    }
  }
}

function isUseful(file: string): boolean {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 }
  return Date.now() - mtimeMs < useful
}

/** Another process may be writing it. */
function recordIn(file: string): RunRecord[] {
  try {
    return [JSON.parse(readFileSync(file, 'utf8')) as RunRecord]
  } catch {
    return []
  }
}

/** What several processes of one run have met; nothing where none was. */
function together(records: readonly RunRecord[]): StateObjects | undefined {
  const told = records.flatMap(({ planned }) => planned ?? [])
  if (told.length === 0) return undefined
  return {
    holders: told.flatMap(({ holders }) => holders),
    stored: told.flatMap(({ stored }) => stored),
    leaving: told.flatMap(({ leaving }) => leaving),
    wholes: told.flatMap(({ wholes }) => wholes),
  }
}

/** This run of the engine that started this process: its process, and where it can be told, its start. */
export function engineRun(): string {
  try {
    // The fields after the name, which may have spaces: the twentieth is when it started.
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid}-${stat.slice(stat.lastIndexOf(')')).split(' ')[20]}`
  } catch {
    return String(process.ppid)
  }
}
