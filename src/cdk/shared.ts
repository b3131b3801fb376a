import type { Construct } from 'constructs'
import { isOfSeam } from './checks'
import { isDeclaring, writtenAttributes, type Declaring } from './declared'
import { AccessGroupMembership } from './generated/access-group-membership'
import * as cdktf from './library'

/** What a stack declares for Seam. */
export const ofSeam = (stack: cdktf.TerraformStack): Declaring[] =>
  stack.node
    .findAll()
    .filter(isDeclaring)
    .filter((one) => isOfSeam(one) && one.cdktfStack === stack)

/** The address in Terraform, without what tells lookups from resources. */
export const addressOf = (one: Declaring): string =>
  `${one.terraformResourceType}.${one.friendlyUniqueId}`

/** The path of the construct that a program names: its one resource has an id that says nothing. */
export const pathOf = ({ node }: Construct): string =>
  node.id === 'Default' && node.scope ? node.scope.node.path : node.path

/** Where several constructs of a stack mean one thing, and Terraform would not say so. */
export const shared = (stack: cdktf.TerraformStack): string[] => {
  const all = ofSeam(stack)
  return [...sharedAddresses(all), ...sharedMemberships(all)]
}

function pathsBy(all: readonly Declaring[], keyOf: (one: Declaring) => string) {
  const paths = new Map<string, string[]>()
  for (const one of all) {
    const key = keyOf(one)
    paths.set(key, [...(paths.get(key) ?? []), pathOf(one)])
  }
  return [...paths]
}

const isLookup = (one: Declaring) => cdktf.TerraformDataSource.isTerraformDataSource(one)

/**
 * Constructs whose addresses are one, since a library leaves out of ids what Terraform does not take: of
 * them, Terraform would have the last one alone, and what names the others would name that one.
 */
const sharedAddresses = (all: readonly Declaring[]): string[] =>
  pathsBy(all, (one) => `${isLookup(one) ? 'data.' : ''}${addressOf(one)}`).flatMap(
    ([address, paths]) => {
      if (address.endsWith('.')) {
        return [
          `${paths.join(', ')} has an id of which nothing is left in Terraform: give it one with letters from A to Z or digits.`,
        ]
      }
      return paths.length > 1
        ? [
            `${paths.join(' and ')} have one address in Terraform, ${address}: give them ids that differ in letters from A to Z, digits, - or _.`,
          ]
        : []
    },
  )

/** A person is in a group once: of two memberships, the second one would fail when it is deployed. */
function sharedMemberships(all: readonly Declaring[]): string[] {
  const single = all
    .filter((one) => one.terraformResourceType === AccessGroupMembership.tfResourceType)
    .filter(({ count, forEach }) => count === undefined && forEach === undefined)
  const edgeOf = (one: Declaring) => {
    const { acs_access_group_id, acs_user_id, user_identity_id } = writtenAttributes(one) ?? {}
    return JSON.stringify([acs_access_group_id, acs_user_id, user_identity_id])
  }
  return pathsBy(
    single.filter((one) => writtenAttributes(one)),
    edgeOf,
  ).flatMap(([, paths]) =>
    paths.length > 1
      ? [
          `${paths.join(' and ')} put one person into one group: leave all but one of them out, or declare a GroupMembership beside the teams.`,
        ]
      : [],
  )
}
