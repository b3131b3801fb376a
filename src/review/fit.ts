/** A part of a report; folds may be left out, and then are named. */
export interface Block {
  readonly text: string
  /** What it is, for the list of what was left out; nothing for what must stay. */
  readonly fold?: string
}

const size = (text: string) => Buffer.byteLength(text)

/**
 * Puts blocks together, within so many bytes in UTF-8, which are never fewer than characters. The
 * last folds go first, each as a whole.
 */
export function fit(blocks: readonly Block[], limit: number, note: (left: string[]) => string) {
  const sizes = blocks.map(({ text }) => size(text) + 1)
  let total = sizes.reduce((sum, one) => sum + one, 0)
  const left: { at: number; fold: string }[] = []
  const isOver = () => total + (left.length > 0 ? size(note(names(left))) + 1 : 0) > limit
  for (let at = blocks.length - 1; at >= 0 && isOver(); at -= 1) {
    const { fold } = blocks[at]!
    if (fold === undefined) continue
    left.unshift({ at, fold })
    total -= sizes[at]!
  }
  const gone = new Set(left.map(({ at }) => at))
  const kept = blocks.filter((_, at) => !gone.has(at)).map(({ text }) => text)
  const text = [...kept, ...(left.length > 0 ? [note(names(left))] : [])].join('\n')
  return { text, fits: !isOver() }
}

const names = (left: readonly { fold: string }[]) => left.map(({ fold }) => fold)
