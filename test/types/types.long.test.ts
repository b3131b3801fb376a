import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import ts from 'typescript'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 8)

const root = join(__dirname, '../..')
const programs = join(__dirname, 'programs')

/** A project of its own, which finds the package as an installed one: by node_modules/seam-iac. */
async function project(t: ExecutionContext, type: string): Promise<string> {
  t.true(existsSync(join(root, 'dist/index.d.ts')), 'built: npm run build')
  await mkdir(join(root, '.local/test'), { recursive: true })
  const folder = await mkdtemp(join(root, '.local/test/types-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await cp(programs, folder, { recursive: true })
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'program', type }))
  return folder
}

/** What the compiler complains of, one line each. */
function complaints(folder: string, options: ts.CompilerOptions): string[] {
  const files = ['right.ts', 'wrong.ts'].map((file) => join(folder, file))
  const program = ts.createProgram(files, {
    strict: true,
    target: ts.ScriptTarget.ES2020,
    types: ['node'],
    typeRoots: [join(root, 'node_modules/@types')],
    forceConsistentCasingInFileNames: true,
    noImplicitReturns: true,
    noEmit: true,
    ...options,
  })
  return ts.getPreEmitDiagnostics(program).map(({ file, start, messageText }) => {
    const where = file ? `${file.fileName}:${lineOf(file, start)}` : ''
    return `${where} ${ts.flattenDiagnosticMessageText(messageText, '\n')}`
  })
}

const lineOf = (file: ts.SourceFile, start = 0) =>
  file.getLineAndCharacterOfPosition(start).line + 1

const { ModuleKind, ModuleResolutionKind } = ts

const settings: Record<string, [type: string, options: ts.CompilerOptions]> = {
  'node, as in Pulumi’s older templates': [
    'commonjs',
    { module: ModuleKind.CommonJS, moduleResolution: ModuleResolutionKind.Node10 },
  ],
  node16: [
    'commonjs',
    { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
  ],
  'node16, in an ES module': [
    'module',
    { module: ModuleKind.Node16, moduleResolution: ModuleResolutionKind.Node16 },
  ],
  bundler: [
    'module',
    { module: ModuleKind.ESNext, moduleResolution: ModuleResolutionKind.Bundler },
  ],
  'bundler, with exact optional properties': [
    'module',
    {
      module: ModuleKind.ESNext,
      moduleResolution: ModuleResolutionKind.Bundler,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      // The declarations of Pulumi’s SDK are not written for it.
      skipLibCheck: true,
    },
  ],
}

some('Types: the compiler would complain', async (t) => {
  t.timeout(600_000)
  const folder = await project(t, 'commonjs')
  const lines = ["import { Space } from 'seam-iac'", "new Space('lab', { name: 7 })"]
  await writeFile(join(folder, 'right.ts'), lines.join('\n'))
  const [, [, options]] = Object.entries(settings)[1]!
  const [complaint, ...others] = complaints(folder, options)
  t.regex(complaint ?? '', /right\.ts:2 .*'number' is not assignable/)
  t.deepEqual(others, [])
})

for (const [what, [type, options]] of Object.entries(settings)) {
  some(`Types: programs compile with moduleResolution ${what}`, async (t) => {
    // The compiler reads Pulumi's whole SDK.
    t.timeout(600_000)
    const folder = await project(t, type)
    t.deepEqual(complaints(folder, options), [])
  })
}
