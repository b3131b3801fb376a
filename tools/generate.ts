// Writes every file that is derived from the definitions. `--check` writes nothing and fails when a
// file is stale.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lookupsSource } from './generate/lookups'
import { readme } from './generate/readme'
import { resourcesSource } from './generate/resources'

const root = join(__dirname, '..')

const files: Record<string, () => string> = {
  'src/pulumi/dynamic/resources.ts': resourcesSource,
  'src/pulumi/dynamic/lookups.ts': lookupsSource,
  'README.md': () => readme(readFileSync(join(root, 'README.md'), 'utf8')),
}

const formatted = (file: string, text: string) =>
  execFileSync(
    process.execPath,
    [join(root, 'node_modules/prettier/bin/prettier.cjs'), '--stdin-filepath', file],
    { cwd: root, input: text, encoding: 'utf8' },
  )

const isCheck = process.argv.includes('--check')
const stale = Object.entries(files).filter(([file, make]) => {
  const path = join(root, file)
  const text = formatted(file, make())
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return false
  if (!isCheck) writeFileSync(path, text)
  return true
})

for (const [file] of stale) console.log(`${isCheck ? 'stale' : 'wrote'}: ${file}`)
if (isCheck && stale.length > 0) {
  console.error('Run: npm run generate')
  process.exitCode = 1
}
