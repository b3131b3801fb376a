import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { lookups } from '../../src/lookups'
import { accessGrant, resources, userIdentity, space } from '../../src/resources'
import {
  type Kind,
  wordsOf,
  fieldsOf,
  className,
  swapName,
  type Fields,
  type Inputs,
  type Outputs,
} from '../../src/schema'
import type {
  AccessGrantArgs,
  SpaceArgs,
  UserIdentityArgs,
} from '../../src/pulumi/generated/resources'

const generated = join(__dirname, '../../src/pulumi/generated')
const program = ts.createProgram(
  ['resources.ts', 'lookups.ts'].map((file) => join(generated, file)),
  {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    exactOptionalPropertyTypes: true,
    skipLibCheck: true,
    noEmit: true,
  },
)
const checker = program.getTypeChecker()

type Members = Record<string, { type: string; optional: boolean; types: ts.Type }>

/** The members that a class or interface of a generated file declares itself. */
function membersOf(file: string, name: string): Members {
  const source = program.getSourceFile(join(generated, file))!
  const declaration = source.statements.find(
    (one): one is ts.InterfaceDeclaration | ts.ClassDeclaration =>
      (ts.isInterfaceDeclaration(one) || ts.isClassDeclaration(one)) && one.name?.text === name,
  )
  const alias = source.statements.find(
    (one): one is ts.TypeAliasDeclaration =>
      ts.isTypeAliasDeclaration(one) && one.name.text === name,
  )
  if (alias) return membersOf(file, alias.type.getText(source))
  if (!declaration) throw new Error(`${file} declares no ${name}`)
  const members = [...declaration.members].filter(
    (member): member is ts.PropertySignature | ts.PropertyDeclaration | ts.GetAccessorDeclaration =>
      !(ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) &&
      (ts.isPropertySignature(member) ||
        ts.isPropertyDeclaration(member) ||
        ts.isGetAccessorDeclaration(member)),
  )
  return Object.fromEntries(
    members.map((member) => {
      const types = checker.getTypeAtLocation(member)
      const optional = 'questionToken' in member && member.questionToken !== undefined
      const type = checker.typeToString(types, undefined, ts.TypeFormatFlags.NoTruncation)
      return [(member.name as ts.Identifier).text, { type, optional, types }]
    }),
  )
}

const camel = (fields: Fields, side: 'input' | 'output') =>
  Object.entries(fields)
    .filter(([, field]) => field[side] !== 'never')
    .map(([name]) => swapName(name))
    .sort()

/** TypeScript's word for a value of a kind that has no fields and no words. */
const typeOf = ({ is }: Kind) =>
  is === 'flag' ? 'boolean' : is === 'integer' || is === 'number' ? 'number' : 'string'

for (const { name, fields } of resources) {
  const title = className(name)

  test(`Types: ${title}Args has the inputs of the definition, and no more`, (t) => {
    const members = membersOf('resources.ts', `${title}Args`)
    t.deepEqual(Object.keys(members).sort(), camel(fields, 'input'))
    for (const [snake, field] of Object.entries(fields as Fields)) {
      if (field.input === 'never') continue
      const member = members[swapName(snake)]!
      t.is(member.optional, field.input === 'maybe', `${snake} may be left out`)
      const words = wordsOf(field.kind)?.[0] ?? typeOf(field.kind)
      if (!fieldsOf(field.kind)) t.true(member.type.includes(words), `${snake}: ${member.type}`)
    }
  })

  test(`Types: ${title} has the outputs of the definition, and no more`, (t) => {
    const members = membersOf('resources.ts', title)
    t.deepEqual(Object.keys(members).sort(), camel(fields, 'output'))
    for (const [snake, field] of Object.entries(fields as Fields)) {
      const { type } = members[swapName(snake)]!
      t.regex(type, /^(pulumi\.)?Output/, snake)
      const missing = type.includes('undefined')
      t.is(missing, field.output === 'maybe', `${snake} may be missing: ${type}`)
    }
  })

  for (const [snake, field] of Object.entries(fields as Fields)) {
    const nested = fieldsOf(field.kind)
    if (!nested) continue
    const owner = title + className(field.kind.is === 'list' ? snake.replace(/s$/, '') : snake)
    test(`Types: ${owner} has the members of the definition, and no more`, (t) => {
      const outputs = membersOf('resources.ts', owner)
      t.deepEqual(Object.keys(outputs).sort(), camel(nested, 'output'))
      if (field.input === 'never') return
      const inputs = membersOf('resources.ts', `${owner}Args`)
      t.deepEqual(Object.keys(inputs).sort(), camel(nested, 'input'))
    })
  }
}

/** Every generated record of an answer, with the fields that it was made from and where it stands. */
function recordsOf(
  owner: string,
  fields: Fields,
  at: string,
): [owner: string, fields: Fields, at: string][] {
  const members = membersOf('lookups.ts', owner)
  const inner = Object.entries(fields).flatMap(([name, { kind }]) => {
    const nested = fieldsOf(kind)
    if (!nested) return []
    // Equal records have one name.
    const type = /^\w+/.exec(members[swapName(name)]!.type)![0]
    return recordsOf(type, nested, `${at}.${swapName(name)}`)
  })
  return [[owner, fields, at], ...inner]
}

for (const { name, by, fields } of lookups) {
  const title = className(name)

  test(`Types: get${title} takes what its definition says`, (t) => {
    if (Object.keys(by).length === 0) {
      t.throws(() => membersOf('lookups.ts', `Get${title}Args`), { message: /declares no/ })
      return
    }
    for (const args of [`Get${title}Args`, `Get${title}OutputArgs`]) {
      const asked = membersOf('lookups.ts', args)
      t.deepEqual(Object.keys(asked).sort(), camel(by, 'input'))
      for (const [snake, field] of Object.entries(by)) {
        const { optional, type } = asked[swapName(snake)]!
        t.is(optional, field.input === 'maybe', `${snake} may be left out`)
        const word = wordsOf(field.kind)?.[0] ?? typeOf(field.kind)
        t.true(type.includes(word), `${snake}: ${type}`)
      }
    }
  })

  for (const [owner, own, at] of recordsOf(`Get${title}Result`, fields, `get${title}`)) {
    test(`Types: ${owner}, in ${at}, has the members of the definition, and its secrets are outputs`, (t) => {
      const members = membersOf('lookups.ts', owner)
      t.deepEqual(Object.keys(members).sort(), camel(own, 'output'))
      for (const [snake, field] of Object.entries(own)) {
        const { optional, type } = members[swapName(snake)]!
        const { secret = false } = field.marks
        t.is(/^(pulumi\.)?Output<string \| undefined>$/.test(type), secret, `${snake}: ${type}`)
        t.is(optional, field.output === 'maybe' && !secret, `${snake} may be missing`)
      }
    })
  }
}

type Snake<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Snake<Tail>}`
    : `_${Lowercase<Head>}${Snake<Tail>}`
  : ''
type Names<T> = { [Key in keyof T & string]: Snake<Key> }[keyof T & string]
type Needed<T> = { [Key in keyof T]-?: object extends Pick<T, Key> ? never : Key }[keyof T]
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false

test('Types: what is inferred from a definition is what was generated from it', (t) => {
  type Grant = Inputs<typeof accessGrant.fields>
  const agreements: [
    Same<Names<AccessGrantArgs>, keyof Grant>,
    Same<Snake<Needed<AccessGrantArgs>>, Needed<Grant>>,
    Same<Names<SpaceArgs>, keyof Inputs<typeof space.fields>>,
    Same<Names<UserIdentityArgs>, keyof Inputs<typeof userIdentity.fields>>,
    Same<Outputs<typeof accessGrant.fields>['ends_at'], string | undefined>,
    Same<Outputs<typeof accessGrant.fields>['starts_at'], string>,
    Same<
      Grant['requested_access_methods'][0]['mode'],
      'code' | 'card' | 'mobile_key' | 'cloud_key'
    >,
  ] = [true, true, true, true, true, true, true]
  t.is(agreements.length, 7, 'the compiler has read this')
})
