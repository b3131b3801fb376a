import type { SeamResource } from '../../resources'
import {
  isWire,
  swapName,
  swapNames,
  unknown,
  withHints,
  wrapSecrets,
  type Fields,
  type Path,
  type Wire,
} from '../../schema'
import { echoed, hide } from '../../seam'
import { hints } from './hints'
import { modesOf } from './modes'

/** How Pulumi's engine spells a value that only a deployment will tell. */
const unknownText = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** Members of a resource's properties that are not the user's. */
interface Hidden {
  /** The text that leads the engine back to this package; a part of every state. */
  __provider?: string
  /** Says which resource of which program this is, across renames. */
  __seed?: string
  /** Where messages about this resource belong. */
  __urn?: string
  /** The names of the inputs that the program gave, since only outputs reach `diff` and `update`. */
  __given?: string
  /** The inputs and the plan that the engine has were carried out, so it may keep them. */
  __settled?: boolean
  /** The paths that the program leaves to others, in every request and never in state. */
  __ignored?: string
  /** The names of the inputs that the program holds secret although most do not. */
  __secrets?: string
  /** How the doors are opened, where the list that says so holds secrets as well: `code* card`. */
  __modes?: string
  /** The systems of objects that lookups have told, as `<id>=<system>`; never in state. */
  __systems?: string
}

const hiddenNames: readonly string[] = [
  '__provider',
  '__seed',
  '__urn',
  '__given',
  '__settled',
  '__ignored',
  '__secrets',
  '__modes',
  '__systems',
] satisfies (keyof Hidden)[]

export type Properties = Record<string, unknown> & Hidden

/** How Pulumi's engine marks a secret. */
const mark = '4dabf18193072939515e22adb298388d'
const secretMark = '1b47061264138c4ac30d75fd1eb44270'

/** More than any definition has; what goes deeper is most likely a circle. */
export const mostLevels = 20
export const tooDeep = `holds more than ${mostLevels} values one within the other`

export function isTooDeep(value: unknown, levels = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels < 0 || Object.values(value).some((inner) => isTooDeep(inner, levels - 1))
}

function mapTexts(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change))
  if (!isWire(value)) return change(value)
  if (value[mark] === secretMark) return mapTexts(value['value'], change)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]),
  )
}

/** Pulumi's properties in Seam's names, without what is not the user's. */
export function toWire(properties: Properties): Wire {
  const own = Object.fromEntries(
    Object.entries(properties).filter(([name]) => !hiddenNames.includes(name)),
  )
  return swapNames(mapTexts(own, (value) => (value === unknownText ? unknown : value))) as Wire
}

/**
 * Seam's names and values as the engine takes them: nothing undefined at any depth, and each secret
 * marked. What a transformation of a program has added, only this marks.
 */
export function toPulumi(fields: Fields, wire: Wire): Properties {
  const texts = mapTexts(wire, (value) => (value === unknown ? unknownText : value)) as Wire
  const marked = wrapSecrets(
    fields,
    texts,
    (value) => (value === unknownText ? value : { [mark]: secretMark, value }),
    ({ marks }) => marks.secret || marks.repeats !== undefined,
  )
  return withoutUndefined(swapNames(marked)) as Properties
}

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

/** Hidden members that a set of inputs hands on. */
export function hiddenInputs(
  definition: SeamResource,
  { __seed, __urn, __secrets, __modes }: Properties,
  inputs: Wire,
  before?: Wire,
): Hidden {
  const modes = __modes && modesOf(definition, inputs, before)
  return {
    ...(__seed && { __seed }),
    ...(__urn && { __urn }),
    ...(__secrets && { __secrets }),
    ...(modes && { __modes: modes }),
  }
}

/** Keeps what the program holds secret out of everything that this process says. */
export function hideNamed(properties: Properties): void {
  for (const name of (properties.__secrets ?? '').split(' ')) {
    const value = properties[name]
    if (typeof value === 'string' && value !== unknownText) hide(value)
  }
}

/** Outputs as the engine keeps them, with what later calls need to know. */
export function toState(
  definition: SeamResource,
  outputs: Wire,
  inputs: Wire,
  hidden: Properties,
): Properties {
  return {
    ...toPulumi(definition.fields, outputs),
    ...hiddenInputs(definition, hidden, inputs),
    __given: givenNames(inputs).sort().join(' '),
  }
}

/** Of a record also its members: Seam may have added others, which are in the outputs as well. */
const givenNames = (inputs: Wire): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [
    name,
    ...(isWire(value) ? ['', ...Object.keys(value)].map((member) => `${name}.${member}`) : []),
  ])

/** The inputs that state was made from. */
export function givenInputs(outputs: Properties): Wire {
  const wire = toWire(outputs)
  const names = new Set((outputs.__given ?? '').split(' '))
  const given = ([name, value]: [string, unknown]): [string, unknown] => {
    if (!isWire(value) || !names.has(`${name}.`)) return [name, value]
    const members = Object.entries(value).filter(([member]) => names.has(`${name}.${member}`))
    return [name, Object.fromEntries(members)]
  }
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([name]) => names.has(name))
      .map(given),
  )
}

/** The names of what a program leaves to others, of whose paths only the first step counts. */
export const ignoredNames = ({ __ignored: paths = '' }: Properties): Set<string> =>
  new Set(paths.split(' ').map((path) => swapName(/^[["]*([^."[\]]*)/.exec(path)![1]!)))

/** `requestedAccessMethods[0].code`, from names as a program spells them. */
export const placeOf = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text ? `${text}.${echoed(step)}` : echoed(step)
  }, '')

/** The same, from Seam's names. */
export const propertyPath = (path: Path): string =>
  placeOf(path.map((step) => (typeof step === 'number' ? step : swapName(step))))

/** A message of the core in Pulumi's words: names, `‹space_ids›`, as a program spells them, and hints. */
export const spelled = (message: string): string =>
  withHints(message, hints).replace(/‹([^‹›]*)›/g, (_, name: string) => `\`${swapName(name)}\``)
