import { isPersonal, wrapSecrets, type Fields, type Wire } from '../schema'
import { hide } from '../seam'

/** Every secret text in a record, at any depth that its fields know. */
export function secretsOf(fields: Fields, values: Wire): string[] {
  const found: string[] = []
  wrapSecrets(fields, values, (value, name) => {
    // Whether a name is secret is for the program to say; most are not.
    if (typeof value === 'string' && !isPersonal(name)) found.push(value)
    return value
  })
  return found
}

/** Keeps the secrets of a record out of everything that this process says. */
export function hideSecrets(fields: Fields, values: Wire): void {
  for (const secret of secretsOf(fields, values)) hide(secret)
}
