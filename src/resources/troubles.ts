import { isAbsent, plainNotes, type Wire } from '../schema'
import type { CachedReads, ObjectSource } from '../seam'
import { notesOf } from './common'
import { devices, people } from './sources'

/** Warnings that tell of something under way, which is no news. */
const passing = new Set([
  'being_deleted',
  'underprovisioned_access',
  'updating_access_times',
  'delay_in_issuing',
  'waiting_to_be_issued',
])

const codeOf = (note: Wire) => String(note['error_code'] ?? note['warning_code'])

const identity = (note: Wire) =>
  JSON.stringify([codeOf(note), note['created_at'], note['device_id'], note['missing_device_ids']])

const isNews = (note: Wire) => {
  const code = codeOf(note)
  if (code === 'overprovisioned_access') return notesOf(note['failed_devices']).length > 0
  return !passing.has(code)
}

const troublesIn = ({ errors, warnings }: Wire) =>
  [...notesOf(errors), ...notesOf(warnings)].filter(isNews)

/** What Seam says of an object that it has not said before, in words. */
export async function newTroubles(
  reads: CachedReads,
  now: Wire,
  before: Wire = {},
): Promise<string[]> {
  const known = new Set(troublesIn(before).map(identity))
  return inWords(
    reads,
    now,
    troublesIn(now).filter((note) => !known.has(identity(note))),
  )
}

/** Notes as sentences with the names of people and doors, as far as Seam tells them. */
export async function inWords(reads: CachedReads, object: Wire, notes: Wire[]): Promise<string[]> {
  if (notes.length === 0) return []
  const who = await nameOf(reads, people, object['user_identity_id'])
  const subject = who ?? String(object['display_name'] ?? 'It')
  return Promise.all(notesOf(plainNotes(notes)).map((note) => sentence(reads, subject, note)))
}

/** A name is worth a question, but not a failure. */
async function nameOf(
  reads: CachedReads,
  source: ObjectSource,
  id: unknown,
): Promise<string | undefined> {
  if (typeof id !== 'string') return undefined
  const named = await reads.one(source, id).catch(() => undefined)
  const name = named?.['full_name'] ?? named?.['display_name']
  return isAbsent(name) ? undefined : String(name)
}

const door = async (reads: CachedReads, id: unknown) =>
  (await nameOf(reads, devices, id)) ?? `device ${String(id)}`

const timeLimits: Record<string, string> = {
  duration_exceeds_max: 'the time is longer than the device allows',
  times_do_not_match_slots: 'the device takes only certain times of day',
  ongoing_not_supported: 'the device needs an end, and there is none',
}

async function sentence(reads: CachedReads, who: string, note: Wire): Promise<string> {
  const message = String(note['message'])
  switch (codeOf(note)) {
    case 'device_does_not_support_access_codes':
      return `${who}’s code for ${await door(reads, note['device_id'])} could not be set: the device does not support access codes.`
    case 'device_time_constraints_violated':
      return `${who}’s code for ${await door(reads, note['device_id'])} could not be set: ${timeLimits[String(note['reason'])] ?? message}.`
    case 'requested_code_unavailable':
      return `${who}’s code for ${await door(reads, note['device_id'])} is another one than was asked for: that one is taken there.`
    case 'overprovisioned_access':
      return `${who} can still open ${await doors(
        reads,
        notesOf(note['failed_devices']).map((one) => one['device_id']),
      )}: ${message}`
    case 'cannot_create_requested_access_methods':
      return `${who}’s access${await to(reads, note['missing_device_ids'])} could not be made: ${message}`
    default:
      return `${who}: ${message} (${codeOf(note)})`
  }
}

const doors = async (reads: CachedReads, ids: unknown[]) =>
  (await Promise.all(ids.map((id) => door(reads, id)))).join(', ')

const to = async (reads: CachedReads, ids: unknown) =>
  Array.isArray(ids) && ids.length > 0 ? ` to ${await doors(reads, ids)}` : ''
