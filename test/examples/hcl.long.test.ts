import { readdirSync, readFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { resources } from '../../src/resources'
import { typeName } from '../../src/terraform/schema/surface'
import { repository } from '../../tools/engine/folders.js'
import { shareOf } from '../fixtures/share'
import { terraformFolder } from '../fixtures/terraform'
import { terraformOffice } from '../fixtures/terraform-office'

const folder = join(repository, 'examples/resources')
const types = readdirSync(folder)
const some = shareOf(test, 8)

test('HCL: every resource has an example', (t) => {
  t.deepEqual(types.sort(), resources.map(({ name }) => typeName(name)).sort())
})

for (const type of types) {
  some(`HCL: the example of ${type} deploys, and then has nothing left to do`, async (t) => {
    t.timeout(120_000)
    const config = readFileSync(join(folder, type, 'resource.tf'), 'utf8')
    const office = await terraformFolder(t, '')
    await writeFile(
      join(office.folder, 'pin.auto.tfvars'),
      config.includes('var.pin') ? 'pin = "736251"' : '',
    )
    await office.write(config)
    await office.apply()
    t.deepEqual(await office.changes(), [])
    const [own] = (await office.resources()).filter((one) => one.address.startsWith(`${type}.`))
    const id = String(own!.values['id'])
    // Its command imports the same object.
    const [, address = ''] = /^terraform import (\S+) /.exec(
      readFileSync(join(folder, type, 'import.sh'), 'utf8'),
    )!
    t.is(address, own!.address)
    await office.run('state', 'rm', address)
    const imported = await office.run('import', address, id)
    t.is(imported.code, 0, imported.stdout + imported.stderr)
    await office.destroy()
  })
}

some('HCL: the office deploys, and then has nothing left to do', async (t) => {
  t.timeout(120_000)
  const office = await terraformOffice(t)
  t.regex((await office.apply()).stdout, /Resources: 26 added/)
  t.deepEqual(await office.changes(), [])
  await office.destroy()
})
