import type { Lookup } from '../../lookups'
import { checkInputs, type Problem, type Wire } from '../../schema'
import { inCore, type ResourceType } from './surface'
import { fromTerraform } from './values'
import { clashes, inputsOf } from './write-only'

/** What is wrong with what a configuration says of a resource, as far as it is known. */
export function resourceProblems(type: ResourceType, config: Wire): Problem[] {
  const { definition, fields } = type
  const given = fromTerraform(fields, config)
  const { problems } = checkInputs(definition, inCore(type, inputsOf(fields, given)))
  return [...problems, ...clashes(fields, given)]
}

/** What a configuration asks a lookup, in its one spelling and as it is given, and what is wrong with it. */
export function asked({ by, rules }: Lookup, config: Wire) {
  const given = fromTerraform(by, config)
  return { ...checkInputs({ fields: by, rules }, given), given }
}
