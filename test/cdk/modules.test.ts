import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { libraries } from '../fixtures/constructs'

const node = (cwd: string, ...args: string[]) =>
  capture(process.execPath, args, { cwd, deadline: 60_000 })

/** A folder of a program that finds what this repository has installed. */
function program(t: ExecutionContext): string {
  mkdirSync(localFolder, { recursive: true })
  const folder = mkdtempSync(join(localFolder, 'modules-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

for (const { name } of libraries) {
  const other = name === 'cdktf' ? 'cdktn' : 'cdktf'

  test(`Modules of ${name}: work in CommonJS and in ES modules`, async (t) => {
    const folder = program(t)
    const names = 'Door, EveryGrantEnds, Grant, GroupMembership, Person, SeamProvider, Team'
    const use = `console.log([${names}, AccessGrant, DataSeamSpace].map((one) => one.name).join())`
    writeFileSync(
      join(folder, 'common.cjs'),
      `const { ${names} } = require('seam-iac/${name}')
const { AccessGrant } = require('seam-iac/${name}/access-grant')
const { DataSeamSpace } = require('seam-iac/${name}/data-seam-space')\n${use}`,
    )
    writeFileSync(
      join(folder, 'module.mjs'),
      `import { ${names} } from 'seam-iac/${name}'
import { AccessGrant } from 'seam-iac/${name}/access-grant'
import { DataSeamSpace } from 'seam-iac/${name}/data-seam-space'\n${use}`,
    )
    for (const file of ['common.cjs', 'module.mjs']) {
      const { code, stdout, stderr } = await node(folder, file)
      t.is(code, 0, stderr)
      t.is(stdout.trim(), `${names.replaceAll(', ', ',')},AccessGrant,DataSeamSpace`)
    }
  })

  test(`Modules of ${name}: load the library of that name alone, and what is used alone`, async (t) => {
    const script = `require('seam-iac/${name}')
const { sep } = require('node:path')
console.log(Object.keys(require.cache).map((file) => file.split(sep).join('/')).join('\\n'))`
    const { stdout } = await node(repository, '-e', script)
    const loaded = stdout.split('\n')
    t.true(loaded.some((file) => file.includes(`/node_modules/${name}/`)))
    t.false(loaded.some((file) => file.includes(`/node_modules/${other}/`)))
    t.false(loaded.some((file) => file.includes('/node_modules/@pulumi/')))
    const generated = loaded.flatMap((file) => /\/generated\/(.*)\.js$/.exec(file)?.[1] ?? [])
    t.deepEqual(generated.sort(), [
      'access-grant',
      'access-group-membership',
      'data-seam-device',
      'data-seam-entrance',
      'data-seam-space',
      'data-seam-user-identity',
      'notes',
      'provider',
      'space',
      'user-identity',
    ])
  })

  for (const file of ['', '/access-grant']) {
    test(`Modules of ${name}: seam-iac/${name}${file} without the library says what to install`, async (t) => {
      const folder = mkdtempSync(join(tmpdir(), 'seam-iac-modules-'))
      t.teardown(() => rmSync(folder, { recursive: true, force: true }))
      const own = join(folder, 'node_modules/seam-iac')
      for (const part of ['dist', 'package.json', 'LICENSE']) {
        cpSync(join(repository, part), join(own, part), { recursive: true })
      }
      const { code, stderr } = await node(folder, '-e', `require('seam-iac/${name}${file}')`)
      t.is(code, 1)
      t.regex(
        stderr,
        new RegExp(
          `Error: seam-iac/${name} needs the package ${name}\\. Run: npm install ${name} constructs\n`,
        ),
      )
    })
  }

  test(`Modules of ${name}: a stack of the other library is refused in one sentence`, async (t) => {
    const script = `const { App, TerraformStack } = require('${other}')
const { SeamProvider } = require('seam-iac/${name}')
new SeamProvider(new TerraformStack(new App({ outdir: process.argv[1] }), 'office'), 'seam')`
    const { stderr } = await node(repository, '-e', script, program(t))
    t.regex(
      stderr,
      new RegExp(
        `Error: The stack of office is not of the ${name} that seam-iac/${name} has loaded\\.`,
      ),
    )
  })
}

test('Modules: one place names the library', (t) => {
  const folder = join(repository, 'src/cdk')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.ts'),
  )
  const naming = files.filter((file) =>
    /from 'cdkt[fn]|require\('cdkt[fn]|= 'cdkt[fn]'/.test(readFileSync(join(folder, file), 'utf8')),
  )
  t.deepEqual(naming.sort(), ['library.ts', 'present.ts'])
})
