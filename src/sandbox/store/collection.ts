/** Changes to a record; `undefined` takes an optional member away. */
export type Changes<R> = { readonly [K in keyof R]?: R[K] | undefined }

interface Row<R> {
  readonly order: number
  readonly record: Readonly<R>
}

/**
 * Objects of one kind in order of creation, found at once by id and by indexed members.
 * Records are replaced, never altered: one that was read stays as it was.
 */
export class Collection<R extends object> {
  private rows = new Map<string, Row<R>>()
  private readonly indexes = new Map<string, Map<string, Set<string>>>()
  private lastOrder = 0

  constructor(
    readonly idMember: keyof R & string,
    indexed: readonly (keyof R & string)[],
    private readonly changed: () => void,
  ) {
    for (const member of indexed) this.indexes.set(member, new Map())
  }

  get size(): number {
    return this.rows.size
  }

  get(id: string): Readonly<R> | undefined {
    return this.rows.get(id)?.record
  }

  has(id: string): boolean {
    return this.rows.has(id)
  }

  all(): Readonly<R>[] {
    return Array.from(this.rows.values(), (row) => row.record)
  }

  /** The records of these ids, without the unknown ones. */
  pick(ids: Iterable<string>): Readonly<R>[] {
    return [...new Set(ids)].flatMap((id) => this.get(id) ?? [])
  }

  /** Records whose member is, or in a list contains, this value. */
  where(member: keyof R & string, value: string): Readonly<R>[] {
    const index = this.indexes.get(member)
    if (!index) throw new Error(`${member} is not indexed`)
    return this.pick(index.get(value) ?? [])
  }

  find(member: keyof R & string, value: string): Readonly<R> | undefined {
    return this.where(member, value)[0]
  }

  idOf(record: Readonly<R>): string {
    return String(record[this.idMember])
  }

  /** A number that grows from record to record in order of creation. */
  orderOf(record: Readonly<R>): number {
    return this.rows.get(this.idOf(record))?.order ?? 0
  }

  add(record: R): Readonly<R> {
    this.delete(this.idOf(record))
    this.write({ order: ++this.lastOrder, record })
    return record
  }

  update(id: string, changes: Changes<R>): Readonly<R> | undefined {
    const row = this.rows.get(id)
    if (!row) return undefined
    this.unindex(row.record)
    const members = Object.entries({ ...row.record, ...changes })
    const record = Object.fromEntries(members.filter(([, value]) => value !== undefined)) as R
    this.write({ order: row.order, record })
    return record
  }

  delete(id: string): boolean {
    const row = this.rows.get(id)
    if (!row) return false
    this.unindex(row.record)
    this.rows.delete(id)
    this.changed()
    return true
  }

  deleteOldest(): void {
    const [oldest] = this.rows.keys()
    if (oldest !== undefined) this.delete(oldest)
  }

  clear(): void {
    this.rows = new Map()
    for (const index of this.indexes.values()) index.clear()
    this.changed()
  }

  private write(row: Row<R>): void {
    const id = this.idOf(row.record)
    this.rows.set(id, row)
    for (const [member, index] of this.indexes) {
      for (const value of valuesOf(row.record, member)) {
        const ids = index.get(value) ?? new Set()
        index.set(value, ids.add(id))
      }
    }
    this.changed()
  }

  private unindex(record: Readonly<R>): void {
    for (const [member, index] of this.indexes) {
      for (const value of valuesOf(record, member)) index.get(value)?.delete(this.idOf(record))
    }
  }
}

function valuesOf(record: object, member: string): string[] {
  const value = (record as Record<string, unknown>)[member]
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null ? [] : [String(value)]
}
