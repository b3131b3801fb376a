import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { libraries } from '../fixtures/constructs'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 4)

for (const { name } of libraries) {
  for (const [type, kind, resolution] of [
    ['commonjs', ts.ModuleKind.CommonJS, ts.ModuleResolutionKind.Node10],
    ['module', ts.ModuleKind.NodeNext, ts.ModuleResolutionKind.NodeNext],
  ] as const) {
    some(
      `Types of ${name}: the example compiles as a ${type}, and a misspelled property does not`,
      (t) => {
        mkdirSync(localFolder, { recursive: true })
        const folder = mkdtempSync(join(localFolder, 'types-'))
        t.teardown(() => rmSync(folder, { recursive: true, force: true }))
        writeFileSync(join(folder, 'package.json'), JSON.stringify({ type }))
        const example = readFileSync(join(repository, `examples/${name}-office/main.ts`), 'utf8')
        const files = [example, example.replace('endsAt:', 'endAt:')].map((text, at) => {
          const file = join(folder, `program-${at}.ts`)
          writeFileSync(file, text)
          return file
        })
        const compiled = ts.createProgram(files, {
          strict: true,
          exactOptionalPropertyTypes: true,
          noEmit: true,
          // What the package declares is looked at too; the libraries have faults of their own.
          skipLibCheck: false,
          target: ts.ScriptTarget.ES2022,
          module: kind,
          moduleResolution: resolution,
          types: ['node'],
          typeRoots: [join(repository, 'node_modules/@types')],
        })
        const complaints = ts
          .getPreEmitDiagnostics(compiled)
          .filter(({ file }) => !file?.fileName.includes('/node_modules/'))
          .map(({ file, messageText }) => ({
            file: file?.fileName,
            text: ts.flattenDiagnosticMessageText(messageText, '\n'),
          }))
        t.deepEqual([...new Set(complaints.map(({ file }) => file))], [files[1]])
        t.regex(complaints[0]!.text, /'endAt' does not exist/)
      },
    )
  }
}
