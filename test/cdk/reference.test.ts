import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import type * as cdktf from 'cdktf'
import { resources } from '../../src/resources'
import { className } from '../../src/schema'
import { repository } from '../../tools/engine/folders.js'
import { libraries, type Library } from '../fixtures/constructs'
import { constructsFolder } from '../fixtures/constructs-folder'

const examples = join(repository, 'docs/examples/constructs')
const [library] = libraries as [Library]

interface Example {
  declare(stack: cdktf.Resource): void
}

test('Constructs: each resource has an example', async (t) => {
  t.deepEqual(readdirSync(examples).sort(), resources.map(({ name }) => `${name}.ts`).sort())
  for (const { name } of resources) {
    const program = await readFile(join(examples, `${name}.ts`), 'utf8')
    t.true(program.includes(`  new ${className(name)}(stack, `), name)
  }
})

test('Constructs: all examples deploy together, and then nothing is left to do', async (t) => {
  t.timeout(120_000)
  const office = await constructsFolder(t, library)
  await office.synth((stack) => {
    for (const { name } of resources) {
      const { declare } = require(join(examples, name)) as Example
      declare(new library.core.TerraformElement(stack, name) as never)
    }
  })
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})
