import { isDeepStrictEqual } from 'node:util'
import { inputFields, type Field, type Fields, type Role } from './fields'
import { checkInputs, isUpdatable } from './inputs'
import { fieldsOf, wordsOf, type Kind } from './kinds'
import type { Resource } from './resource'
import type { Rule } from './rules'

type Checked = Resource<any, any, any>

/** What is wrong with a field: updates that leave it out would otherwise change nothing, or fail. */
function fieldProblem(fields: Fields, name: string, field: Field): string | undefined {
  const { marks, input } = field
  const { computed, clearable, resolved, otherwise, replaces } = marks
  const named = [...(marks.follows ?? []), ...(marks.repeats === undefined ? [] : [marks.repeats])]
  const missing = named.find((other) => !fields[other])
  if (missing !== undefined) return `${name} follows or repeats ${missing}, which is no field`
  const output = marks.follows?.find((other) => fields[other]!.input === 'never')
  if (output !== undefined) return `${name} follows ${output}, which no program gives`
  if (clearable && input !== 'maybe') return `${name} is clearable, and cannot be left out`
  if (otherwise !== undefined && input !== 'maybe') {
    return `${name} says what leaving it out means, and cannot be left out`
  }
  if (otherwise !== undefined && (clearable || computed)) {
    return `${name} says what leaving it out means, and is ${clearable ? 'clearable' : 'computed'} as well: leaving it out means one thing`
  }
  if (otherwise !== undefined && !isDeepStrictEqual(checkedAs(name, field, otherwise), otherwise)) {
    return `${name} is ${JSON.stringify(otherwise)} where it is left out, which is no value of it in its one spelling: texts of a set are sorted, instants end with Z`
  }
  const isSaid = computed || clearable || resolved || otherwise !== undefined || replaces
  if (input !== 'maybe' || !isUpdatable(field) || isSaid) return undefined
  return `${name} may be left out later, and nothing says what that does: mark it with clearable, computed, otherwise or replacesWhenCleared`
}

const checkedAs = (name: string, field: Field, value: unknown) =>
  checkInputs({ fields: { [name]: field } }, { [name]: value }).inputs[name]

/** What a field, or a member of its record, is: `access_schedule.ends_at`. */
function kindAt(fields: Fields, place: string): Kind['is'] | undefined {
  const [name = '', member] = place.split('.')
  const kind = fields[name]?.kind
  return member === undefined ? kind?.is : kind && fieldsOf(kind)?.[member]?.kind.is
}

const notInstant = (fields: Fields, place: string | undefined, what: string) =>
  place !== undefined &&
  kindAt(fields, place) !== 'instant' &&
  `${what} names ${place}, which is no instant`

/** The names in a rule that types cannot check. */
function ruleProblem(fields: Fields, rule: Rule): string | false | undefined {
  if (rule.rule === 'inOrder') {
    return notInstant(fields, rule.first, 'a rule') || notInstant(fields, rule.second, 'a rule')
  }
  if (rule.rule !== 'onlyWith') return undefined
  const { list, field, choice, word } = rule
  const inside = list === undefined ? fields : fieldsOf(fields[list]!.kind)
  if (!inside?.[field]) {
    return `a rule names ${field}, which is no field${list ? ` of ${list}` : ''}`
  }
  if (wordsOf(inside[choice]?.kind ?? { is: 'flag' })?.includes(word)) return undefined
  return `a rule names "${word}" of ${choice}, which is no word of it`
}

/** Fields that name objects are called as these are: an `acs_entrance` is named by `acs_entrance_ids`. */
function doorProblems({ fields, opens, contains }: Checked): (string | false)[] {
  const kinds = { ...opens?.who, ...opens?.what, ...contains } as Record<string, readonly string[]>
  const strangers = Object.entries(kinds).flatMap(([kind, names]) =>
    names
      .filter((name) => !new RegExp(`(^|_)${kind}_(id|key)s?$`).test(name))
      .map(
        (name) => `${name} is to name an ${kind}, and is not called so: ${kind}_id, ${kind}_ids`,
      ),
  )
  return [
    ...strangers,
    notInstant(fields as Fields, opens?.from, 'from'),
    notInstant(fields as Fields, opens?.until, 'until'),
  ]
}

function idProblem({ fields, id }: Checked): string | undefined {
  const own = (fields as Fields)[id]
  if (!own) return `its id ${id} is no field`
  if (own.input !== 'never') return `its id ${id} can be given`
  return own.marks.stable ? undefined : `its id ${id} is not stable`
}

/** An object could not be adopted whose id is refused by the input that takes it. */
function adoptProblem(id: Field | undefined, adoptId: Field | undefined): string | undefined {
  if (adoptId?.kind.is !== 'id' || !id || id.kind.is === 'id') return undefined
  return 'its id is no UUID, and the field as adoptId takes nothing else: take ...adoptionByText'
}

/** Fields that the provider needs, by what it needs them for. */
function roleProblems({ fields, key, twins, id }: Checked): (string | false | undefined)[] {
  const roles = Object.entries(fields as Fields).flatMap(([name, { marks }]) =>
    marks.role === undefined ? [] : [{ name, role: marks.role }],
  )
  const all = roles.map(({ role }) => role)
  const twice = all.find((role, at) => all.indexOf(role) !== at)
  const both = roles.filter(({ role }) => role === twice).map(({ name }) => name)
  const lacks = (role: Role) => !all.includes(role)
  const adoptId = roles.find(({ role }) => role === 'adoptId')?.name ?? ''
  const isRefused = key !== undefined || typeof twins === 'function'
  return [
    twice !== undefined && `two fields are as ${twice}: ${both.join(', ')}`,
    lacks('workspace') &&
      'it has no field as workspace: with a key of another workspace it would count as deleted. Add workspace_id: workspaceId, with .remembered() where Seam does not answer it',
    isRefused &&
      (lacks('adopt') || lacks('adoptId')) &&
      'it has no fields as adopt and adoptId: nobody could agree to adopt the object that is in the way. Add ...adoption',
    adoptProblem(fields[id], fields[adoptId]),
    key !== undefined &&
      lacks('createdAt') &&
      'it has a key and no field as createdAt: after a lost answer nothing tells its own object from another one under the key',
  ]
}

function callProblems({ fields, key, twins, update }: Checked): (string | false)[] {
  const [changed] = inputFields(fields as Fields).find(([, field]) => isUpdatable(field)) ?? []
  return [
    update === undefined &&
      changed !== undefined &&
      `${changed} can change in place, and there is no update: mark it with replaces, or add update`,
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
    idProblem(definition),
    ...roleProblems(definition),
    ...callProblems(definition),
    ...doorProblems(definition),
    ...Object.entries(fields).map(([name, field]) => fieldProblem(fields, name, field)),
    ...((definition.rules ?? []) as readonly Rule[]).map((rule) => ruleProblem(fields, rule)),
  ].filter((problem) => problem)
  if (problems.length === 0) return
  throw new TypeError(`The definition of ${definition.name} is wrong: ${problems.join('; ')}.`)
}

/**
 * Checks what no definition alone tells: that each kind of holder and of door is one that plans refer
 * to, and that each has a name of its own.
 *
 * @throws an error that names the definition and what is wrong
 */
export function assertResources(all: readonly Checked[], known: object): void {
  const names = new Set<string>()
  for (const { name, opens, contains } of all) {
    const kinds = Object.keys({ ...opens?.who, ...opens?.what, ...contains })
    const stranger = kinds.find((kind) => !(kind in known))
    const problem =
      stranger === undefined
        ? names.has(name) && 'another one has its name'
        : `no ${stranger} is known to plans`
    if (problem) throw new TypeError(`The definition of ${name} is wrong: ${problem}.`)
    names.add(name)
  }
}

/** Names the type parameters of a definition from its fields, and checks what types cannot say. */
export const resourceFor =
  <Api, Reads>() =>
  <const F extends Fields>(definition: Resource<F, Api, Reads>): Resource<F, Api, Reads> => {
    assertDefinition(definition)
    return definition
  }
