import { createHash } from 'node:crypto'

/** A fingerprint of a text in hexadecimal digits. */
export const fingerprint = (text: string, length: number): string =>
  createHash('sha256').update(text).digest('hex').slice(0, length)

/**
 * The key of a resource whose program gives none. It follows from the seed (which resource of which
 * program) alone, so whatever an interrupted run left behind is found again under it.
 */
export const automaticKey = (seed: string): string => `iac-${seed}`

const numbered = /~(\d+)$/

const chosen = /^iac-[0-9a-f]{12}(~\d+)?$/

/**
 * Whether a provider chose this key, for whichever resource: one that was renamed keeps the key that
 * it got under its former name.
 */
export const isChosen = (key: unknown): key is string => typeof key === 'string' && chosen.test(key)

/** Whether the provider chose this key for the resource that the seed stands for. */
export const isAutomatic = (key: unknown, seed: string | undefined): key is string =>
  seed !== undefined && typeof key === 'string' && key.replace(numbered, '') === automaticKey(seed)

/**
 * The key of an object that was taken over: `key~0`. It is never looked up by later creates, since
 * what was taken over is let go and not deleted.
 */
export const takenOverKey = (key: string): string => `${key.replace(numbered, '')}~0`

/**
 * Whether the provider chose the key both before and after, so that their difference says nothing of
 * the object. One that was adopted by its id has the key that it had, which its inputs do not name.
 */
export const isChosenTwice = (before: unknown, after: unknown, seed: string | undefined): boolean =>
  (isAutomatic(after, seed) || (isChosen(after) && after === before)) &&
  (before === undefined || before === null || isChosen(before))

/** `key`, `key~2`, `key~3`, …: a replacement takes the next one that no live object has. */
export const generation = (key: string, number: number): string =>
  number === 1 ? key.replace(numbered, '') : `${key.replace(numbered, '')}~${number}`
