import type { SeamResource } from '../../../src/resources'
import { nameOf } from '../../../src/schema'
import { property } from '../field-words'

/** A part of an error's text that is the same for every object, and what to do. */
interface Failure {
  isFor(definition: SeamResource): unknown
  says: string
  help(definition: SeamResource): string
}

const has = ({ fields }: SeamResource, name: string) => Object.hasOwn(fields, name)
const keyOf = ({ key = '' }: SeamResource) => property(key)

/** Errors that depend on what a definition has. A test compares the texts with the source. */
export const knownFailures: readonly Failure[] = [
  {
    isFor: ({ key }) => key,
    says: 'already, and was not created by this program.',
    help: (definition) => `Give another ${keyOf(definition)}, or set \`adopt\` to true.`,
  },
  {
    isFor: ({ key }) => key,
    says: 'is in no state that this run knows, and',
    help: (definition) =>
      `Another stack or an interrupted run created the object under the key of this resource. Delete the object if nobody needs it, give its id as \`adoptId\`, or give your own ${keyOf(definition)}.`,
  },
  {
    isFor: ({ holder }) => holder,
    says: 'already, and only one can have it.',
    help: () =>
      'If the resource was renamed, add its old name to `aliases`. Else set `adopt` to true, or give the id as `adoptId`.',
  },
  {
    isFor: ({ twins }) => twins,
    says: 'like this one already:',
    help: () => 'Set `adopt` to true, give the id as `adoptId`, or delete the object.',
  },
  {
    isFor: (definition) => has(definition, 'adopt_id'),
    says: 'cannot be adopted: it differs in',
    help: () => 'Declare the named properties as they are in Seam, or leave the adoption out.',
  },
  {
    isFor: (definition) => has(definition, 'delete_adopted'),
    says: 'was adopted, so a replacement would leave it in Seam',
    help: () => 'Deploy `deleteAdopted: true` first, or undo the change that replaces the object.',
  },
  {
    isFor: ({ takeover }) => takeover,
    says: 'is managed already, and not by this program.',
    help: (definition) =>
      `Give its ${keyOf(definition)} and set \`adopt\` to true, or use \`adoptId\`.`,
  },
  {
    isFor: ({ dependents }) => dependents,
    says: 'would delete also:',
    help: () =>
      'Delete the listed objects first, or deploy `deleteCascade: true` and delete it after that.',
  },
  {
    isFor: ({ claim }) => claim,
    says: 'is managed by another',
    help: () =>
      'A group has either single memberships or one exclusive list in a program. Remove one of the two.',
  },
  {
    isFor: (definition) => has(definition, 'allow_empty'),
    says: 'is empty, which',
    help: () => 'List a member, or set `allowEmpty` to true.',
  },
  {
    isFor: ({ survey, ofOneSystem }) => survey && ofOneSystem,
    says: 'can be in access group',
    help: () =>
      'The preview names the users that do not exist or belong to another system. Correct the list.',
  },
  {
    isFor: (definition) => nameOf(definition, 'expiry') !== undefined,
    says: 'is in the past: it would have ended already',
    help: () => 'Give a later `endsAt`, or remove the resource.',
  },
  {
    isFor: ({ progress }) => progress,
    says: 'is saved, but was not provisioned within',
    help: () =>
      'The object is in the state. Deploy again to look again, give a longer `timeout`, or leave `waitFor` out.',
  },
  {
    isFor: ({ progress }) => progress,
    says: 'is saved, but does not work:',
    help: () => 'Waiting does not help. Correct what the message names, and deploy again.',
  },
]

/** The errors of one resource, as items of a list. */
export const failures = (definition: SeamResource): string[] =>
  knownFailures
    .filter(({ isFor }) => isFor(definition))
    .map(({ says, help }) => `- “… ${says} …”: ${help(definition)}`)
