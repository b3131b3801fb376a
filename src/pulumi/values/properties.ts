import { isWire, swapNames, unknown, wrapSecrets, type Fields, type Wire } from '../../schema'
import { withoutHidden, type Properties } from './hidden'
import { mark, secretMark, unknownText } from './marks'

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
  return swapNames(
    mapTexts(withoutHidden(properties), (value) => (value === unknownText ? unknown : value)),
  ) as Wire
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
