import type { Field, Fields } from './fields'
import { isUpdatable } from './inputs'
import { fieldsOf, wordsOf } from './kinds'
import type { Resource } from './resource'
import { nameOf } from './roles'
import type { Rule } from './rules'

type Checked = Resource<any, any, any>

/** What is wrong with a field: updates that leave it out would otherwise change nothing, or fail. */
function fieldProblem(fields: Fields, name: string, field: Field): string | undefined {
  const { marks, input } = field
  const { computed, clearable, resolved, otherwise, replaces } = marks
  const followed = (marks.follows ?? []).find((other) => fields[other]?.input === undefined)
  if (followed !== undefined) return `${name} follows ${followed}, which is no field`
  if (clearable && input !== 'maybe') return `${name} is clearable, and cannot be left out`
  if (otherwise !== undefined && input !== 'maybe') {
    return `${name} says what leaving it out means, and cannot be left out`
  }
  const isSaid = computed || clearable || resolved || otherwise !== undefined || replaces
  if (input !== 'maybe' || !isUpdatable(field) || isSaid) return undefined
  return `${name} may be left out later, and nothing says what that does: mark it with clearable, computed, otherwise or replacesWhenCleared`
}

/** The names in a rule that types cannot check. */
function ruleProblem(fields: Fields, rule: Rule): string | undefined {
  if (rule.rule !== 'onlyWith') return undefined
  const { list, field, choice, word } = rule
  const inside = list === undefined ? fields : fieldsOf(fields[list]!.kind)
  if (!inside?.[field]) {
    return `a rule names ${field}, which is no field${list ? ` of ${list}` : ''}`
  }
  if (wordsOf(inside[choice]?.kind ?? { is: 'flag' })?.includes(word)) return undefined
  return `a rule names "${word}" of ${choice}, which is no word of it`
}

function identityProblems({ fields, id, key, twins }: Checked): (string | false)[] {
  const own = (fields as Fields)[id]
  return [
    own?.input !== 'never' && `its id ${id} can be given`,
    own?.marks.stable !== true && `its id ${id} is not stable`,
    key !== undefined &&
      nameOf({ fields: fields as Fields }, 'createdAt') === undefined &&
      'it has a key and no field as createdAt: after a lost answer nothing tells its own object from another one under the key',
    key === undefined &&
      twins === undefined &&
      'it has no key and no twins: after a lost answer it would be created twice',
  ]
}

/**
 * Checks what the types of a definition cannot.
 *
 * @throws an error that names the definition and all that is wrong with it
 */
export function assertDefinition(definition: Checked): void {
  const fields = definition.fields as Fields
  const problems = [
    ...identityProblems(definition),
    ...Object.entries(fields).map(([name, field]) => fieldProblem(fields, name, field)),
    ...((definition.rules ?? []) as readonly Rule[]).map((rule) => ruleProblem(fields, rule)),
  ].filter((problem) => problem)
  if (problems.length === 0) return
  throw new TypeError(`The definition of ${definition.name} is wrong: ${problems.join('; ')}.`)
}

/** Names the type parameters of a definition from its fields, and checks what types cannot say. */
export const resourceFor =
  <Api, Reads>() =>
  <const F extends Fields>(definition: Resource<F, Api, Reads>): Resource<F, Api, Reads> => {
    assertDefinition(definition)
    return definition
  }
