import { Session } from '../../src/provider'
import {
  guard,
  json,
  markdown,
  readPulumi,
  review,
  reviewWithNames,
  text,
  type Plan,
  type Review,
} from '../../src/review'
import { startSandbox } from '../../src/sandbox'
import { recordedAt, type Case } from './programs'

/** A report in every format. */
export interface Rendering {
  readonly markdown: string
  readonly json: string
  readonly text: string
}

/** What the review of a recorded plan says. */
export async function rendered(one: Case, plan: string, state?: string): Promise<Rendering> {
  const read = readPulumi(plan, state)
  const seen = one.withNames ? await named(read) : review(read, { now })
  const wording = { timeZone: one.timeZone ?? 'UTC', showContacts: false }
  const fired = guard(seen, one.settings ?? {}, one.allow ?? [], wording)
  return {
    markdown: markdown(seen, fired, wording),
    json: json(seen, fired, wording),
    text: text(seen, fired, { ...wording, useColours: false, columns: 120 }),
  }
}

const now = Date.parse(recordedAt)

/** With the names of a building as it was before anything was deployed. */
async function named(plan: Plan): Promise<Review> {
  const sandbox = await startSandbox({ seed: 'office' })
  try {
    const session = new Session()
    session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
    return await reviewWithNames(plan, session, { now })
  } finally {
    await sandbox.stop()
  }
}
