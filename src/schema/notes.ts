import { swapName } from './names'
import { isWire, type Wire } from './value'

/** Members of notes that nobody needs there: each is told by a field of its own, or was refused. */
const left = new Set([
  'code',
  'new_code',
  'original_code',
  'card_number',
  'instant_key_url',
  'client_session_token',
])

/** Secret members of notes that nothing else tells. */
const keys = ['common_code_key']

/** Members of notes that repeat what a program may hold secret, and others do not. */
const personal = ['full_name', 'email_address', 'phone_number']

const secret = new Set([...keys, ...personal])

/** By a name in Seam's spelling, or in that of a surface. */
export const isSecretMember = (name: string): boolean =>
  secret.has(name) || secret.has(swapName(name))

export const isPersonal = (name: string): boolean => personal.includes(name)

/** Every secret text in a note. */
function secretsInNote(note: unknown): string[] {
  if (Array.isArray(note)) return note.flatMap(secretsInNote)
  if (!isWire(note)) return []
  return Object.entries(note).flatMap(([name, value]) => {
    if (!left.has(name) && !secret.has(name)) return secretsInNote(value)
    return typeof value === 'string' && value !== '' ? [value] : []
  })
}

type Choose = (name: string) => boolean

/** The record without the secrets that the API puts into its messages. */
function withoutSecrets(note: unknown, secrets: string[], isLeft: Choose): unknown {
  if (Array.isArray(note)) return note.map((inner) => withoutSecrets(inner, secrets, isLeft))
  if (typeof note === 'string') {
    return secrets.reduce((text, secret) => text.replaceAll(secret, '[secret]'), note)
  }
  if (!isWire(note)) return note
  const members = Object.entries(note).filter(([name]) => !isLeft(name))
  return Object.fromEntries(
    members.map(([name, value]) => [
      name,
      secret.has(name) ? value : withoutSecrets(value, secrets, isLeft),
    ]),
  )
}

/** What the API says of an object, without the PINs and addresses that it puts there. */
export const plainNotes = (value: unknown): unknown =>
  withoutSecrets(value, secretsInNote(value), (name) => left.has(name) || secret.has(name))

/** The same with those secrets that nothing else tells, each of them in a member of its own. */
export const keptNotes = (value: unknown): unknown =>
  withoutSecrets(value, secretsInNote(value), (name) => left.has(name))

/** The members that notes of every code have, or that tell the code. */
export const noteMembers = [
  'message',
  'created_at',
  'error_code',
  'warning_code',
  'mutation_code',
] as const

/** A note as a record of known members, for surfaces whose records are closed: the rest is JSON text. */
export function closedNote(note: Wire): Wire {
  const known = new Set<string>(noteMembers)
  const of = (isKnown: boolean) =>
    Object.fromEntries(Object.entries(note).filter(([name]) => known.has(name) === isKnown))
  const rest = of(false)
  return { ...of(true), ...(Object.keys(rest).length > 0 && { details: JSON.stringify(rest) }) }
}
