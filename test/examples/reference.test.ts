import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { lookups } from '../../src/lookups'
import { resources } from '../../src/resources'
import { className, swapName } from '../../src/schema'
import { repository } from '../../tools/engine/folders.js'
import { failures, knownFailures } from '../../tools/generate/docs/failures.js'
import { pages } from '../../tools/generate/docs/index.js'
import { deployment, plannedSteps } from '../fixtures/building'

const examples = join(repository, 'docs/examples')
const kinds = ['resources', 'lookups'] as const
const programs = kinds.flatMap((kind) =>
  readdirSync(join(examples, kind)).map((file) => `${kind}/${file}`),
)

/** What the compiler complains of, one line each. */
function complaints(files: string[]): string[] {
  const program = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: ['node'],
    skipLibCheck: true,
    noEmit: true,
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const text = ts.flattenDiagnosticMessageText(messageText, '\n')
    return `${file?.fileName ?? ''} ${text}`
  })
}

test('Reference: each definition has an example, and each example a definition', (t) => {
  const defined = [
    ...resources.map(({ name }) => `resources/${name}.ts`),
    ...lookups.map(({ name }) => `lookups/${name}.ts`),
  ]
  t.deepEqual([...programs].sort(), defined.sort())
  for (const { name } of resources) {
    const program = readFileSync(join(examples, `resources/${name}.ts`), 'utf8')
    t.true(program.includes(`new seam.${className(name)}(`), name)
  }
  for (const { name } of lookups) {
    const program = readFileSync(join(examples, `lookups/${name}.ts`), 'utf8')
    t.true(program.includes(`seam.get${className(name)}Output(`), name)
  }
})

test('Reference: every example compiles', (t) => {
  t.timeout(300_000)
  t.true(existsSync(join(repository, 'dist/index.d.ts')), 'built: npm run build')
  t.deepEqual(complaints(programs.map((file) => join(examples, file))), [])
})

test.serial(
  'Reference: all examples deploy together, and then nothing is left to do',
  async (t) => {
    const main = programs.map((file) => `import './${file.replace(/\.ts$/, '')}'`).join('\n')
    const { sandbox, stack } = await deployment(t, main, { typescript: true })
    for (const kind of kinds) {
      await mkdir(join(stack.folder, kind))
      await cp(join(examples, kind), join(stack.folder, kind), { recursive: true })
    }
    await stack.up()
    t.deepEqual(await plannedSteps(stack), [])
    await stack.destroy()
    t.is(sandbox.store.accessGrants.size, 1)
  },
)

test('Reference: each page tells every property of its definition', (t) => {
  for (const { name, fields } of resources) {
    const page = pages[`docs/resources/${name}.md`]!()
    for (const field of Object.keys(fields)) {
      t.regex(page, new RegExp(`^- \`${swapName(field)}\``, 'm'))
    }
    t.notRegex(page, /[‹›]/)
  }
  for (const { name, by, fields } of lookups) {
    const page = pages[`docs/lookups/${name}.md`]!()
    for (const field of [...Object.keys(by), ...Object.keys(fields)]) {
      t.regex(page, new RegExp(`^- \`${swapName(field)}\``, 'm'))
    }
    t.notRegex(page, /[‹›]/)
  }
})

/** The text of all files of some folders of src. */
const sourceOf = (...folders: string[]) =>
  folders
    .map((folder) => join(repository, 'src', folder))
    .flatMap((path) =>
      readdirSync(path, { recursive: true }).map((file) => join(path, String(file))),
    )
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')

test('Reference: each error that a page explains is one that the source tells', (t) => {
  const source = sourceOf('provider', 'resources', 'schema')
  for (const { says, isFor } of knownFailures) {
    t.true(source.includes(says), says)
    t.true(
      resources.some((one) => isFor(one)),
      `${says} is for no resource`,
    )
  }
  for (const definition of resources) t.true(failures(definition).length > 0, definition.name)
})

test('Troubleshooting: each error of this package is one that the source tells', (t) => {
  const source = sourceOf('provider', 'seam', 'pulumi')
  const page = readFileSync(join(repository, 'docs/troubleshooting.md'), 'utf8')
  const texts = [...page.matchAll(/^- \*\*`(.+?)`\*\*:/gm)].map(([, text]) => text!)
  const own = texts.filter((text) => !text.startsWith('Cannot find module'))
  t.true(own.length >= 8)
  const parts = own.flatMap((text) => text.split('…').map((part) => part.trim()))
  t.deepEqual(
    parts.filter((part) => !source.includes(part)),
    [],
  )
})
