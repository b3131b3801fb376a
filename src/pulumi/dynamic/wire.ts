import { isWire, swapName, swapNames, unknown, type Path, type Wire } from '../../schema'

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
}

export type Properties = Record<string, unknown> & Hidden

function mapTexts(value: unknown, change: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map((inner) => mapTexts(inner, change))
  if (!isWire(value)) return change(value)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, mapTexts(inner, change)]),
  )
}

const isHidden = (name: string) => name.startsWith('__')

/** Pulumi's properties in Seam's names, without what is not the user's. */
export function toWire(properties: Properties): Wire {
  const own = Object.fromEntries(Object.entries(properties).filter(([name]) => !isHidden(name)))
  return swapNames(mapTexts(own, (value) => (value === unknownText ? unknown : value))) as Wire
}

/** Seam's names and values as the engine takes them: nothing undefined at any depth. */
export function toPulumi(wire: Wire): Properties {
  return withoutUndefined(
    swapNames(mapTexts(wire, (value) => (value === unknown ? unknownText : value))),
  ) as Properties
}

const withoutUndefined = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown

/** Hidden members that a set of inputs hands on. */
export const hiddenInputs = ({ __seed, __urn }: Properties): Hidden => ({
  ...(__seed && { __seed }),
  ...(__urn && { __urn }),
})

/** Outputs as the engine keeps them, with what later calls need to know. */
export function toState(outputs: Wire, inputs: Wire, hidden: Hidden): Properties {
  return {
    ...toPulumi(outputs),
    ...hidden,
    __given: Object.keys(inputs).sort().join(' '),
  }
}

/** The inputs that state was made from. */
export function givenInputs(outputs: Properties): Wire {
  const wire = toWire(outputs)
  const names = (outputs.__given ?? '').split(' ').filter((name) => name in wire)
  return Object.fromEntries(names.map((name) => [name, wire[name]]))
}

/** `requestedAccessMethods[0].code` */
export const propertyPath = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text ? `${text}.${swapName(step)}` : swapName(step)
  }, '')

/** Names in messages of the core, `‹space_ids›`, as a Pulumi program spells them. */
export const spelled = (message: string): string =>
  message.replace(/‹([^‹›]*)›/g, (_, name: string) => `\`${swapName(name)}\``)
