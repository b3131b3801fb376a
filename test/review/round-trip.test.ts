import { copyFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { readPulumi, report, review } from '../../src/review'
import type { Sandbox } from '../../src/sandbox'
import { repository } from '../../tools/engine/folders.js'
import { sandboxFor } from '../fixtures/building'
import { pulumiStack } from '../fixtures/pulumi'
import { walk, type Standing, type Walk } from './walk'

const office = join(repository, 'examples/office')

type Report = ReturnType<typeof report>
type Row = Report['losses'][number]

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

test('Round trip: the review of an edit says what the building does after it', async (t) => {
  // A preview and an update for each edit, each of many seconds.
  t.timeout(1_200_000)
  const sandbox = await sandboxFor(t, { seed: 'office' })
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const program = { file: join(office, 'index.ts') }
  const stack = await pulumiStack(t, { program, typescript: true, env, name: 'office' })
  await copyFile(join(office, 'tsconfig.json'), join(stack.folder, 'tsconfig.json'))
  let policy = await readFile(join(office, 'policy.ts'), 'utf8')
  const policyFile = join(stack.folder, 'policy.ts')
  await writeFile(policyFile, policy)
  const others = peopleIn(seen(sandbox)).size
  await stack.up()

  for (const [what, ...replacements] of edits) {
    policy = edited(policy, replacements)
    await writeFile(policyFile, policy)
    const before = seen(sandbox)
    const { stdout } = await stack.preview('--json', '--show-sames')
    const told = report(review(readPulumi(stdout)), [], { timeZone: 'UTC', showContacts: false })
    t.deepEqual(seen(sandbox), before, 'a preview changes nothing')
    await stack.up()
    const after = seen(sandbox)
    t.log(`${what}: ${told.headline}`)
    compare(t, what, told, before, after)
    t.is(told.people.standing, peopleIn(before).size - others, what)
  }
  await stack.destroy()
})

const seen = ({ store }: Sandbox): Walk => walk(structuredClone(store.snapshot()))

function compare(t: ExecutionContext, what: string, told: Report, before: Walk, after: Walk) {
  t.true(told.complete, what)
  t.deepEqual(told.errors, [], what)
  const places = (rows: readonly Row[]) => sorted(rows.flatMap((row) => placesOf(row, after)))
  const through = (rows: readonly Row[]) => rows.filter(({ via }) => via)
  const straight = (rows: readonly Row[]) => rows.filter(({ via }) => !via)

  const lost = [...before.places.keys()].filter((key) => !after.places.has(key))
  const gained = [...after.places.keys()].filter((key) => !before.places.has(key))
  t.deepEqual(places(straight(told.losses)), sorted(lost), `${what}: who loses a place`)
  t.deepEqual(places(straight(told.gains)), sorted(gained), `${what}: who gains a place`)

  const doors = (rows: readonly Row[], { inside }: Walk) =>
    new Set(
      places(rows).flatMap((key) => {
        const [person, place] = key.split(' > ')
        return inside.get(place!)!.map((door) => `${person} > ${door}`)
      }),
    )
  const without = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
    [...one].filter((key) => !other.has(key))
  const toldLost = doors(told.losses, before)
  const toldGained = doors(told.gains, after)
  t.deepEqual(
    sorted(without(before.doors, after.doors)),
    sorted(without(toldLost, after.doors)),
    `${what}: who loses a door`,
  )
  t.deepEqual(
    sorted(without(after.doors, before.doors)),
    sorted(without(toldGained, before.doors)),
    `${what}: who gains a door`,
  )
  for (const key of doors(through(told.losses), before)) t.false(after.doors.has(key), key)
  for (const key of doors(through(told.gains), after)) t.false(before.doors.has(key), key)

  const kept = [...before.places.keys()].filter((key) => after.places.has(key))
  const differ = (of: (standing: Standing) => string[]) =>
    sorted(
      kept.filter((key) => {
        return list(of(before.places.get(key)!)) !== list(of(after.places.get(key)!))
      }),
    )
  t.deepEqual(
    places(straight(told.windows)),
    differ(({ windows }) => windows),
    `${what}: windows`,
  )
  const renewed = places([...told.windows, ...told.reissues].filter((row) => row.reissue))
  const methods = differ((standing) => standing.methods)
  t.deepEqual(
    methods.filter((key) => !renewed.includes(key)),
    [],
    `${what}: methods`,
  )
  // Seam may give a person the PIN again that another grant of hers has.
  const changed = [...methods, ...differ(({ grants }) => grants)]
  t.deepEqual(
    renewed.filter((key) => !changed.includes(key)),
    [],
    `${what}: issued anew`,
  )
}

const peopleIn = ({ places }: Walk) => new Set([...places.keys()].map(personIn))

const personIn = (key: string) => key.split(' > ')[0]!

const sorted = (keys: readonly string[]) => [...new Set(keys)].sort()

const list = (texts: readonly string[]) => [...texts].sort().join()

/** `<person> > <place>` of a row; what is new has no id yet, and is found by its name afterwards. */
function placesOf({ person, doors }: Row, after: Walk): string[] {
  const who = person.id ?? after.named.get(person.name)
  return doors.map(({ id }) => `${who} > ${id}`)
}
