import { Session } from '../../src/provider'
import {
  guard,
  json,
  markdown,
  readPulumi,
  review,
  reviewWithFacts,
  text,
  type Plan,
  type Review,
} from '../../src/review'
import { startSandbox, type Snapshot } from '../../src/sandbox'
import { recordedAt, type Case } from './programs'

/** A report in every format. */
export interface Rendering {
  readonly markdown: string
  readonly json: string
  readonly text: string
}

/** What the review of a recorded plan says. */
export async function rendered(
  one: Case,
  plan: string,
  state?: string,
  building?: string,
): Promise<Rendering> {
  const read = readPulumi(plan, state)
  const seen = building === undefined ? review(read, { now }) : await asked(read, building)
  const wording = { timeZone: one.timeZone ?? 'UTC', showContacts: false }
  const fired = guard(seen, one.settings ?? {}, one.allow ?? [], wording)
  return {
    markdown: markdown(seen, fired, wording),
    json: json(seen, fired, wording),
    text: text(seen, fired, { ...wording, useColours: false, columns: 120 }),
  }
}

const now = Date.parse(recordedAt)

/** With what the building was when the plan was recorded. */
async function asked(plan: Plan, building: string): Promise<Review> {
  const sandbox = await startSandbox({ seed: 'office' })
  try {
    sandbox.store.load(JSON.parse(building) as Snapshot)
    const session = new Session()
    session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
    return await reviewWithFacts(plan, session, { now })
  } finally {
    await sandbox.stop()
  }
}
