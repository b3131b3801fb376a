import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { localFolder, repository } from '../engine/folders.js'
import { capture } from '../engine/process.js'
import type { PulumiEngine } from '../engine/pulumi.js'

/** Changes of the policy as a pull request may have them: somebody leaves, somebody comes, a date moves. */
const edits: [RegExp, string][] = [
  [/^ *emre: .*\n/m, ''],
  [/^( *)bo: .*\n/m, "$&$1noor: { fullName: 'Noor Haddad', emailAddress: 'noor@example.com' },\n"],
  [/'2027-06-30T18:00:00\+02:00'/, "'2027-12-31T18:00:00+01:00'"],
]

interface Reviewed {
  engine: PulumiEngine
  stack: string
  env: NodeJS.ProcessEnv
  /** What `seam-iac review` is told. */
  more: string[]
}

const DEADLINE_MS = 600_000

/** Edits a copy of the policy, and shows what a reviewer of that edit would read. */
export async function reviewEdited({ engine, stack, env, more }: Reviewed): Promise<number> {
  mkdirSync(localFolder, { recursive: true })
  // Below the repository, where the program finds its packages.
  const copy = mkdtempSync(join(localFolder, 'review-'))
  try {
    copyProject(copy, stack)
    console.error(`A copy of examples/office/policy.ts, with these lines changed:\n${edit(copy)}\n`)
    const plan = await capture(
      engine.command,
      ['preview', '--json', '--show-sames', '--non-interactive', '--stack', stack],
      { cwd: copy, env, deadline: DEADLINE_MS },
    )
    const cli = join(repository, 'dist/cli/main.js')
    const review = await capture(process.execPath, [cli, 'review', '--format', 'text', ...more], {
      cwd: repository,
      env,
      stdin: plan.stdout,
      deadline: DEADLINE_MS,
    })
    process.stdout.write(review.stdout)
    process.stderr.write(plan.code === 0 ? review.stderr : plan.stderr + review.stderr)
    return review.code
  } finally {
    rmSync(copy, { recursive: true, force: true })
  }
}

function copyProject(folder: string, stack: string): void {
  for (const name of ['Pulumi.yaml', `Pulumi.${stack}.yaml`, 'examples/office']) {
    const original = join(repository, name)
    if (existsSync(original)) cpSync(original, join(folder, name), { recursive: true })
  }
}

/** Edits the policy, and answers the lines that went and came. */
function edit(folder: string): string {
  const file = join(folder, 'examples/office/policy.ts')
  const before = readFileSync(file, 'utf8')
  const after = edits.reduce((text, [from, to]) => text.replace(from, to), before)
  writeFileSync(file, after)
  const without = (some: string, others: string) => {
    const known = new Set(others.split('\n'))
    return some.split('\n').filter((line) => !known.has(line))
  }
  return [
    ...without(before, after).map((line) => `  - ${line.trim()}`),
    ...without(after, before).map((line) => `  + ${line.trim()}`),
  ].join('\n')
}
