const startOf = (table: string) => `<!-- generated: ${table} -->`
const end = '<!-- /generated -->'

/** The tables of a page that is written by hand, by name. */
export type Tables = Readonly<Record<string, () => readonly string[]>>

/** The page with its tables made anew. */
export function withTables(page: string, tables: Tables): string {
  return Object.entries(tables).reduce((whole, [name, rows]) => {
    const start = startOf(name)
    const [before, rest] = whole.split(start)
    const [, ...after] = rest?.split(end) ?? []
    if (before === undefined || after.length === 0) {
      throw new Error(`The page needs the lines ${start} and ${end}`)
    }
    return `${before}${start}\n\n${rows().join('\n')}\n\n${end}${after.join(end)}`
  }, page)
}
