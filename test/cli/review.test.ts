import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { officeIds } from '../../src/sandbox'
import { sandboxFor } from '../fixtures/building'
import { seamIac, type CliOptions } from '../fixtures/cli'
import { startForge } from '../review/forge'
import { step } from '../review/plans'

const cases = join(__dirname, '../review/cases')
const planOf = (name: string) => join(cases, name, 'plan.json')

/** A folder where commands run, with settings if there are any. */
async function folder(t: ExecutionContext, settings?: string): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'seam-iac-review-'))
  t.teardown(() => rm(made, { recursive: true }))
  if (settings !== undefined) await writeFile(join(made, 'seam-iac.yaml'), settings)
  return made
}

const review = async (
  t: ExecutionContext,
  args: string[],
  { settings, ...options }: { settings?: string } & Partial<CliOptions> = {},
) => seamIac(['review', ...args], { cwd: await folder(t, settings), ...options })

test('seam-iac review: reads a plan from a file or standard input, and writes to a file', async (t) => {
  const plan = planOf('leaver')
  const printed = await review(t, ['--input', plan])
  t.is(printed.code, 0, printed.stderr)
  t.regex(printed.stdout, /^### Access in program\/test: 1 person loses/)
  const piped = await review(t, [], { stdin: await readFile(plan, 'utf8') })
  t.is(piped.stdout, printed.stdout)
  const output = join(await folder(t), 'report.md')
  const written = await review(t, ['--input', plan, '--output', output])
  t.is(written.stdout, '')
  t.is(await readFile(output, 'utf8'), printed.stdout)
})

test('seam-iac review: says it as JSON, and as text without colours where no terminal is', async (t) => {
  const json = await review(t, ['--input', planOf('leaver'), '--format', 'json'])
  const { version, people } = JSON.parse(json.stdout) as Record<string, unknown>
  t.is(version, 1)
  t.like(people, { lose: 1, gain: 0 })
  const text = await review(t, ['--input', planOf('leaver'), '--format', 'text'])
  t.regex(text.stdout, /Loses \(1/)
  t.false(text.stdout.includes('\u001b'))
})

test('seam-iac review: tells windows in the time zone that is asked for', async (t) => {
  const args = ['--input', planOf('extension'), '--time-zone']
  t.regex(
    (await review(t, [...args, 'Asia/Kolkata'])).stdout,
    /Times are in Asia\/(Kolkata|Calcutta)/,
  )
  const wrong = await review(t, [...args, 'Mars/Olympus'])
  t.is(wrong.code, 1)
  t.regex(wrong.stderr, /IANA time zone/)
})

test('seam-iac review: the time zone may stand in seam-iac.yaml, and the option comes first', async (t) => {
  const input = ['--input', planOf('extension')]
  const settings = 'time-zone: Europe/Berlin'
  t.regex((await review(t, input, { settings })).stdout, /Times are in Europe\/Berlin/)
  const asked = await review(t, [...input, '--time-zone', 'UTC'], { settings })
  t.regex(asked.stdout, /Times are in UTC/)
  const wrong = await review(t, input, { settings: 'time-zone: Mars/Olympus' })
  t.is(wrong.code, 1)
  t.regex(wrong.stderr, /seam-iac\.yaml cannot be used: time-zone is no IANA time zone/)
})

test('seam-iac review: a protected name that nobody has is said in every format', async (t) => {
  const settings = 'guards: { protected: { people: [Anna Toress] } }'
  for (const format of ['markdown', 'json', 'text']) {
    const args = ['--input', planOf('leaver'), '--format', format]
    t.regex((await review(t, args, { settings })).stdout, /protected people: Anna Toress/, format)
  }
})

test('seam-iac review: a failed plan ends with 1, and is told', async (t) => {
  const { code, stdout } = await review(t, ['--input', planOf('failed-invalid')])
  t.is(code, 1)
  t.regex(stdout, /The plan failed/)
})

const broken: [what: string, text: string, told: RegExp][] = [
  ['no JSON', 'Previewing update (prod)', /no JSON document.*pulumi preview --json --show-sames/],
  ['something else', '{"resources":[]}', /no list of steps/],
  ['nothing', '', /no JSON document/],
]

for (const [what, text, told] of broken) {
  test(`seam-iac review: ${what} is no plan, and the error says how to take one`, async (t) => {
    const { code, stderr, stdout } = await review(t, [], { stdin: text })
    t.is(code, 1)
    t.is(stdout, '')
    t.regex(stderr, told)
    t.notRegex(stderr, /\n\s+at /)
  })
}

test('seam-iac review: guards end with a code of their own, unless they are named', async (t) => {
  const input = ['--input', planOf('leaver')]
  const limit = 'guards: { removal-limit: { count: 0 } }'
  const stopped = await review(t, input, { settings: limit })
  t.is(stopped.code, 3)
  t.regex(stopped.stdout, /Guard \*\*removal-limit\*\* stops this: 1 person loses access; 0 may\./)
  const allowed = await review(t, [...input, '--allow', 'removal-limit'], { settings: limit })
  t.is(allowed.code, 0)
  t.regex(allowed.stdout, /removal-limit\*\* was overridden with `--allow removal-limit`/)
  const share = 'guards: { removal-limit: { percent: 99 } }'
  const quiet = await review(t, input, { settings: share })
  t.is(quiet.code, 0)
  t.regex(quiet.stdout, /Guards: removal-limit \(99 %\)\./)
  t.regex((await review(t, input)).stdout, /Guards: none\./)
  const unknown = await review(t, [...input, '--allow', 'everything'])
  t.is(unknown.code, 1)
  t.regex(unknown.stderr, /Allowed choices are removal-limit, protected/)
})

const unusable: [what: string, settings: string, told: RegExp][] = [
  ['a guard that is none', 'guards: { removals: {} }', /additional properties \(removals\)/],
  ['a share above all', 'guards: { removal-limit: { percent: 101 } }', /percent must be <= 100/],
  ['broken YAML', 'guards: { removal-limit: [', /seam-iac\.yaml cannot be used/],
]

for (const [what, settings, told] of unusable) {
  test(`seam-iac review: ${what} in seam-iac.yaml is an error, and guards nothing by accident`, async (t) => {
    const { code, stderr } = await review(t, ['--input', planOf('leaver')], { settings })
    t.is(code, 1)
    t.regex(stderr, told)
  })
}

test('seam-iac review: with a key, names come from Seam, and only reads are made', async (t) => {
  const sandbox = await sandboxFor(t)
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const input = ['--input', planOf('existing-space')]
  const nameless = await review(t, input)
  t.regex(nameless.stdout, /space A/)
  const named = await review(t, input, { env })
  t.is(named.code, 0, named.stderr)
  t.notRegex(named.stdout, /space A/)
  t.regex(named.stdout, /\| Garage, /)
  t.true(sandbox.requests.length > 0)
  t.true(sandbox.requests.every(({ path }) => /\/(get|list|get_related|list_\w+)$/.test(path)))
})

test('seam-iac review: what is protected is found behind spaces, and never taken for safe unseen', async (t) => {
  const sandbox = await sandboxFor(t)
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const garage = sandbox.store.spaces.all().find(({ name }) => name === 'Garage')!
  const door = sandbox.store.acsEntrances.get(garage.acs_entrance_ids[0]!)
  const guarded = (name: string) => `guards: { protected: { doors: [${JSON.stringify(name)}] } }`
  const input = ['--input', planOf('existing-space')]
  const found = await review(t, input, { env, settings: guarded(String(door!.display_name)) })
  t.is(found.code, 4, found.stderr)
  t.regex(found.stdout, /is protected/)
  const unseen = await review(t, input, { settings: guarded('Vault') })
  t.is(unseen.code, 4)
  t.regex(unseen.stdout, /may be protected, and only Seam could tell \(SEAM&#95;API&#95;KEY\)/)
})

test('seam-iac review: what a space had by hand is asked for before its doors change', async (t) => {
  const sandbox = await sandboxFor(t)
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const steps = [
    step('update', {
      type: 'Space',
      name: 'garage',
      id: officeIds.spaces.garage,
      before: { name: 'Garage' },
      after: { name: 'Garage', acsEntranceIds: [] },
    }),
  ]
  const stdin = JSON.stringify({ steps, changeSummary: {} })
  const guarded = (name: string) => `guards: { protected: { doors: [${name}] } }`
  const found = await review(t, [], { stdin, env, settings: guarded('Garage Gate') })
  t.is(found.code, 4, found.stderr)
  t.regex(found.stdout, /Garage Gate is protected; it changes for whoever holds the space/)
  t.is((await review(t, [], { stdin, env, settings: guarded('Vault') })).code, 0)
  t.is((await review(t, [], { stdin, settings: guarded('Vault') })).code, 4)
})

test('seam-iac review: a plan that names no stack is posted nowhere', async (t) => {
  const forge = await startForge(t)
  const entries = Object.entries(forge.env())
  const env = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
  const stdin = JSON.stringify({ diagnostics: [{ severity: 'error', message: 'no such stack' }] })
  const { code, stderr } = await review(t, ['--post', 'github'], { stdin, env })
  t.is(code, 1)
  t.regex(stderr, /does not say of which stack/)
  t.deepEqual(forge.comments, [])
})

test('seam-iac review: a key of another workspace names nothing, and says why', async (t) => {
  const sandbox = await sandboxFor(t, { seed: 'empty' })
  const env = { SEAM_ENDPOINT: sandbox.endpoint, SEAM_API_KEY: sandbox.apiKey }
  const { code, stdout, stderr } = await review(t, ['--input', planOf('existing-space')], { env })
  t.is(code, 0)
  t.regex(stderr, /names only what the plan names[^]*workspace/)
  t.regex(stdout, /space A/)
  t.notRegex(stderr, new RegExp(sandbox.apiKey))
})

test('seam-iac review: --post keeps one comment, and still ends as the guards say', async (t) => {
  const forge = await startForge(t)
  const env = Object.fromEntries(
    Object.entries(forge.env()).filter(
      (entry): entry is [string, string] => entry[1] !== undefined,
    ),
  )
  const input = ['--post', 'github', '--format', 'text', '--input']
  const settings = 'guards: { removal-limit: { count: 0 } }'
  const first = await review(t, [...input, planOf('leaver')], { env, settings })
  t.is(first.code, 3, first.stderr)
  t.regex(first.stderr, /in a comment of the pull request/)
  t.is(forge.comments.length, 1)
  t.regex(forge.comments[0]!.body, /^<!-- seam-iac review: program\/test -->\n### Access in/)
  t.regex(
    (await review(t, [...input, planOf('leaver')], { env, settings })).stderr,
    /says this already/,
  )
  t.is((await review(t, [...input, planOf('no-change')], { env })).code, 0)
  t.is(forge.comments.length, 1)
  t.regex(forge.comments[0]!.body, /no changes/)
  const lost = await review(t, [...input, planOf('leaver')], {
    env: { ...env, GITHUB_TOKEN: 'ghp_x' },
  })
  t.is(lost.code, 1)
  t.notRegex(lost.stderr, /ghp_x/)
})
