/** One call that reached the sandbox; `status` is 0 where the connection was cut. */
export interface LoggedRequest {
  readonly method: string
  readonly path: string
  status: number
  /** The parameters: the JSON body, or what the query string stands for. */
  body: unknown
}

const mostKept = 100_000
const mostCharacters = 64_000_000

/** The last calls that the sandbox got, oldest first, without those of the control API. */
export class RequestLog {
  private kept: LoggedRequest[] = []
  private sizes: number[] = []
  private characters = 0

  get entries(): readonly LoggedRequest[] {
    return this.kept
  }

  open(method: string, path: string): LoggedRequest {
    const entry = { method, path, status: 0, body: null }
    this.kept.push(entry)
    this.sizes.push(0)
    this.forgetOldest()
    return entry
  }

  /** Notes what a call says, in so many characters. */
  describe(entry: LoggedRequest, body: unknown, characters: number): void {
    entry.body = body
    const index = this.kept.lastIndexOf(entry)
    if (index < 0) return
    this.sizes[index] = characters
    this.characters += characters
    this.forgetOldest()
  }

  clear(): void {
    this.kept = []
    this.sizes = []
    this.characters = 0
  }

  private forgetOldest(): void {
    if (this.kept.length <= mostKept && this.characters <= mostCharacters) return
    // Many at once: each time, all that stay are moved.
    let [count, characters] = [0, this.characters]
    while (
      count < this.kept.length - 1 &&
      (this.kept.length - count > mostKept * 0.9 || characters > mostCharacters * 0.9)
    ) {
      characters -= this.sizes[count++] ?? 0
    }
    this.kept.splice(0, count)
    this.sizes.splice(0, count)
    this.characters = characters
  }
}
