import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import ts from 'typescript'
import { readPulumi, report } from '../../src/review'
import { repository } from '../../tools/engine/folders.js'
import { sandboxFor } from '../fixtures/building'
import { pulumiStack } from '../fixtures/pulumi'
import { isInShare } from '../fixtures/share'
import { asked } from './asking'
import { differences, type Report } from './lives/compare'
import { Asker, walk } from './lives/walk'
import { wording } from './plans'

const office = join(repository, 'examples/office')

/** What people do to the policy of the office: what is replaced by what, in its text. */
const edits: readonly [what: string, ...replacements: [from: string, to: string][]][] = [
  [
    'a new hire',
    [
      `      carla: {`,
      `      noor: { fullName: 'Noor Haddad', emailAddress: 'noor@example.com' },\n      carla: {`,
    ],
  ],
  ['a leaver', [`      bo: { fullName: 'Bo Lindgren', emailAddress: 'bo@example.com' },\n`, '']],
  [
    'a move to a team with a space in common',
    [`      fen: { fullName: 'Fen Wu', emailAddress: 'fen@example.com' },\n`, ''],
    [
      `      iris: {`,
      `      fen: { fullName: 'Fen Wu', emailAddress: 'fen@example.com' },\n      iris: {`,
    ],
  ],
  ['an extension', ['2027-06-30T18:00', '2027-12-31T18:00']],
  ['an early end', ['2027-12-31T18:00', '2027-03-31T18:00']],
  [
    'other doors in a shared space',
    [`['Quiet Office', 'Meeting Room']`, `['Quiet Office', 'Storage']`],
  ],
  [
    'one out of a group and one into it',
    [`  lena: {\n    fullName: 'Lena Fuchs',`, `  milo: {\n    fullName: 'Milo Brand',`],
    ['lena@cleaning', 'milo@cleaning'],
  ],
  [
    'a card instead of a PIN',
    [`emailAddress: 'dayo@example.com' }`, `emailAddress: 'dayo@example.com', opensWith: 'card' }`],
  ],
  ['a new name', ['Emre Kaya', 'Emre Kaya-Holm']],
  ['one space less for a team', [`['Lab', 'Offices']`, `['Lab']`]],
  ['the end of a team', [/ {2}operations: \{[^]*?\n {2}\},\n/.source, '']],
]

function edited(policy: string, replacements: readonly [string, string][]): string {
  return replacements.reduce((text, [from, to]) => {
    const next = text.includes(from) ? text.replace(from, to) : text.replace(new RegExp(from), to)
    if (next === text) throw new Error(`The policy has no ${from}`)
    return next
  }, policy)
}

/** Compiled here once, and not by the engine at each run. */
const compiled = (source: string) =>
  ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.CommonJS } }).outputText

test('Round trip: the review of an edit says what the building does after it', async (t) => {
  // A preview and an update for each edit, each of many seconds.
  t.timeout(1_200_000)
  const sandbox = await sandboxFor(t, { seed: 'office' })
  const asker = new Asker(sandbox)
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const program = compiled(await readFile(join(office, 'index.ts'), 'utf8'))
  const stack = await pulumiStack(t, { program, env, name: 'office' })
  let policy = await readFile(join(office, 'policy.ts'), 'utf8')
  const policyFile = join(stack.folder, 'policy.js')
  await writeFile(policyFile, compiled(policy))
  await stack.up()

  for (const [at, [what, ...replacements]] of edits.entries()) {
    policy = edited(policy, replacements)
    // One that is left out is deployed together with the next one.
    if (!isInShare(at, 0, 4)) continue
    await writeFile(policyFile, compiled(policy))
    const before = await walk(asker)
    const { stdout } = await stack.preview('--json', '--show-sames')
    const told = report(await asked(sandbox, readPulumi(stdout), Date.now()), [], wording)
    t.deepEqual(await walk(asker), before, 'a preview changes nothing')
    await stack.up()
    t.log(`${what}: ${told.headline}`)
    t.true(told.complete, what)
    t.deepEqual(told.errors, [], what)
    t.deepEqual(differences(told as Report, before, await walk(asker)), [], what)
  }
  await stack.destroy()
})
