import { setTimeout as sleep } from 'node:timers/promises'
import {
  flag,
  id,
  instant,
  isWire,
  notes,
  resourceFor,
  text,
  type Resource,
  type Wire,
} from '../schema'
import { lookedUp, SeamIacError, SeamLostAnswerError, type CachedReads, type Seam } from '../seam'

export { lookedUp }

/** A resource that talks to Seam. */
export const defineResource = resourceFor<Seam, CachedReads>()

export type SeamResource = Resource<any, Seam, CachedReads>

export const workspaceId = id('The workspace that holds it.').computed().stable().as('workspace')
export const createdAt = instant('When it was created.').computed().stable().as('createdAt')
export const displayName = text('The name that Seam shows for it.').computed()
export const errors = notes(
  'What keeps it from working: each has a code, a message, and when it began.',
).computed()
export const warnings = notes(
  'What limits it: each has a code, a message, and when it began. PINs are left out.',
).computed()

/** Systems change the case of addresses, and it means nothing. */
export const emailAddress = {
  pattern: /^[^\s@]+@[^\s@][^\s@.]*\.[^\s@]+$/,
  mustBe: 'an e-mail address, such as ana@example.com',
  foldsCase: true,
}

const whichToAdopt =
  'The id of an object to adopt instead of creating a new one. It is compared before it is changed, then updated to what is declared; destroy keeps it in Seam. A key that it has stays.'

const letGo = {
  delete_adopted: flag(
    'Lets destroy delete it although it was adopted; otherwise destroy keeps it in Seam.',
  )
    .optional()
    .local()
    .as('deleteAdopted'),
  adopted: flag('Whether it was there before this program, and adopted.')
    .computed()
    .remembered()
    .as('adopted'),
}

/** For what people may have made before this program: taking it over is their decision. */
export const adoption = {
  adopt: flag(
    'Adopts the object that the refusal of a new one names; it is then updated to what is declared. Without it, such an object is not changed.',
  )
    .optional()
    .local()
    .as('adopt'),
  adopt_id: id(whichToAdopt).optional().local().as('adoptId'),
  ...letGo,
}

/** The same, where an id says all that there is: nothing but the id could be refused. */
export const adoptionById = {
  adopt_id: text(whichToAdopt).optional().local().as('adoptId'),
  ...letGo,
}

/** The same as `adoption`, for objects whose ids are no UUIDs. */
export const adoptionByText = { ...adoption, ...adoptionById }

export const deleteCascade = flag(
  'Lets destroy also delete what others created for it: credentials, grants, memberships.',
)
  .optional()
  .local()
  .as('deleteCascade')

/** A list of warnings, errors or pending mutations, as Seam answers it. */
export const notesOf = (value: unknown): Wire[] =>
  Array.isArray(value) ? value.filter(isWire) : []

/** Deletion reaches the doors later than the API: an object on its way out counts as gone. */
export const isGoing = ({ warnings }: Wire): boolean =>
  notesOf(warnings).some((warning) => warning['warning_code'] === 'being_deleted')

/** The object as it is read, or nothing where it is gone or on its way out. */
export async function found(reading: Promise<Wire | undefined>): Promise<Wire | undefined> {
  const object = await reading
  return object && !isGoing(object) ? object : undefined
}

/** What a create has made. An answer that does not say which object it is tells as little as none. */
export function created<Name extends string>(path: string, observed: Wire, name: Name) {
  const id = observed[name]
  if (typeof id === 'string' && id !== '') return { id, observed, by: name }
  throw new SeamLostAnswerError(path, `the answer has no "${name}"`)
}

/** A create has failed after it did a part of its work, which state has to know. */
export class Unfinished extends SeamIacError {
  override name = 'Unfinished'

  /** @param inputs those that would declare what was done */
  constructor(
    readonly id: string,
    readonly inputs: Wire,
    override readonly cause: unknown,
    readonly observed: Wire = {},
  ) {
    super(`${id} was created in part`)
  }
}

/** Looks for what may be there, with growing pauses: an answer may come from a replica that is behind. */
export async function sighted<T>(
  look: () => Promise<T | undefined>,
  looks = 4,
): Promise<T | undefined> {
  for (let turn = 1; ; turn += 1) {
    const seen = await look()
    if (seen !== undefined || turn === looks) return seen
    await sleep(250 * 2 ** turn)
  }
}

/** Lets all of them end before the first failure is told: none may go on behind it. */
export async function allOf(writes: Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected')
  if (failed) throw (failed as PromiseRejectedResult).reason
}
