import { conflict } from '../api/errors'
import type { Context } from '../context'
import type { Collection } from '../store/collection'

/** Refuses a value that another record of the workspace has already. */
export function mustBeFree<R extends object>(
  { settings }: Context,
  collection: Collection<R>,
  member: keyof R & string,
  value: string | null | undefined,
  { type = `${member}_conflict`, except }: { type?: string; except?: string | undefined } = {},
): void {
  if (value === undefined || value === null) return
  const holder = collection
    .where(member, value)
    .find((record) => collection.idOf(record) !== except)
  if (!holder) return
  const message = `${member} is already in use by ${collection.idOf(holder)}`
  throw conflict(type, message, settings.duplicateKeyStatus)
}
