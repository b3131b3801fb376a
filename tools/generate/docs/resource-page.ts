import type { SeamResource } from '../../../src/resources'
import { className } from '../../../src/schema'
import {
  inputItem,
  isAnswer,
  isLocal,
  isSent,
  outputItem,
  property,
  replacing,
  replacingLeftOut,
  ruleSentences,
  staying,
} from '../field-words'
import { words } from '../types'
import { construct } from './construct'
import { existing } from './existing'
import { failures } from './failures'
import { example, items, page, section } from './page'

const listed = (names: string[]) => names.map(property).join(', ')

/** What a replacement does first. */
const orderOf = ({ key, order }: SeamResource): string =>
  [
    'The new object is created before the old one is deleted.',
    ...(key || order
      ? [
          `Where Seam refuses both at the same time${key ? `, such as with the same ${property(key)}` : ''}, the old one is deleted first.`,
        ]
      : []),
  ].join(' ')

/** What is changed in the object that exists, and what makes a new one. */
function changes(definition: SeamResource): string[] {
  const { fields } = definition
  const [inPlace, always, partly] = [staying(fields), replacing(fields), replacingLeftOut(fields)]
  const isReplaced = always.length + partly.length > 0
  return [
    ...(inPlace.length > 0 ? [`- A change of ${listed(inPlace)} keeps the object.`] : []),
    ...(always.length > 0 ? [`- A change of ${listed(always)} replaces the object.`] : []),
    ...(partly.length > 0 ? [`- Leaving out ${listed(partly)} later replaces the object.`] : []),
    ...(isReplaced ? [`- ${orderOf(definition)}`] : []),
    ...(isReplaced && definition.replacing
      ? [
          `- The preview says what the replacement does${definition.opens ? ' to PINs, cards and mobile keys' : ''}.`,
        ]
      : []),
  ]
}

const elsewhere = ({ elsewhere = {} }: SeamResource) =>
  Object.entries(elsewhere).map(([name, where]) => `- ${property(name)} ${words(where)}.`)

/** The page of one resource. */
export function resourcePage(definition: SeamResource): string {
  const { fields, key, id } = definition
  const input = (name: string, field: Parameters<typeof inputItem>[1]) =>
    inputItem(name, field, name === key)
  const rules = ruleSentences(definition).map((rule) => `- ${rule}`)
  return page(
    `# ${className(definition.name)}`,
    words(definition.about),
    `See also [Seam’s API reference](${definition.page}).`,
    example('resources', definition.name),
    ...section('Inputs', ...items(fields, isSent, input)),
    ...section('Rules', ...rules),
    ...section('Inputs for the provider', ...items(fields, isLocal, input)),
    ...section(
      'Outputs',
      `Every input is an output too. The id of the resource is ${property(id)}.\n`,
      ...items(fields, isAnswer, outputItem),
    ),
    ...section('Changes', ...changes(definition)),
    ...section('An object that exists already', ...existing(definition)),
    ...section('Properties of Seam that are not inputs', ...elsewhere(definition)),
    ...section('Errors', ...failures(definition)),
    ...section('With CDKTF or CDK Terrain', ...construct(definition)),
    'See also: [Ownership](../ownership.md), [Troubleshooting](../troubleshooting.md).',
  )
}
