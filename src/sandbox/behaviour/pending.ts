import type { Context } from '../context'
import type { Notice } from '../store/collections'
import type { CollectionName } from '../store/store'
import { settling } from './settlement'

interface Marks {
  readonly warnings?: readonly Notice[]
  readonly pending_mutations?: readonly Notice[]
}

/** Shows that a change of an object is under way. */
export function mark(
  { store }: Context,
  collection: CollectionName,
  id: string,
  marks: Marks,
): void {
  const records = store.collection(collection)
  const held = records?.get(id) as Marks | undefined
  if (!held) return
  const added = (list: keyof Marks) =>
    marks[list] ? { [list]: [...(held[list] ?? []), ...marks[list]] } : {}
  const changes = { ...added('warnings'), ...added('pending_mutations') }
  records?.update(id, changes)
}

/** Takes the marks of these codes away. */
export function unmark(
  { store }: Context,
  collection: CollectionName,
  id: string,
  codes: readonly string[],
): void {
  const records = store.collection(collection)
  const held = records?.get(id) as Marks | undefined
  if (!held) return
  const left = (list: keyof Marks, code: string) =>
    held[list]
      ? { [list]: held[list].filter((notice) => !codes.includes(String(notice[code]))) }
      : {}
  const changes = {
    ...left('warnings', 'warning_code'),
    ...left('pending_mutations', 'mutation_code'),
  }
  records?.update(id, changes)
}

const unmarkLater = settling<{ collection: CollectionName; id: string; codes: string[] }>(
  'marks.clear',
  (context, { collection, id, codes }) => unmark(context, collection, id, codes),
)

/** Shows that a change is under way until it has settled. */
export function markUntilSettled(
  context: Context,
  collection: CollectionName,
  id: string,
  marks: Marks,
): void {
  mark(context, collection, id, marks)
  const notices = [...(marks.warnings ?? []), ...(marks.pending_mutations ?? [])]
  const codes = notices.map((notice) => String(notice.warning_code ?? notice.mutation_code))
  unmarkLater(context, { collection, id, codes })
}
