import test, { type ExecutionContext } from 'ava'
import { officeIds } from '../../src/sandbox'
import { sandboxFor } from '../fixtures/building'
import { pulumiStack, type PulumiStack, type StackOptions } from '../fixtures/pulumi'
import { isQuick, shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 3)

/** As in a project of a user: without what this repository loads before a program. */
async function usersStack(t: ExecutionContext, options: Partial<StackOptions> = {}) {
  t.timeout(300_000)
  const sandbox = await sandboxFor(t)
  const env = {
    NODE_OPTIONS: '',
    SEAM_ENDPOINT: sandbox.endpoint,
    SEAM_API_KEY: sandbox.apiKey,
  }
  // An error that is printed with the SDK's own lines takes Node 20 at least half a minute.
  return pulumiStack(t, { program: '', env, deadline: 60_000, ...options })
}

/** What a preview says that fails: the error, and of its trace only the program's own lines. */
async function failed(t: ExecutionContext, stack: PulumiStack, program: string, env = {}) {
  await stack.writeProgram(program)
  const { stdout, stderr } = await stack.preview({ expectFailure: true, env })
  const said = stdout + stderr
  t.notRegex(said, /at .*(node_modules|node:internal)/)
  t.notRegex(said, /promise: Promise/)
  t.regex(said, /at .*index\.[jt]s:\d+/, 'the line of the program is told')
  return said
}

const inGrant = `
  const seam = require('seam-iac')
  new seam.AccessGrant('ivan', {
    userIdentityId: '${officeIds.userIdentities.ivan}',
    spaceIds: [seam.getSpaceOutput({ name: 'Lobbby' }).spaceId],
    requestedAccessMethods: [{ mode: 'code' }],
  })
`

some('Uncaught error: one of a lookup is told at once, with its line', async (t) => {
  const stack = await usersStack(t)
  const ask = (call: string) => `require('seam-iac').${call}`
  const misspelt = ask(`getSpaceOutput({ name: 'Lobbby' })`)
  t.regex(await failed(t, stack, misspelt), /getSpace: No space with `name` "Lobbby"/)
  // Each takes a preview of many seconds.
  if (isQuick) return
  t.regex(await failed(t, stack, ask('getSpaceOutput({})')), /getSpace: .* is required/)
  t.regex(await failed(t, stack, ask(`getSpace({ nam: 'x' })`)), /`?nam`? is not a property/)
  t.regex(await failed(t, stack, inGrant), /getSpace: No space with `name` "Lobbby"/)
  const withoutKey = { SEAM_API_KEY: '' }
  t.regex(await failed(t, stack, misspelt, withoutKey), /getSpace: No Seam credentials/)
})

some('Uncaught error: one of a TypeScript program is told at once too', async (t) => {
  const stack = await usersStack(t, { typescript: true })
  const program = `
    import * as seam from 'seam-iac'
    export const lobby = seam.getSpaceOutput({ name: 'Lobbby' }).spaceId
  `
  t.regex(await failed(t, stack, program), /getSpace: No space with `name` "Lobbby"/)
})

some('Uncaught error: one of a constructor is told at once, with its line', async (t) => {
  const stack = await usersStack(t)
  const program = `new (require('seam-iac').Space)('lab', {}, { parent: 'none' })`
  t.regex(await failed(t, stack, program), /Resource parent is not a valid Resource/)
  await stack.setConfig('seam:apiKey', 'seam_plain_text')
  const told = await failed(t, stack, `new (require('seam-iac').Space)('lab', { name: 'Lab' })`)
  t.regex(told, /seam:apiKey stands in the stack's configuration as plain text/)
})
