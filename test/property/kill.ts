import type { Session } from '../../src/provider'

/** The end of a process, as far as one process can play it. */
export class Killed extends Error {
  /** Whether an error comes from the end of the process: whatever was caught since is none of ours. */
  static isCause(error: unknown): boolean {
    return error instanceof Error && error.message.includes('the process was killed')
  }

  constructor() {
    super('the process was killed')
  }
}

type Send = (intent: string, ...rest: unknown[]) => Promise<unknown>

/** Ends the process at its n-th change: before Seam gets it, or before its answer is seen. */
export function killAt(session: Session, change: number, isCarriedOut: boolean): void {
  // A client has one way out, which no caller of it should know.
  const seam = session.seam as unknown as { send: Send }
  const send = seam.send.bind(seam)
  let left = change
  let isDead = false
  seam.send = async (intent, ...rest) => {
    if (isDead) throw new Killed()
    if (intent === 'read' || --left > 0) return send(intent, ...rest)
    isDead = true
    if (isCarriedOut) await send(intent, ...rest).catch(() => {})
    throw new Killed()
  }
}

/** Calls back after each change that a process has made. */
export function watch(session: Session, look: () => void): void {
  const seam = session.seam as unknown as { send: Send }
  const send = seam.send.bind(seam)
  seam.send = async (intent, ...rest) => {
    const answer = await send(intent, ...rest)
    if (intent !== 'read') look()
    return answer
  }
}
