import type { IConstruct } from 'constructs'
import { lookups } from '../lookups'
import { resources } from '../resources'
import { quoted, swapName, type Problem, type Wire } from '../schema'
import { lookupProblems, resourceProblems } from '../terraform/schema/configuration'
import { placeOf, spelledBy } from '../terraform/schema/diagnostics'
import { resourceType, typeName } from '../terraform/schema/surface'
import { declaredBy, isDeclaring, type Declaring } from './declared'
import * as cdktf from './library'

type Check = (declared: Wire) => Problem[]

/** What is wrong with a resource, by its type, or with a lookup. */
const ofResources: ReadonlyMap<string, Check> = new Map(
  resources.map((definition) => {
    const type = resourceType(definition)
    return [type.name, (declared) => resourceProblems(type, declared)]
  }),
)
const ofLookups: ReadonlyMap<string, Check> = new Map(
  lookups.map((lookup) => [typeName(lookup.name), (declared) => lookupProblems(lookup, declared)]),
)

const checkOf = (construct: Declaring): Check | undefined =>
  cdktf.TerraformResource.isTerraformResource(construct)
    ? ofResources.get(construct.terraformResourceType)
    : ofLookups.get(construct.terraformResourceType)

/** Whether a construct is declared for the provider of Seam. */
export const isOfSeam = (construct: Declaring): boolean => checkOf(construct) !== undefined

/** A problem in the words of a program. */
export function told({ path, reason }: Problem): string {
  const message = path.length > 0 ? `${quoted(placeOf(path))} ${reason}` : reason
  return spelledBy(swapName, message)
}

const isMisspelled = (name: string) => /[A-Z]/.test(name)

const spelledRight = (declared: Wire): Wire =>
  Object.fromEntries(Object.entries(declared).filter(([name]) => !isMisspelled(name)))

/** Properties give every name in Terraform's spelling, so that these are of an escape hatch. */
const misspelled = (declared: Wire): string[] =>
  Object.keys(declared)
    .filter(isMisspelled)
    .map(
      (name) =>
        `\`${name}\` is overridden under a name that Terraform does not know; there it is \`${swapName(name)}\``,
    )

const checked = new WeakSet<IConstruct>()

/**
 * Checks whatever a stack declares for Seam when it is synthesized, each at its own construct. An aspect
 * reaches the constructs that are added later as well.
 */
export const checks: cdktf.IAspect = {
  visit(construct) {
    if (!isDeclaring(construct) || checked.has(construct)) return
    const check = checkOf(construct)
    if (!check) return
    checked.add(construct)
    construct.node.addValidation({
      validate: () => {
        const declared = declaredBy(construct)
        return declared ? [...misspelled(declared), ...check(spelledRight(declared)).map(told)] : []
      },
    })
  },
}
