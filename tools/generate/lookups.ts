import { lookups, type Lookup } from '../../src/lookups'
import { className, swapName, type Field, type Fields } from '../../src/schema'
import { comment, header, inputType, members, nestedTypes, propertyComment, words } from './types'

/** Plain arguments for the promise, and the same with outputs. */
function argsInterfaces({ name, by }: Lookup): string {
  const get = `Get${className(name)}`
  const line = (type: (name: string, field: Field) => string) =>
    Object.entries(by).map(
      ([by, field]) => `${propertyComment(field, 'input')}\n${swapName(by)}?: ${type(by, field)}`,
    )
  return [
    comment(`What can be asked of \`get${className(name)}\`.`),
    `export interface ${get}Args {`,
    ...line(() => 'string | undefined'),
    '}\n',
    comment(`What can be asked of \`get${className(name)}Output\`.`),
    `export interface ${get}OutputArgs {`,
    ...line((by, field) => `${inputType(get, by, field)} | undefined`),
    '}\n',
  ].join('\n')
}

/** A secret member is an output of its own, so that the answer around it stays readable. */
function resultMembers(owner: string, fields: Fields): string[] {
  const secret = Object.entries(fields).filter(([, field]) => field.marks.secret)
  const plain = Object.fromEntries(
    Object.entries(fields).filter(([, field]) => !field.marks.secret),
  )
  return [
    ...members(owner, plain, 'output'),
    ...secret.map(
      ([name, field]) =>
        `${propertyComment(field, 'output')}\n${swapName(name)}: pulumi.Output<string | undefined>`,
    ),
  ]
}

function functions(lookup: Lookup, at: string): string {
  const name = className(lookup.name)
  const result = `Get${name}Result`
  const doc = [words(lookup.about), '', `See ${lookup.page}`]
  return [
    comment(...doc),
    `export const get${name} = (args: Get${name}Args): Promise<${result}> => find(${at}, args)\n`,
    comment(...doc, '', 'Takes outputs, and is unknown in a preview as long as one of them is.'),
    `export const get${name}Output = (args: Get${name}OutputArgs): pulumi.Output<${result}> => findOutput(${at}, args)`,
  ].join('\n')
}

function lookupSource(lookup: Lookup): string {
  const result = `Get${className(lookup.name)}Result`
  return [
    argsInterfaces(lookup),
    nestedTypes(result, lookup.fields, 'output'),
    comment(`What \`get${className(lookup.name)}\` answers.`),
    `export interface ${result} {`,
    ...resultMembers(result, lookup.fields),
    '}\n',
    functions(lookup, `by.${lookup.name}!`),
  ].join('\n')
}

/** The functions with which a Pulumi program finds what it does not manage. */
export function lookupsSource(): string {
  return [
    header,
    "import { lookups } from '../../lookups'",
    "import { find, findOutput } from './lookup'",
    "import type { Note } from './resource'",
    '',
    'const by = Object.fromEntries(lookups.map((lookup) => [lookup.name, lookup]))',
    '',
    ...lookups.map(lookupSource),
  ].join('\n')
}
