// Writes every file that is derived from the definitions. `--check` writes nothing and fails when a
// file is stale.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as prettier from 'prettier'
import { constructFiles, constructsFolder } from './generate/constructs'
import { generatedFolders, pages } from './generate/docs'
import { lookupsSource } from './generate/lookups'
import { readmeTables } from './generate/readme'
import { resourcesSource } from './generate/resources'
import { sandboxTables } from './generate/sandbox-calls'
import { withTables, type Tables } from './generate/tables'

const root = join(__dirname, '..')

const tablesOf = (page: string, tables: Tables) => () =>
  withTables(readFileSync(join(root, page), 'utf8'), tables)

const files: Record<string, () => string> = {
  'src/pulumi/generated/resources.ts': resourcesSource,
  'src/pulumi/generated/lookups.ts': lookupsSource,
  'README.md': tablesOf('README.md', readmeTables),
  'docs/sandbox.md': tablesOf('docs/sandbox.md', sandboxTables),
  ...constructFiles,
  ...pages,
}

async function formatted(file: string, text: string): Promise<string> {
  const filepath = join(root, file)
  return prettier.format(text, { ...(await prettier.resolveConfig(filepath)), filepath })
}

/** Whether the file differs from what the definitions say; then it is written, unless only checked. */
async function isStale(file: string, make: () => string, isCheck: boolean): Promise<boolean> {
  const path = join(root, file)
  const text = await formatted(file, make())
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
  if (isCheck) return true
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return true
}

/** Files of definitions that are gone. */
const leftOver = () =>
  [...generatedFolders, constructsFolder]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder)).map((file) => `${folder}/${file}`))
    .filter((file) => !(file in files))

async function generate(isCheck: boolean): Promise<void> {
  const stale: string[] = []
  for (const [file, make] of Object.entries(files)) {
    if (await isStale(file, make, isCheck)) stale.push(file)
  }
  const gone = leftOver()
  if (!isCheck) for (const file of gone) rmSync(join(root, file))
  for (const file of stale) console.log(`${isCheck ? 'stale' : 'wrote'}: ${file}`)
  for (const file of gone) console.log(`${isCheck ? 'left over' : 'deleted'}: ${file}`)
  if (!isCheck || stale.length + gone.length === 0) return
  console.error('Run: npm run generate')
  process.exitCode = 1
}

generate(process.argv.includes('--check')).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
