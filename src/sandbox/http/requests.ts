/** One call that reached the sandbox; `status` is 0 where the connection was cut. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  status: number
  /** The parameters: the JSON body, or what the query string stands for. */
  body: unknown
}

const mostKept = 100_000

/** The calls that the sandbox got, oldest first, without those of the control API. */
export class RequestLog {
  private kept: LoggedRequest[] = []

  get entries(): readonly LoggedRequest[] {
    return this.kept
  }

  open(method: string, path: string): LoggedRequest {
    const entry = { method, path, status: 0, body: null }
    if (this.kept.length >= mostKept) this.kept.shift()
    this.kept.push(entry)
    return entry
  }

  clear(): void {
    this.kept = []
  }
}
