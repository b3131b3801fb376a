import { isWire } from '../../schema'
import type { Digest, State, Step } from './document'

/** A line of what `pulumi preview --json` prints with PULUMI_ENABLE_STREAMING_JSON_PREVIEW. */
interface Event {
  readonly sequence: number
  readonly resourcePreEvent?: { readonly metadata: Metadata }
  readonly diagnosticEvent?: {
    readonly urn?: string
    readonly message: string
    readonly severity: string
    readonly prefix?: string
  }
  readonly summaryEvent?: { readonly resourceChanges?: Record<string, number> }
}

interface Metadata {
  readonly op: string
  readonly urn: string
  readonly old?: State | null
  readonly new?: State | null
  readonly keys?: string[] | null
  readonly diffs?: string[] | null
}

const beginning = '{"sequence":'

/**
 * What a plan in streaming form says; nothing where the text is none. It does not tell which resource
 * is named by another, so a report of it knows less of what is yet to be made.
 */
export function streamed(text: string): Digest | undefined {
  // A large document has millions of lines, of which none is an event.
  if (!text.startsWith(beginning) && !text.includes(`\n${beginning}`)) return undefined
  const events = text.split('\n').flatMap((line) => eventIn(line) ?? [])
  if (events.length === 0) return undefined
  const summary = events.find((one) => one.summaryEvent)?.summaryEvent
  return {
    steps: events.flatMap(({ resourcePreEvent: one }) => (one ? [stepOf(one.metadata)] : [])),
    diagnostics: events.flatMap(({ diagnosticEvent: one }) =>
      one ? [{ ...one, message: (one.prefix ?? '') + one.message }] : [],
    ),
    changeSummary: summary?.resourceChanges ?? {},
  }
}

function eventIn(line: string): Event | undefined {
  if (!line.startsWith(beginning)) return undefined
  try {
    const event: unknown = JSON.parse(line)
    return isWire(event) ? (event as unknown as Event) : undefined
  } catch {
    return undefined
  }
}

function stepOf({ op, urn, old, new: next, keys, diffs }: Metadata): Step {
  return {
    op,
    urn,
    ...(old && { oldState: old }),
    ...(next && { newState: next }),
    ...(diffs && { diffReasons: diffs }),
    ...(keys && { replaceReasons: keys }),
  }
}
