import { isWire } from '../../schema'
import type { Plan, Remark } from '../plan/plan'

interface Line {
  readonly type?: string
  readonly diagnostic?: {
    readonly severity: string
    readonly summary: string
    readonly detail?: string
    readonly address?: string
  }
}

function lineOf(text: string): Line {
  try {
    const line: unknown = JSON.parse(text)
    return isWire(line) ? line : {}
  } catch {
    return {}
  }
}

/** What `terraform plan -json` printed beside the plan: a line for each thing that it says. */
export function diagnosticsIn(printed: string): Pick<Plan, 'errors' | 'warnings'> {
  const all = printed.split('\n').flatMap((text) => lineOf(text).diagnostic ?? [])
  const of = (severity: string): Remark[] =>
    all
      .filter((one) => one.severity === severity)
      .map(({ summary, detail = '', address }) => ({
        message: detail ? `${summary}\n${detail}` : summary,
        name: address,
      }))
  return { errors: of('error'), warnings: of('warning') }
}
