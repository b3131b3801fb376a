import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { pulumiStack } from '../fixtures/pulumi.js'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 5)

// The real CLI takes some seconds a command, more on a loaded machine.
const PATIENCE_MS = 180_000

some('language host: a program gets its configuration, and its output is shown', async (t) => {
  t.timeout(PATIENCE_MS)
  const stack = await pulumiStack(t, {
    program: `
      const pulumi = require('@pulumi/pulumi')
      const config = new pulumi.Config()
      console.log('said on stdout')
      console.error('said on stderr')
      module.exports = {
        plain: config.require('plain'),
        other: new pulumi.Config('other').require('key'),
        secret: config.requireSecret('pin'),
        folder: process.cwd(),
        identity: [pulumi.getOrganization(), pulumi.getProject(), pulumi.getStack()],
        typescript: process.env.PULUMI_NODEJS_TYPESCRIPT ?? 'unset',
        dryRun: pulumi.runtime.isDryRun(),
      }`,
    config: { plain: 'a "value" = b', 'other:key': '-x', pin: { secret: '4821-9' } },
    name: 'hosted',
  })
  const { stdout } = await stack.up()
  t.regex(stdout, /said on stdout/)
  t.regex(stdout, /said on stderr/)
  t.notRegex(stdout, /from \$PATH/)
  t.deepEqual(await stack.outputs(), {
    plain: 'a "value" = b',
    other: '-x',
    secret: '4821-9',
    folder: stack.folder,
    identity: ['organization', 'hosted', 'test'],
    typescript: 'unset',
    dryRun: false,
  })
  t.false((await stack.everythingStored()).includes('4821-9'))

  await stack.setConfig('plain', 'changed')
  const preview = await stack.previewJson('--show-sames')
  t.deepEqual(preview.changeSummary, { same: 1 })
  t.is(preview.steps[0]?.op, 'same')
  await stack.up()
  t.is((await stack.outputs()).plain, 'changed')
})

some('language host: serves a dynamic resource from creation to destruction', async (t) => {
  t.timeout(PATIENCE_MS)
  const stack = await pulumiStack(t, {
    program: `
      const pulumi = require('@pulumi/pulumi')
      class Thing extends pulumi.dynamic.Resource {
        constructor(name, inputs) {
          super({
            create: async (outs) => ({ id: 'thing-1', outs }),
            delete: async () => console.log('deleted it'),
          }, name, inputs)
        }
      }
      module.exports = { id: new Thing('thing', { size: 3 }).id }`,
  })
  const { stdout } = await stack.up()
  t.notRegex(stdout, /warning|from \$PATH/)
  t.like((await stack.resources('dynamic:Resource'))[0], { id: 'thing-1', inputs: { size: 3 } })
  t.true((await stack.stateText()).includes('thing-1'))
  t.regex((await stack.destroy()).stdout, /deleted it/)
  t.deepEqual(await stack.resources(''), [])
})

some('language host: runs TypeScript, and type errors fail the deployment', async (t) => {
  t.timeout(PATIENCE_MS)
  const stack = await pulumiStack(t, {
    program: `
      import * as pulumi from '@pulumi/pulumi'
      const size: number = new pulumi.Config().getNumber('size') ?? 3
      export const doubled: pulumi.Output<number> = pulumi.output(size).apply((n) => n * 2)`,
    typescript: true,
  })
  await stack.up()
  t.deepEqual(await stack.outputs(), { doubled: 6 })

  await stack.writeProgram(`export const size: number = 'three'`)
  const { stdout } = await stack.preview({ expectFailure: true })
  t.regex(stdout, /index\.ts:1:14 - error TS2322|index\.ts\(1,14\): error TS2322/)
})

some('language host: a program that fails fails the deployment, once told', async (t) => {
  t.timeout(PATIENCE_MS)
  const stack = await pulumiStack(t, { program: `throw new Error('the door is stuck')` })
  const thrown = await stack.preview({ expectFailure: true })
  t.is(thrown.stdout.match(/the door is stuck/g)?.length, 1)
  t.notRegex(thrown.stdout, /non-zero exit code/)

  await stack.writeProgram('process.exit(7)')
  const exited = await stack.preview({ expectFailure: true })
  t.regex(exited.stdout, /Program exited with non-zero exit code: 7/)

  await stack.writeProgram(`process.kill(process.pid, 'SIGKILL')`)
  const killed = await stack.preview({ expectFailure: true })
  t.regex(killed.stdout, /Program was ended by SIGKILL/)
})

some('language host: honours nodeargs, and refuses options of a wrong type', async (t) => {
  t.timeout(PATIENCE_MS)
  const stack = await pulumiStack(t, {
    program: `module.exports = { limit: process.execArgv, title: process.title }`,
  })
  const setOptions = (options: object) => {
    const project = { name: 'program', main: 'index.js', runtime: { name: 'nodejs', options } }
    return writeFile(join(stack.folder, 'Pulumi.yaml'), JSON.stringify(project))
  }
  const nodeargs = '--max-old-space-size=512 "--title=two words"'
  await setOptions({ typescript: false, nodeargs })
  await stack.up()
  t.deepEqual(await stack.outputs(), {
    limit: ['--max-old-space-size=512', '--title=two words'],
    title: 'two words',
  })

  await setOptions({ typescript: 'yes' })
  const { stdout } = await stack.preview({ expectFailure: true })
  t.regex(stdout, /typescript option must be a boolean/)
})
