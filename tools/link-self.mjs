// Pulumi's dynamic-provider process resolves `seam-iac/dynamic` from the program's folder, so the
// examples of this repository need the package to be found in node_modules under its own name.
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const link = join(root, 'node_modules', 'seam-iac')

if (!existsSync(join(link, 'package.json'))) {
  mkdirSync(dirname(link), { recursive: true })
  rmSync(link, { recursive: true, force: true })
  symlinkSync('..', link, 'junction')
}
