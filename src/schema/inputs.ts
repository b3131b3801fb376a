import { checkRecord, collector } from './check'
import type { Field, Fields } from './fields'
import { valueOf } from './roles'
import { broken, type Rule } from './rules'
import { isAbsent, type Path, type Problem, type Wire } from './value'

/** Fields that belong together, and what must hold of them. */
interface Described {
  readonly fields: Fields
  readonly rules?: readonly Rule[] | undefined
  readonly elsewhere?: Readonly<Record<string, string>> | undefined
}

/** Inputs in their one spelling, and everything that is wrong with what was given. */
export function checkInputs(
  { fields, rules = [], elsewhere }: Described,
  given: Wire,
): { inputs: Wire; problems: Problem[] } {
  const { problems, report } = collector()
  const inputs = checkRecord(fields, given, [], report, elsewhere)
  const isBroken = (path: Path) => problems.some((problem) => problem.path[0] === path[0])
  for (const rule of rules) {
    for (const problem of broken(rule, inputs)) if (!isBroken(problem.path)) problems.push(problem)
  }
  return { inputs, problems }
}

/** Whether an update call can send an input. */
export const isUpdatable = ({ input, marks }: Field): boolean =>
  input !== 'never' &&
  !marks.local &&
  !marks.planned &&
  (!marks.replaces || marks.replaces.isPartial)

/** What an update call sends of the inputs that differ; `null` takes away what was set. */
export function patchOf(
  { fields }: { readonly fields: Fields },
  after: Wire,
  changed: ReadonlySet<string>,
): Wire {
  const names = [...changed].filter((name) => {
    const field = fields[name]
    return field && isUpdatable(field) && !(field.marks.computed && isAbsent(after[name]))
  })
  const sent = (name: string) => after[name] ?? fields[name]!.marks.otherwise ?? null
  return Object.fromEntries(names.map((name) => [name, sent(name)]))
}

/** Whether the time of an object is over, so that Seam may keep it no longer. */
export function isOver(
  definition: { readonly fields: Fields },
  values: Wire,
  now = Date.now(),
): boolean {
  const expiry = valueOf(definition, 'expiry', values)
  return typeof expiry === 'string' && Date.parse(expiry) <= now
}
