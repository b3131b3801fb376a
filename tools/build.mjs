// `npm run build` alone makes everything that ships: compiled code, types, and executable bits.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const { bin } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

rmSync(join(root, 'dist'), { recursive: true, force: true })
execFileSync(
  process.execPath,
  [join(root, 'node_modules/typescript/bin/tsc'), '-p', join(root, 'tsconfig.build.json')],
  { stdio: 'inherit' },
)
// Schemas are published; the compiler copies only those that the code reads.
cpSync(join(root, 'src/review/schemas'), join(root, 'dist/review/schemas'), { recursive: true })
for (const file of Object.values(bin)) chmodSync(join(root, String(file)), 0o755)
