import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { referents, resources } from '../../src/resources'
import { adoption, adoptionByText, defineResource, workspaceId } from '../../src/resources/common'
import {
  assertResources,
  choice,
  exactlyOne,
  id,
  inOrder,
  onlyWith,
  sentenceOf,
  text,
  textSet,
  type Field,
  type Rule,
} from '../../src/schema'
import { membersOfSchema, validate } from '../fixtures/openapi'

const root = join(__dirname, '../..')

/** A definition in which every name is right. */
const right = `
import { adoption, created, defineResource, workspaceId } from '../../../src/resources/common'
import { id, inOrder, instant, onlyWithIn, record, records, someOf, text } from '../../../src/schema'

export const thing = defineResource({
  name: 'thing',
  about: 'A thing.',
  page: 'https://docs.example',
  id: 'thing_id',
  key: 'name',
  knownBy: { unique: [['key_in_unique']], alike: [['in_alike', 'starts_at']] },
  rules: [
    inOrder('starts_at', 'in_order'),
    someOf('a thing is something', 'in_some'),
    onlyWithIn('in_list', 'code', 'mode', 'code'),
  ],
  opens: {
    who: { user_identity: ['in_who'] },
    what: { space: ['in_what'] },
    from: 'in_from',
    until: 'times.until',
    by: 'in_by',
    means: 'in_means',
    unless: 'in_unless',
    closesOnlyIf: 'in_closes',
  },
  contains: { acs_entrance: ['inside'] },
  ofOneSystem: ['in_system'],
  takeover: {
    input: 'in_takeover',
    about: 'is taken over',
    look: () => Promise.resolve(undefined),
    convert: () => Promise.resolve(),
  },
  fields: {
    ...adoption,
    workspace_id: workspaceId,
    thing_id: id('Its id.').computed().stable(),
    created_at: instant('When it was created.').computed().stable().as('createdAt'),
    name: text('Its name.'),
    key_in_unique: text('A text.'),
    in_alike: text('A text.'),
    starts_at: instant('From when.').optional(),
    in_order: instant('Until when.').optional(),
    in_some: text('A text.').optional(),
    in_list: records('A list.', { mode: text('A text.'), code: text('A text.').optional() }),
    in_who: id('A person.'),
    in_what: id('A space.'),
    in_from: instant('From when.').optional(),
    times: record('When.', { until: instant('Until when.').optional() }).optional(),
    in_by: text('A text.'),
    in_means: text('A text.'),
    in_unless: text('A text.'),
    in_closes: text('A text.'),
    inside: id('A door.'),
    in_system: id('A user.'),
    in_takeover: id('A thing.').optional(),
    in_patch: text('A text.').optional().clearable(),
    in_changed: text('A text.').optional().clearable(),
    in_answer: text('A text.').computed(),
  },
  observe: () => Promise.resolve(undefined),
  create: () => Promise.resolve(created('/things/create', {}, 'in_answer')),
  update: async (_seam, _id, edit) => {
    void [edit.patch['in_patch'], edit.changed.has('in_changed')]
  },
  remove: () => Promise.resolve(),
})
`

/** Names that a definition gives in quotation marks, each of which may be misspelled. */
const places = [
  'thing_id',
  'name',
  'key_in_unique',
  'in_alike',
  'in_order',
  'in_some',
  'in_list',
  'in_who',
  'in_what',
  'in_from',
  'times.until',
  'in_by',
  'in_means',
  'in_unless',
  'in_closes',
  'inside',
  'in_system',
  'in_takeover',
  'in_patch',
  'in_changed',
  'in_answer',
]

test('Definitions: a misspelled name does not compile, wherever it stands', async (t) => {
  // The compiler reads all that a definition rests on.
  t.timeout(300_000)
  await mkdir(join(root, '.local/test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.local/test/definitions-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const written = async (name: string, text: string) => {
    await writeFile(join(folder, `${name}.ts`), text.replaceAll('../../../src', join(root, 'src')))
    return [name, join(folder, `${name}.ts`)] as const
  }
  const sources = [
    ['right', right] as const,
    ...places.map((place) => [place, right.replace(`'${place}'`, `'${place}x'`)] as const),
  ]
  const files = new Map(await Promise.all(sources.map(([name, text]) => written(name, text))))
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile).config as object
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root)
  const program = ts.createProgram([...files.values()], { ...options, noEmit: true })
  const complaints = (file: string) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  for (const [name, file] of files) {
    const found = complaints(file)
    if (name === 'right') t.deepEqual(found, [])
    else t.true(found.length > 0, `${name} misspelled compiles`)
  }
})

/** A definition that the compiler cannot fault. */
const whole = {
  name: 'thing',
  about: 'A thing.',
  page: 'https://docs.example',
  id: 'thing_id' as const,
  fields: {
    thing_id: id('Its id.').computed().stable(),
    name: text('Its name.').optional().clearable(),
    mode: choice('Its mode.', ['one', 'two']),
    workspace_id: workspaceId,
  },
  twins: 'none' as const,
  observe: () => Promise.resolve(undefined),
  create: () => Promise.resolve({ id: '1' }),
  update: () => Promise.resolve(),
  remove: () => Promise.resolve(),
}

/** By what is wrong with it, what a definition has instead. */
const faults: Record<string, object> = {
  'its id thing_id is not stable': { thing_id: id('Its id.').computed() },
  'its id thing_id can be given': { thing_id: id('Its id.').stable() },
  'name may be left out later': { name: text('Its name.').optional() },
  'name is clearable': { name: text('Its name.').clearable() },
  'name says what leaving it out means': { name: text('Its name.').otherwise('x') },
  'name is \\["b","a"\\] where it is left out': {
    name: textSet('Its names.').optional().otherwise(['b', 'a']),
  },
  'name follows or repeats nane': { name: text('Its name.').computed().follows('nane') },
  'mode follows or repeats nane': { mode: text('Its mode.').computed().repeats('nane') },
  'its id thing_id is no field': { thing_id: undefined },
  'it has no field as workspace': { workspace_id: id('The workspace.').computed() },
  'two fields are as workspace: name, workspace_id': { name: workspaceId },
  'mode follows thing_id, which no program gives': {
    mode: text('Its mode.').computed().follows('thing_id'),
  },
  'name says what leaving it out means, and is clearable as well': {
    name: text('Its name.').optional().otherwise('x').clearable(),
  },
  'name says what leaving it out means, and is computed as well': {
    name: text('Its name.').optional().otherwise('x').computed(),
  },
}

for (const [fault, fields] of Object.entries(faults)) {
  test(`Definitions: one is refused at the start where ${fault}`, (t) => {
    const all = Object.entries({ ...whole.fields, ...fields }).filter(([, field]) => field)
    const wrong = { ...whole, fields: Object.fromEntries(all) }
    t.throws(() => defineResource(wrong as never), {
      message: new RegExp(`thing is wrong: ${fault}`),
    })
  })
}

test('Definitions: one is refused at the start where nothing tells its object from others', (t) => {
  const { twins: _twins, ...keyless } = whole
  t.throws(() => defineResource(keyless), { message: /no key and no twins/ })
  t.throws(() => defineResource({ ...whole, key: 'name' as const }), {
    message: /a key and no field as createdAt/,
  })
})

test('Definitions: one is refused at the start where nobody could agree to adopt what is in the way', (t) => {
  const refusing = { ...whole, twins: () => Promise.resolve([]) }
  t.throws(() => defineResource(refusing), { message: /no fields as adopt and adoptId/ })
  t.notThrows(() => defineResource({ ...refusing, fields: { ...whole.fields, ...adoption } }))
  const named = { ...whole.fields, [whole.id]: text('Its id.').computed().stable() }
  t.throws(() => defineResource({ ...refusing, fields: { ...named, ...adoption } }), {
    message: /its id is no UUID, .*adoptionByText/,
  })
  t.notThrows(() => defineResource({ ...refusing, fields: { ...named, ...adoptionByText } }))
})

test('Definitions: one is refused at the start where a change would be sent by no call', (t) => {
  const { update: _update, ...silent } = whole
  t.throws(() => defineResource(silent), {
    message: /name can change in place, and there is no update/,
  })
})

test('Definitions: a rule that names no field, or no word of a choice, is refused at the start', (t) => {
  const ruled = (rule: Rule) => () => defineResource({ ...whole, rules: [rule as never] })
  t.notThrows(ruled(onlyWith('name', 'mode', 'two')))
  t.throws(ruled(onlyWith('name', 'mode', 'three')), { message: /names "three" of mode/ })
  t.throws(ruled(onlyWith('nane', 'mode', 'two')), { message: /names nane/ })
  t.throws(ruled(inOrder('mode', 'name')), { message: /names mode, which is no instant/ })
})

test('Definitions: one is refused at the start where a field says of doors what it cannot', (t) => {
  const doors = (more: object) => () => defineResource({ ...whole, ...more })
  t.throws(doors({ contains: { acs_entrance: ['name'] } }), {
    message: /name is to name an acs_entrance, and is not called so/,
  })
  t.throws(doors({ opens: { who: {}, what: {}, until: 'name' } }), {
    message: /until names name, which is no instant/,
  })
})

test('Definitions: each has a name of its own', (t) => {
  t.notThrows(() => assertResources(resources, referents))
  t.throws(() => assertResources([...resources, resources[0]!], referents), {
    message: /another one has its name/,
  })
})

test('Definitions: every file that defines a resource is in the registry', async (t) => {
  const folder = join(root, 'src/resources')
  const files = (await readdir(folder)).filter((file) => !['common.ts', 'index.ts'].includes(file))
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')))
  const defined = texts.flatMap(
    (text) => /defineResource\(\{\s*name: '(\w+)'/.exec(text)?.[1] ?? [],
  )
  t.deepEqual(defined.sort(), resources.map(({ name }) => name).sort())
})

test('Definitions: every field is called as Seam calls it, or is the provider’s own', (t) => {
  const described = resources.filter(({ name }) => Object.keys(membersOfSchema(name)).length > 0)
  t.true(described.length >= 5)
  for (const { name, page, fields } of described) {
    const members = membersOfSchema(name)
    const path = `${new URL(page).pathname.replace(/^\/latest\/api/, '')}/create`
    const isAsked = (field: string) =>
      validate('request', path, { [field]: null }).unknownKeys.length === 0
    const strangers = Object.entries<Field>(fields)
      .filter(([field, { marks, input }]) => {
        const isOwn = marks.local ?? marks.planned ?? marks.remembered ?? marks.role === 'expired'
        return !isOwn && !(field in members) && !(input !== 'never' && isAsked(field))
      })
      .map(([field]) => field)
    t.deepEqual(strangers, [], name)
  }
})

test('Definitions: a kind of holder or door that no plan knows is refused at the start', (t) => {
  const opening = (kind: string) => ({ ...whole, opens: { who: { [kind]: ['name'] }, what: {} } })
  const load = (definition: object) => () => assertResources([definition as never], referents)
  t.notThrows(load(opening('user_identity')))
  t.throws(load(opening('user_identty')), { message: /user_identty/ })
  const inside = { ...whole, contains: { acs_entrnce: ['name'] } }
  t.throws(load(inside), { message: /no acs_entrnce is known/ })
})

test('Definitions: every rule is a sentence on a reference page', (t) => {
  for (const { rules = [] } of resources) {
    for (const rule of rules as readonly Rule[]) t.regex(sentenceOf(rule), /^.{20,}\.$/)
  }
  t.is(sentenceOf(exactlyOne('a', 'b')), 'Give exactly one of ‹a›, ‹b›.')
})
