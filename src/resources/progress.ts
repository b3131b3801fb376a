import { choice, duration, plainNotes, type Progress, type Wire } from '../schema'
import { notesOf } from './common'

/** Inputs of what reaches the doors some time after Seam has it. */
export const waiting = {
  wait_for: choice(
    'When it counts as done. Neither waits for cards to be encoded or for a start in the future.',
    {
      accepted: 'Seam has it',
      provisioned: 'Seam has brought it to the doors as well',
    },
  )
    .optional()
    .otherwise('accepted')
    .local()
    .as('waitFor'),
  timeout: duration('How long to wait until it is `provisioned`.')
    .optional()
    .otherwise('5m')
    .example('90s')
    .local()
    .as('timeout'),
}

/** Changes that Seam carries out later on purpose. */
const isDeferred = (note: Wire) => String(note['mutation_code']).startsWith('deferring_')

/** Warnings that go away by themselves once the change has arrived. */
const onItsWay = new Set([
  'updating_access_times',
  'underprovisioned_access',
  'overprovisioned_access',
])

/** Warnings that no waiting takes away: the device cannot do what was asked. */
const permanent = new Set([
  'device_does_not_support_access_codes',
  'device_time_constraints_violated',
])

const has = (note: Wire, codes: Set<string>) => codes.has(String(note['warning_code']))

const messages = (notes: Wire[]) =>
  notesOf(plainNotes(notes)).map((note) => String(note['message']))

/** How far an object is that shows errors, warnings and pending mutations. */
export function progressOf(object: Wire): Progress {
  const warnings = notesOf(object['warnings'])
  return {
    failed: [...notesOf(object['errors']), ...warnings.filter((note) => has(note, permanent))],
    pending: messages([
      ...notesOf(object['pending_mutations']).filter((note) => !isDeferred(note)),
      ...warnings.filter((note) => has(note, onItsWay)),
    ]),
  }
}
