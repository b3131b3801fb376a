type Body = Record<string, unknown>

/** The calls that only read, as a client offers them. */
export interface Calls {
  /** Grows with every change that the client begins or ends. */
  readonly changes: number
  read<T>(path: string, body: Body, key: string): Promise<T>
  list<T>(path: string, body: Body, key: string): Promise<T[]>
  pages<T>(path: string, body: Body, key: string): AsyncIterable<T[]>
}
