import { isWire, type Fields, type Wire } from '../schema'
import { hide } from '../seam'

/** Every secret text in a record, at any depth that its fields know. */
export function secretsOf(fields: Fields, values: Wire): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const value = values[name]
    if (field.marks.secret) return typeof value === 'string' ? [value] : []
    const { fields: inner } = field.kind
    if (!inner) return []
    return [value]
      .flat()
      .filter(isWire)
      .flatMap((record) => secretsOf(inner, record))
  })
}

/** Keeps the secrets of a record out of everything that this process says. */
export function hideSecrets(fields: Fields, values: Wire): void {
  for (const secret of secretsOf(fields, values)) hide(secret)
}
