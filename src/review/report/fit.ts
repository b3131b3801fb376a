/** A part of a report that may be left out, and then is named. */
export interface Fold {
  /** What it is, such as `losses`. */
  readonly what: string
  /** Which of them, where several folds are of the same. */
  readonly from?: number
  readonly to?: number
  readonly text: () => string
}

/** Parts of a report in their order: text stays, folds need not. */
export type Block = string | Fold

const size = (text: string) => Buffer.byteLength(text) + 1

/**
 * Puts blocks together, within so many bytes in UTF-8, which are never fewer than characters. Folds
 * are taken from the first one on, each as a whole, as long as there is room; what is left out is
 * never even written.
 */
export function fit(
  blocks: readonly Block[],
  limit: number,
  note: (left: readonly string[]) => string,
): { text: string; fits: boolean } {
  const folds = blocks.filter((block) => typeof block !== 'string')
  const reserve = size(note(namesOf(folds)))
  const fixed = blocks.filter((block) => typeof block === 'string')
  let room = limit - reserve - fixed.reduce((sum, text) => sum + size(text), 0)
  const taken = new Map<Block, string>()
  const fits = room >= 0
  for (const fold of folds) {
    const text = room > 0 ? fold.text() : ''
    room -= size(text)
    if (room < 0) break
    taken.set(fold, text)
  }
  const left = folds.filter((fold) => !taken.has(fold))
  const kept = blocks.flatMap((block) =>
    typeof block === 'string' ? block : (taken.get(block) ?? []),
  )
  return { text: [...kept, ...(left.length > 0 ? [note(namesOf(left))] : [])].join('\n'), fits }
}

/** What was left out; several folds of the same are one entry. */
function namesOf(left: readonly Fold[]): string[] {
  const ranges = new Map<string, { from?: number | undefined; to?: number | undefined }>()
  for (const { what, from, to } of left) {
    ranges.set(what, { from: ranges.get(what)?.from ?? from, to })
  }
  return [...ranges].map(([what, { from, to }]) =>
    from === undefined ? what : `${what} ${from} to ${to}`,
  )
}
