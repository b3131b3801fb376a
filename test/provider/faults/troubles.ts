import type { FaultSpec, SandboxOptions } from '../../../src/sandbox'
import type { Scenario } from './scenarios'

/** Something that goes wrong, and what is expected of a deployment that meets it. */
export interface Trouble {
  what: string
  /** The faults that are in force while the change is deployed. */
  faults?(scenario: Scenario): FaultSpec[]
  sandbox?: SandboxOptions
  /** It does not end by itself, so the deployment fails until it is over. */
  isLasting?: boolean
  /** The deployment does all its work, and then nobody keeps the state. */
  isKilled?: boolean
}

/** At the call in question, once unless it says otherwise. */
const at =
  (...specs: FaultSpec[]) =>
  ({ path }: Scenario): FaultSpec[] =>
    specs.map((spec) => ({ path, times: 1, ...spec }))

/** At every call. */
const everywhere =
  (...specs: FaultSpec[]) =>
  () =>
    specs

const limits: Trouble[] = [
  { what: '429', faults: at({ kind: 'status', status: 429, times: 3 }) },
  {
    what: '429 with Retry-After',
    faults: at({ kind: 'status', status: 429, retryAfter: 1 }),
  },
  {
    what: '429 with Retry-After as a date',
    faults: at({ kind: 'status', status: 429, retryAfter: 1, retryAfterAs: 'date' }),
  },
  {
    what: '429 as a page',
    faults: at({ kind: 'status', status: 429, body: 'html' }),
  },
]

const bodies = ['json', 'html', 'empty'] as const
const errors: Trouble[] = [
  ...[500, 502, 503].flatMap((status) =>
    bodies.map((body) => ({
      what: `${status} (${body})`,
      faults: at({ kind: 'status', status, body }),
    })),
  ),
  ...bodies.map((body) => ({
    what: `500 (${body}) after the commit`,
    faults: at({ kind: 'status', status: 500, body, when: 'after' }),
  })),
  { what: '503 three times', faults: at({ kind: 'status', times: 3 }) },
  {
    what: '503 three times after the commit',
    faults: at({ kind: 'status', when: 'after', times: 3 }),
  },
]

const lost: Trouble[] = [
  { what: 'reset before', faults: at({ kind: 'reset-before' }) },
  { what: 'reset after', faults: at({ kind: 'reset-after' }) },
  { what: 'reset before, three times', faults: at({ kind: 'reset-before', times: 3 }) },
  { what: 'reset after, three times', faults: at({ kind: 'reset-after', times: 3 }) },
  { what: 'truncated body', faults: at({ kind: 'truncated-body' }) },
  {
    what: 'one after another',
    faults: at(
      { kind: 'status', status: 429 },
      { kind: 'reset-before' },
      { kind: 'status', status: 502, body: 'html' },
      { kind: 'reset-after' },
    ),
  },
]

const strange: Trouble[] = [
  { what: 'JSON called HTML', faults: everywhere({ kind: 'wrong-type' }) },
  {
    what: 'JSON called bytes',
    faults: at({ kind: 'wrong-type', contentType: 'application/octet-stream' }),
  },
  {
    what: 'login page with 200',
    faults: at({ kind: 'status', status: 200, body: 'html' }),
  },
  {
    what: 'login page with 200 after the commit',
    faults: at({ kind: 'status', status: 200, body: 'html', when: 'after' }),
  },
  {
    what: 'nothing with 200 after the commit',
    faults: at({ kind: 'status', status: 200, body: 'empty', when: 'after' }),
  },
  { what: 'unknown fields', faults: everywhere({ kind: 'unknown-fields' }) },
]

const lag = 700
const slow: Trouble[] = [
  { what: 'latency', faults: everywhere({ kind: 'latency', ms: 0, maxMs: 200 }) },
  { what: 'slow body', faults: at({ kind: 'slow-body', ms: 300 }) },
  { what: 'stale reads', faults: everywhere({ kind: 'stale', ms: lag }) },
  {
    what: 'stale reads, reset after',
    faults: (scenario) => [{ kind: 'stale', ms: lag }, ...at({ kind: 'reset-after' })(scenario)],
  },
  {
    what: 'stale reads, 500 after the commit',
    faults: (scenario) => [
      { kind: 'stale', ms: lag },
      ...at({ kind: 'status', status: 500, when: 'after' })(scenario),
    ],
  },
  { what: 'changes that settle later', sandbox: { settleMs: 400 } },
  {
    what: 'changes that settle later, reset after',
    sandbox: { settleMs: 400 },
    faults: at({ kind: 'reset-after' }),
  },
]

const others: Trouble[] = [
  {
    what: 'a provider that fails',
    faults: ({ provides }) =>
      provides ? [{ kind: 'provider-failure', collection: provides, times: 1 }] : [],
  },
  {
    what: 'a provider that fails later',
    sandbox: { settleMs: 400 },
    faults: ({ provides }) =>
      provides ? [{ kind: 'provider-failure', collection: provides, times: 1 }] : [],
  },
  {
    what: 'refused for good',
    isLasting: true,
    faults: at({ kind: 'status', status: 400, times: 1e9 }),
  },
  {
    what: 'forbidden for good',
    isLasting: true,
    faults: at({ kind: 'status', status: 403, body: 'html', times: 1e9 }),
  },
  { what: 'killed after its work', isKilled: true },
]

export const troubles: readonly Trouble[] = [
  ...limits,
  ...errors,
  ...lost,
  ...strange,
  ...slow,
  ...others,
]
