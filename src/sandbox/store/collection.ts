/** Changes to a record; `undefined` takes an optional member away. */
export type Changes<R> = { readonly [K in keyof R]?: R[K] | undefined }

/** Hears of each change: the row as it is now, or none where it was deleted. */
export type Watcher<R> = (id: string, row: Row<R> | undefined) => void

/** A record, and a number that grows from record to record in order of creation. */
export interface Row<R> {
  readonly order: number
  readonly record: Readonly<R>
}

/**
 * Objects of one kind in order of creation, found at once by id and by indexed members.
 * Records are replaced, never altered: one that was read stays as it was.
 */
export class Collection<R extends object> {
  private rows = new Map<string, Row<R>>()
  private readonly indexes = new Map<string, Index>()
  private readonly watchers = new Set<Watcher<R>>()
  private lastOrder = 0

  constructor(
    readonly idMember: keyof R & string,
    indexed: readonly (keyof R & string)[],
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

  /** The same, without a list of them all; it may be left early. */
  *each(): Generator<Readonly<R>> {
    for (const row of this.rows.values()) yield row.record
  }

  /** The records of these ids, without the unknown ones. */
  pick(ids: Iterable<string>): Readonly<R>[] {
    return [...new Set(ids)].flatMap((id) => this.get(id) ?? [])
  }

  /** The same in order of creation. */
  pickInOrder(ids: Iterable<string>): Readonly<R>[] {
    return this.inOrder(new Set(ids))
  }

  /** Records whose member is, or in a list contains, this value; in order of creation. */
  where(member: keyof R & string, value: string): Readonly<R>[] {
    return this.inOrder(this.idsWhere(member, value))
  }

  /** The same in any order, without a list of them all; it may be left early. */
  *eachWhere(member: keyof R & string, value: string): Generator<Readonly<R>> {
    for (const id of this.idsWhere(member, value)) {
      const record = this.get(id)
      if (record) yield record
    }
  }

  /** How many such records there are. */
  count(member: keyof R & string, value: string): number {
    return this.idsWhere(member, value).size
  }

  /** The oldest such record. */
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

  /** Adds a record, or puts it in the place of the one with its id. */
  put(record: R): void {
    const order = this.rows.get(this.idOf(record))?.order ?? ++this.lastOrder
    this.write({ order, record })
  }

  update(id: string, changes: Changes<R>): Readonly<R> | undefined {
    const row = this.rows.get(id)
    if (!row) return undefined
    const record = { ...row.record, ...changes }
    for (const [member, value] of Object.entries(changes)) {
      if (value === undefined) delete record[member as keyof R]
    }
    this.write({ order: row.order, record })
    return record
  }

  delete(id: string): boolean {
    const row = this.rows.get(id)
    if (!row) return false
    this.reindex(row.record, undefined)
    this.rows.delete(id)
    this.tell(id, undefined)
    return true
  }

  deleteOldest(count: number): void {
    // One look for many: it passes by all that was deleted before.
    for (const id of [...this.rows.keys()].slice(0, count)) this.delete(id)
  }

  clear(): void {
    const ids = [...this.rows.keys()]
    this.rows = new Map()
    for (const index of this.indexes.values()) index.clear()
    for (const id of ids) this.tell(id, undefined)
  }

  /** Tells of every change from now on, until the function that is returned is called. */
  watch(watcher: Watcher<R>): () => void {
    this.watchers.add(watcher)
    return () => this.watchers.delete(watcher)
  }

  allRows(): Iterable<Row<R>> {
    return this.rows.values()
  }

  /** Puts a row of another collection of the same kind here, or in place of what is here. */
  copy(row: Row<R>): void {
    this.lastOrder = Math.max(this.lastOrder, row.order)
    this.write(row)
  }

  private write(row: Row<R>): void {
    const id = this.idOf(row.record)
    this.reindex(this.get(id), row.record)
    this.rows.set(id, row)
    this.tell(id, row)
  }

  private tell(id: string, row: Row<R> | undefined): void {
    for (const watcher of this.watchers) watcher(id, row)
  }

  private idsWhere(member: keyof R & string, value: string): ReadonlySet<string> {
    const index = this.indexes.get(member)
    if (!index) throw new Error(`${member} is not indexed`)
    return index.get(value) ?? none
  }

  private inOrder(ids: ReadonlySet<string>): Readonly<R>[] {
    const rows: Row<R>[] = []
    let [last, isSorted] = [0, true]
    for (const id of ids) {
      const row = this.rows.get(id)
      if (!row) continue
      isSorted &&= row.order > last
      last = row.order
      rows.push(row)
    }
    if (!isSorted) rows.sort((one, other) => one.order - other.order)
    return rows.map((row) => row.record)
  }

  private reindex(before: Readonly<R> | undefined, after: Readonly<R> | undefined): void {
    const id = this.idOf((after ?? before) as R)
    for (const [member, index] of this.indexes) {
      const name = member as keyof R
      if (before && after && before[name] === after[name]) continue
      if (before) for (const value of valuesOf(before, member)) forget(index, value, id)
      if (after) for (const value of valuesOf(after, member)) keep(index, value, id)
    }
  }
}

type Index = Map<string, Set<string>>
const none: ReadonlySet<string> = new Set()

function keep(index: Index, value: string, id: string): void {
  const ids = index.get(value)
  if (ids) ids.add(id)
  else index.set(value, new Set([id]))
}

function forget(index: Index, value: string, id: string): void {
  const ids = index.get(value)
  ids?.delete(id)
  if (ids?.size === 0) index.delete(value)
}

function valuesOf(record: object, member: string): string[] {
  const value = (record as Record<string, unknown>)[member]
  if (Array.isArray(value)) return value.map(String)
  return value === undefined || value === null ? [] : [String(value)]
}
