import { readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { Session } from '../provider'
import {
  exitCodeOf,
  guard,
  json,
  markdown,
  onDuty,
  readSettings,
  review,
  reviewWithFacts,
  text,
  unmatched,
  type Fired,
  type Plan,
  type Review,
  type Wording,
} from '../review'
import { SeamIacError } from '../seam'
import type { ReportOptions } from './options'

/** A plan that was looked at, and what the guards say of it. */
export interface Reviewed {
  readonly review: Review
  readonly fired: readonly Fired[]
  readonly wording: Wording
}

/** Standard input, or a file. */
export const readInput = (file: string): string => readFileSync(file === '-' ? 0 : file, 'utf8')

/** Looks at a plan, with Seam's names where there are credentials, and asks the guards. */
export async function look(plan: Plan, options: ReportOptions): Promise<Reviewed> {
  const settings = readSettings(process.cwd())
  const seen = await named(plan)
  const { timeZone = settings['time-zone'] ?? 'UTC', showContacts = false, allow } = options
  // Where no guard can stop anything, none is told.
  const wording = {
    timeZone,
    showContacts,
    ...(allow && { onDuty: onDuty(settings), unmatched: unmatched(seen, settings) }),
  }
  return { review: seen, fired: guard(seen, settings, allow ?? [], wording), wording }
}

const { SEAM_API_KEY: apiKey, SEAM_PERSONAL_ACCESS_TOKEN: token } = process.env

/** Names are worth a try: a report without them is better than none. */
async function named(plan: Plan): Promise<Review> {
  if (!apiKey && !token) return review(plan)
  try {
    return await reviewWithFacts(plan, new Session())
  } catch (error) {
    if (!(error instanceof SeamIacError)) throw error
    console.error(`seam-iac: the report names only what the plan names. ${error.message}`)
    return review(plan)
  }
}

/** The report in the format that was asked for. */
export function rendered(
  { review, fired, wording }: Reviewed,
  options: ReportOptions,
  limit?: number,
): string {
  if (options.format === 'json') return json(review, fired, wording)
  if (options.format === 'markdown') {
    return markdown(review, fired, { ...wording, ...(limit !== undefined && { limit }) })
  }
  const isTerminal = options.output === undefined && process.stdout.isTTY
  return text(review, fired, {
    ...wording,
    useColours: isTerminal && !process.env['NO_COLOR'],
    columns: process.stdout.columns || 120,
  })
}

/** Writes the report to where it was asked for. */
export async function deliver(reviewed: Reviewed, options: ReportOptions): Promise<void> {
  const text = rendered(reviewed, options)
  if (options.output === undefined) process.stdout.write(text)
  else await writeFile(options.output, text)
}

/** 0, 1 for a plan that failed, or what the guards say. */
export const verdict = ({ review, fired }: Reviewed): number =>
  review.plan.errors.length > 0 ? 1 : exitCodeOf(fired)
