import type { Lookup } from '../../lookups'
import { checkInputs, type Problem, type Wire } from '../../schema'
import { inCore, type ResourceType } from './surface'
import { fromTerraform } from './values'
import { clashes, inputsOf } from './write-only'

/**
 * What is wrong with what a configuration says of a resource, as far as it is known.
 *
 * @param given in the core's terms, under Terraform's names
 */
export function resourceProblems(type: ResourceType, given: Wire): Problem[] {
  const { definition, fields } = type
  const { elsewhere } = definition
  const own = checkInputs({ fields, elsewhere }, given).problems
  // Rules look into values, and so can count on their kinds.
  if (own.length > 0) return own
  const told = inCore(type, inputsOf(fields, given))
  return [...checkInputs(definition, told).problems, ...clashes(fields, given)]
}

/** What is wrong with what a lookup is asked by. */
export const lookupProblems = ({ by, rules }: Lookup, given: Wire): Problem[] =>
  checkInputs({ fields: by, rules }, given).problems

/** What a configuration asks a lookup, in its one spelling and as it is given, and what is wrong with it. */
export function asked({ by, rules }: Lookup, config: Wire) {
  const given = fromTerraform(by, config)
  return { ...checkInputs({ fields: by, rules }, given), given }
}
