import { lookups, type Lookup } from '../../src/lookups'
import { checkInputs, className, type Fields } from '../../src/schema'
import {
  comment,
  declared,
  header,
  members,
  nestedTypes,
  newFile,
  plainType,
  words,
  type TypeOf,
} from './types'

const isEmpty = (fields: Fields) => Object.keys(fields).length === 0

const given: TypeOf = (owner, name, field) => plainType(owner, name, field, 'input')

/** Plain arguments for the promise, and the same with outputs. */
function argsInterfaces({ name, by }: Lookup): string {
  const get = `Get${className(name)}`
  if (isEmpty(by)) return ''
  return [
    comment(`What can be asked of \`get${className(name)}\`.`),
    `export interface ${get}Args {`,
    ...members(get, by, 'input', given),
    '}\n',
    comment(`What can be asked of \`get${className(name)}Output\`.`),
    `export interface ${get}OutputArgs {`,
    ...members(get, by, 'input'),
    '}\n',
  ].join('\n')
}

/** A secret member is an output of its own, so that the answer around it stays readable. */
function resultMembers(owner: string, fields: Fields): string[] {
  const alone: Fields = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      field.marks.secret ? field.computed() : field,
    ]),
  )
  return members(owner, alone, 'output', (owner, name, field) => {
    const plain = plainType(owner, name, field, 'output')
    return field.marks.secret ? `pulumi.Output<${plain} | undefined>` : plain
  })
}

/** The parameter of a function: none, one that may be left out, or one that may not. */
function parameter({ by, rules }: Lookup, type: string): string {
  if (isEmpty(by)) return ''
  const needed = checkInputs({ fields: by, rules }, {}).problems.length > 0
  return `args: ${type}${needed ? '' : ' = {}'}`
}

function functions(lookup: Lookup, at: string): string {
  const name = className(lookup.name)
  const result = `Get${name}Result`
  const doc = [words(lookup.about), '', `See ${lookup.page}`]
  const args = isEmpty(lookup.by) ? '{}' : 'args'
  const unknown = isEmpty(lookup.by)
    ? 'As an output.'
    : 'Takes outputs, and is unknown in a preview as long as one of them is.'
  return [
    comment(...doc),
    `export const get${name} = (${parameter(lookup, `Get${name}Args`)}): Promise<${result}> => find(${at}, ${args})\n`,
    comment(...doc, '', unknown),
    `export const get${name}Output = (${parameter(lookup, `Get${name}OutputArgs`)}): pulumi.Output<${result}> => findOutput(${at}, ${args})\n`,
  ].join('\n')
}

function lookupSource(lookup: Lookup): string {
  const result = `Get${className(lookup.name)}Result`
  return [
    argsInterfaces(lookup),
    nestedTypes(result, lookup.fields, 'output', resultMembers),
    declared(
      result,
      `What \`get${className(lookup.name)}\` answers.`,
      resultMembers(result, lookup.fields),
      true,
    ),
    functions(lookup, `by.${lookup.name}!`),
  ].join('\n')
}

/** What answers one object comes first, so that it gives its name to equal objects in the answers of others. */
const byOwnName = (one: Lookup, other: Lookup) =>
  Number(other.id !== undefined) - Number(one.id !== undefined)

/** The functions with which a Pulumi program finds what it does not manage. */
export function lookupsSource(): string {
  newFile()
  return [
    header,
    "import { lookups } from '../../lookups'",
    "import { find, findOutput } from '../dynamic/lookup'",
    "import type { Note } from '../dynamic/resource'",
    '',
    'const by = Object.fromEntries(lookups.map((lookup) => [lookup.name, lookup]))',
    '',
    ...[...lookups].sort(byOwnName).map(lookupSource),
  ].join('\n')
}
