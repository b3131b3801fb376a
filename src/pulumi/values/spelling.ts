import { swapName, withHints, type Path } from '../../schema'
import { echoed } from '../../seam'
import { hints } from './hints'

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
