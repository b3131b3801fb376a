import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import test from 'ava'
import { guardNames } from '../../src/review'
import { action, parsed, runAction, type Command, type Outcome, type Step } from './runner'

interface Workflow {
  on: Record<string, unknown>
  permissions: Record<string, string>
  jobs: Record<
    string,
    {
      if: string
      permissions: Record<string, string>
      concurrency?: { group: string; 'cancel-in-progress': boolean }
      env?: unknown
      steps: Step[]
    }
  >
}

const workflowPath = 'examples/github/access.yml'
const workflow = parsed<Workflow>(workflowPath)
const jobs = Object.entries(workflow.jobs)

const words = ({ name, arguments: given }: Command) => [name, ...given.map(short)].join(' ')

/** A path in the runner's own folder by its name alone. */
const short = (text: string) => (text.includes('seam-iac.') ? `~/${basename(text)}` : text)

const lines = ({ commands }: Outcome) => commands.map(words)

const preview = 'pulumi preview --json --show-sames'
const review =
  'npx --no-install seam-iac review --input ~/plan.json --format markdown --output ~/review.md'

test('Action: a review plans, reviews, posts, and adds the report to the summary', async (t) => {
  const outcome = await runAction(t, {}, { report: '# Access\n' })
  t.is(outcome.code, 0, outcome.log)
  t.deepEqual(lines(outcome), [preview, `${review} --post github`])
  t.is(outcome.summary, '# Access\n')
})

test('Action: every input of a review arrives where it belongs', async (t) => {
  const outcome = await runAction(t, {
    stack: 'acme/doors/prod',
    'working-directory': 'infra app',
    'time-zone': 'Europe/Berlin',
    allow: 'removals, cards,\n  last-member ,',
    comment: 'false',
    token: 'ghp_other',
  })
  t.is(outcome.code, 0, outcome.log)
  t.deepEqual(lines(outcome), [
    `${preview} --stack acme/doors/prod`,
    `${review} --allow removals --allow cards --allow last-member --time-zone Europe/Berlin`,
  ])
  t.deepEqual(
    outcome.commands.map(({ folder }) => basename(folder)),
    ['infra app', 'infra app'],
  )
})

for (const engine of ['terraform', 'tofu']) {
  test(`Action: with ${engine}, the plugin is installed, and a plan file is reviewed`, async (t) => {
    const outcome = await runAction(t, { engine, stack: 'prod' }, { report: '# Access\n' })
    t.is(outcome.code, 0, outcome.log)
    t.deepEqual(lines(outcome), [
      'npx --no-install seam-iac install terraform',
      `${engine} init -input=false`,
      `${engine} plan -input=false -out ~/plan.bin`,
      `${engine} show -json ~/plan.bin`,
      `${review} --stack prod --post github`,
    ])
    t.is(outcome.summary, '# Access\n')
    t.true(outcome.commands.slice(0, 4).every(({ token }) => token === ''))
  })

  test(`Action: with ${engine}, up and drift need no workspace`, async (t) => {
    const up = await runAction(t, { engine, command: 'up' })
    t.is(up.code, 0, up.log)
    t.is(lines(up).at(-1), `npx --no-install seam-iac up --engine ${engine} --yes`)
    const drift = await runAction(t, { engine, command: 'drift', stack: 'prod' })
    t.regex(lines(drift).at(-1)!, new RegExp(`drift --engine ${engine} --stack prod`))
  })

  test(`Action: with ${engine}, a plan that fails fails the job, and nothing is reviewed`, async (t) => {
    const outcome = await runAction(t, { engine }, { codes: { [`${engine}-plan`]: 1 } })
    t.is(outcome.code, 1)
    t.is(lines(outcome).at(-1), `${engine} plan -input=false -out ~/plan.bin`)
  })
}

test('Action: another engine is refused before anything runs', async (t) => {
  const outcome = await runAction(t, { engine: 'cdk' })
  t.is(outcome.code, 1)
  t.deepEqual(outcome.commands, [])
  t.regex(outcome.log, /The input engine is pulumi, terraform or tofu/)
})

test('Action: the program of a pull request does not see the token of the comment', async (t) => {
  const { commands } = await runAction(t, {})
  t.deepEqual(
    commands.map(({ name, token }) => [name, token]),
    [
      ['pulumi', ''],
      ['npx', 'ghs_ofTheJob'],
    ],
  )
})

test('Action: the plan stays in the runner’s own folder, and is nobody else’s to read', async (t) => {
  const { temporary, commands } = await runAction(t, {}, { report: 'x' })
  const [folder = ''] = readdirSync(temporary)
  t.deepEqual(readdirSync(join(temporary, folder)), ['plan.json', 'review.md'])
  t.is(statSync(join(temporary, folder, 'plan.json')).mode & 0o077, 0)
  t.is(statSync(join(temporary, folder)).mode & 0o077, 0)
  t.deepEqual(readdirSync(commands[0]!.folder), ['infra app'])
})

const ends: [plan: number, review: number, end: number][] = [
  [0, 0, 0],
  [255, 0, 255],
  [0, 3, 3],
  [255, 3, 3],
]

for (const [plan, reviewed, end] of ends) {
  test(`Action: a plan that ends with ${plan} and a review with ${reviewed} end with ${end}`, async (t) => {
    const codes = { pulumi: plan, review: reviewed }
    const outcome = await runAction(t, {}, { codes, report: '# Access\n' })
    t.is(outcome.code, end, outcome.log)
    t.is(outcome.commands.length, 2)
    t.is(outcome.summary, '# Access\n')
    t.is(outcome.log.includes('::warning title=seam-iac::The plan failed.'), plan !== 0)
  })
}

test('Action: up deploys the stack, and asks nobody', async (t) => {
  const outcome = await runAction(t, { command: 'up', stack: 'prod' })
  t.is(outcome.code, 0, outcome.log)
  t.deepEqual(lines(outcome), ['npx --no-install seam-iac up --stack prod --yes'])
  t.is(outcome.summary, '')
})

test('Action: up takes guards to override and the time zone', async (t) => {
  const given = { command: 'up', stack: 'prod', allow: 'protected', 'time-zone': 'Europe/Berlin' }
  const outcome = await runAction(t, given)
  t.deepEqual(lines(outcome), [
    'npx --no-install seam-iac up --stack prod --yes --allow protected --time-zone Europe/Berlin',
  ])
})

test('Action: a deployment that fails ends with its exit code', async (t) => {
  const given = { command: 'up', stack: 'prod' }
  t.is((await runAction(t, given, { codes: { up: 4 } })).code, 4)
})

for (const code of [0, 5]) {
  test(`Action: drift that ends with ${code} ends the job so, with the report in its summary`, async (t) => {
    const given = { command: 'drift', stack: 'prod' }
    const outcome = await runAction(t, given, { codes: { drift: code }, report: '# Drift\n' })
    t.is(outcome.code, code, outcome.log)
    t.deepEqual(lines(outcome), [
      'npx --no-install seam-iac drift --stack prod --format markdown --output ~/drift.md',
    ])
    t.is(outcome.summary, '# Drift\n')
  })
}

for (const command of ['review', 'drift']) {
  test(`Action: ${command} writes no summary where none is wanted, or there is no report`, async (t) => {
    const given = { command, stack: 'prod' }
    const unwanted = await runAction(t, { ...given, summary: 'false' }, { report: 'x' })
    t.is(unwanted.summary + unwanted.code, '0')
    const none = await runAction(t, given)
    t.is(none.summary + none.code, '0')
  })
}

const hostile = `a b "c" 'd' $(touch owned) \`touch owned\` ; touch owned; \${IFS} * \\ && exit 9`

for (const command of ['review', 'up', 'drift']) {
  test(`Action: what stands in an input of ${command} is one argument, and never run`, async (t) => {
    const given = { command, stack: hostile, 'time-zone': hostile, allow: hostile }
    const outcome = await runAction(t, given)
    t.is(outcome.code, 0, outcome.log)
    const all = outcome.commands.map(({ arguments: given }) => given)
    const after = (flag: string) =>
      all.flatMap((list) => (list.includes(flag) ? [list[list.indexOf(flag) + 1]] : []))
    t.deepEqual(after('--stack'), [hostile])
    if (command === 'review') {
      t.deepEqual(after('--allow'), [hostile])
      t.deepEqual(after('--time-zone'), [hostile])
    }
    for (const { folder } of outcome.commands) t.deepEqual(readdirSync(folder), ['infra app'])
  })
}

const refused: [what: string, given: Record<string, string>, told: RegExp][] = [
  ['an unknown command', { command: 'destroy' }, /command is review, up or drift/],
  ['up without a stack', { command: 'up' }, /need the input stack/],
  ['drift without a stack', { command: 'drift' }, /need the input stack/],
  ['a comment that is neither true nor false', { comment: 'yes' }, /are true or false/],
  ['a summary that is neither true nor false', { summary: 'True' }, /are true or false/],
]

for (const [what, given, told] of refused) {
  test(`Action: ${what} fails the job, and runs nothing`, async (t) => {
    const { code, log, commands } = await runAction(t, given)
    t.not(code, 0)
    t.regex(log, told)
    t.deepEqual(commands, [])
  })
}

test('Action: no script holds an expression, and each ends at its first failure', (t) => {
  t.is(action.runs.using, 'composite')
  for (const { name, run = '', shell } of action.runs.steps) {
    t.false(run.includes('${{'), name)
    t.true(run.startsWith('set -euo pipefail\n'), name)
    t.is(shell, 'bash')
  }
})

test('Action: every input is told in words, and used', (t) => {
  const steps = JSON.stringify(action.runs.steps)
  const readme = readFileSync('action/README.md', 'utf8')
  for (const [name, { description, default: value }] of Object.entries(action.inputs)) {
    t.true(description.length > 10, name)
    t.is(typeof value, 'string', `${name} is text, as GitHub has it`)
    t.true(steps.includes(`inputs.${name}`), name)
    t.true(readme.includes(`| \`${name}\` `), name)
  }
})

test('Action: nothing is uploaded', (t) => {
  for (const path of ['action/action.yml', workflowPath]) {
    t.notRegex(readFileSync(path, 'utf8'), /upload-artifact|actions\/cache/)
  }
})

test('Action: the example reviews pull requests, deploys main, and looks for drift', (t) => {
  t.deepEqual(
    jobs.map(([name, { if: when, steps }]) => [
      name,
      when.split(' && ')[0],
      steps.at(-1)?.with?.['command'],
      steps.at(-1)?.with?.['stack'],
    ]),
    [
      ['review', "github.event_name == 'pull_request'", 'review', 'prod'],
      [
        'up',
        "github.event_name == 'push' || github.event_name == 'workflow_dispatch'",
        'up',
        'prod',
      ],
      ['drift', "github.event_name == 'schedule'", 'drift', 'prod'],
    ],
  )
  t.deepEqual(Object.keys(workflow.on), ['pull_request', 'push', 'workflow_dispatch', 'schedule'])
})

test('Action: guards of the example are overridden by a label of theirs, or by hand on main', (t) => {
  const allowed = (job: string) => workflow.jobs[job]?.steps.at(-1)?.with?.['allow'] ?? ''
  const labels = [
    ...allowed('review').matchAll(/\.name, 'allow ([\w-]+)'\) && '([\w-]+)' \|\| ''/g),
  ]
  t.deepEqual(
    labels.map(([, label, guard]) => [label, guard]),
    guardNames.map((name) => [name, name]),
  )
  t.regex(allowed('up'), /^\$\{\{ inputs\.allow \}\}$/)
  t.regex(workflow.jobs['up']!.if, /'workflow_dispatch' && github\.ref == 'refs\/heads\/main'$/)
})

test('Action: the example gives each job what it needs, and no more', (t) => {
  t.deepEqual(workflow.permissions, {})
  t.deepEqual(
    jobs.map(([, { permissions }]) => permissions),
    [{ contents: 'read', 'pull-requests': 'write' }, { contents: 'read' }, { contents: 'read' }],
  )
  for (const [name, { env, steps }] of jobs) {
    const withSecrets = steps.filter((step) => JSON.stringify(step).includes('secrets.'))
    t.deepEqual(withSecrets, steps.slice(-1), `${name}: only the last step sees the secrets`)
    t.is(env, undefined)
  }
})

test('Action: deployments of the example neither overlap nor wait in one line with others', (t) => {
  const { review, up, drift } = workflow.jobs
  t.deepEqual(up?.concurrency, { group: 'access-up', 'cancel-in-progress': false })
  t.true(review?.concurrency?.['cancel-in-progress'])
  t.not(review?.concurrency?.group, up?.concurrency?.group)
  t.is(drift?.concurrency, undefined)
})

test('Action: the example names the actions of others by a major version, and passes known inputs', (t) => {
  for (const [, { steps }] of jobs) {
    for (const { uses, run, with: given = {} } of steps) {
      t.false((run ?? '').includes('${{'))
      if (uses === './node_modules/seam-iac/action') {
        t.deepEqual(
          Object.keys(given).filter((name) => !(name in action.inputs)),
          [],
        )
      } else if (uses) t.regex(uses, /^[\w-]+\/[\w-]+@v\d+$/)
    }
  }
})
