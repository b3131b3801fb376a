import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import type { Review, Row } from '../review'
import { withGuards, withReportOptions, type ReportOptions } from './options'
import type { Ended } from './pulumi'
import type { Reviewed } from './report'

interface Options extends ReportOptions {
  readonly stack?: string
  readonly yes?: boolean
  readonly refresh?: boolean
}

/** `seam-iac up`: a deployment that takes access away before it does anything that may fail. */
export const upCommand = withGuards(withReportOptions(new Command('up'), 'text'))
  .description(
    'Deploy: first what takes access away, then the rest. Ends with an error that lists every revocation that was not made.',
  )
  .option('--stack <name>', 'the stack, if not the selected one')
  .option('--refresh', 'look first what has changed in Seam, and bring back what the program says')
  .option('--yes', 'do not ask before changing anything')
  .action(run)

async function run(options: Options): Promise<void> {
  const { ask } = await import('./pulumi.js')
  const { readPulumi } = await import('../review/index.js')
  const { refusal } = await import('./renames.js')
  const { deliver, look, verdict } = await import('./report.js')

  const preview = await ask(['preview', '--json', '--show-sames', ...looking(options)], options)
  const reviewed = await look(readPulumi(preview.stdout), options)
  const { review } = reviewed
  await deliver(reviewed, options)
  const isPlanned = preview.code === 0 && !preview.isInterrupted
  const refused = isPlanned ? refusal(reviewed) : undefined
  if (refused) console.error(refused)
  const stop = verdict(reviewed) || (isPlanned && !refused ? 0 : 1)
  if (stop !== 0 || !(await isConfirmed(options))) {
    console.error('seam-iac: nothing was deployed.')
    process.exitCode = stop || 1
    return
  }

  const { code, isInterrupted } = await applied(review, options)
  if (code === 0 && !isInterrupted) return
  process.exitCode = code || 1
  console.error(await listed(reviewed, options))
}

const looking = ({ refresh }: Options) => (refresh ? ['--refresh'] : [])

/**
 * Runs the engine for each pass, and then for all the rest; whoever interrupts that ends it all. What
 * fails in a pass is tried again with the rest, and is told all the same.
 */
async function applied(review: Review, options: Options): Promise<Ended> {
  const { goingOf, lossPass, passes } = await import('../review/index.js')
  const { show } = await import('./pulumi.js')
  const apply = ['up', '--yes', '--skip-preview', ...looking(options)]
  const gone = new Set<string>()
  let failed = 0
  for (const pass of passes) {
    const targets = lossPass(review, pass, gone)
    if (targets.length === 0) continue
    const count = targets.length === 1 ? '1 resource' : `${targets.length} resources`
    console.error(`seam-iac: first what takes access away (${count}).`)
    const these = targets.flatMap((target) => ['--target', target])
    const ended = await show([...apply, '--continue-on-error', ...these], options)
    if (ended.isInterrupted) return ended
    const left = ended.code === 0 ? new Set<string>() : await addressesLeft(options)
    for (const one of goingOf(review, targets)) if (!left.has(one)) gone.add(one)
    failed ||= ended.code
  }
  const ended = await show(apply, options)
  return { ...ended, code: ended.code || failed }
}

/** What the state still has; a later run must not name as a target what it has not. */
async function addressesLeft(options: Options): Promise<Set<string>> {
  const { addressesIn } = await import('../review/index.js')
  const { ask } = await import('./pulumi.js')
  const { stdout } = await ask(['stack', 'export'], options)
  try {
    return addressesIn(stdout)
  } catch {
    return new Set()
  }
}

/** Who still gets through which doors although the program takes them away. */
async function listed({ review, wording }: Reviewed, options: Options): Promise<string> {
  const { closing, labelOf, notRevoked, readState, Speech } = await import('../review/index.js')
  const { ask } = await import('./pulumi.js')
  const speech = new Speech(review, wording)
  const lines = (rows: readonly Row[]) =>
    rows.map((row) => {
      const resources = row.closers.map((change) => speech.shown(labelOf(change)))
      return `  ${speech.subject(row.person)}: ${speech.doors(row)} (${resources.join(', ')})`
    })
  try {
    const { stdout } = await ask(['stack', 'export'], options)
    const left = notRevoked(review, readState(stdout))
    if (left.length === 0) {
      return 'seam-iac: a run failed, as told above; every revocation was made.'
    }
    return ['seam-iac: NOT revoked, these still open:', ...lines(left)].join('\n')
  } catch {
    const told = 'seam-iac: the state cannot be read. These may still open:'
    return [told, ...lines(closing(review))].join('\n')
  }
}

async function isConfirmed({ yes }: Options): Promise<boolean> {
  if (yes) return true
  if (!process.stdin.isTTY) {
    throw new Error('nobody can be asked here: give --yes to deploy without a question.')
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  // Whoever ends the input gives no answer.
  const answer = await new Promise<string>((resolve) => {
    terminal.once('close', () => resolve('no'))
    terminal.question('Deploy this? (yes/no) ').then(resolve, () => resolve('no'))
  })
  terminal.close()
  return answer.trim() === 'yes'
}
