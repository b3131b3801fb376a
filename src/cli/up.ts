import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import type { Row } from '../review'
import { withGuards, withReportOptions, type ReportOptions } from './options'
import type { Ended } from './pulumi'
import type { Reviewed } from './report'

interface Options extends ReportOptions {
  readonly stack?: string
  readonly yes?: boolean
}

/** `seam-iac up`: a deployment that takes access away before it does anything that may fail. */
export const upCommand = withGuards(withReportOptions(new Command('up'), 'text'))
  .description(
    'Deploy: first what takes access away, then the rest. Ends with an error that lists every revocation that was not made.',
  )
  .option('--stack <name>', 'the stack, if not the selected one')
  .option('--yes', 'do not ask before changing anything')
  .action(run)

async function run(options: Options): Promise<void> {
  const { ask } = await import('./pulumi.js')
  const { lossPasses, readPulumi } = await import('../review/index.js')
  const { deliver, look, verdict } = await import('./report.js')

  const preview = await ask(['preview', '--json', '--show-sames'], options)
  const reviewed = await look(readPulumi(preview.stdout), options)
  const { review } = reviewed
  await deliver(reviewed, options)
  const isPlanned = preview.code === 0 && !preview.isInterrupted
  const stop = verdict(reviewed) || (isPlanned ? 0 : 1)
  if (stop !== 0) {
    console.error('seam-iac: nothing was deployed.')
    process.exitCode = stop
    return
  }
  if (!(await isConfirmed(options))) return

  const { code, isInterrupted } = await applied(lossPasses(review), options)
  if (code === 0 && !isInterrupted) return
  process.exitCode = code || 1
  console.error(await listed(reviewed, options))
}

/** Runs the engine for each pass, and then for all the rest; whoever interrupts that ends it all. */
async function applied(passes: string[][], options: Options): Promise<Ended> {
  const { show } = await import('./pulumi.js')
  const apply = ['up', '--yes', '--skip-preview']
  for (const targets of passes) {
    const count = targets.length === 1 ? '1 resource' : `${targets.length} resources`
    console.error(`seam-iac: first what takes access away (${count}).`)
    const these = targets.flatMap((target) => ['--target', target])
    // What fails here is tried again with the rest, which tells the outcome.
    const ended = await show([...apply, '--continue-on-error', ...these], options)
    if (ended.isInterrupted) return ended
  }
  return show(apply, options)
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
    if (left.length === 0) return 'seam-iac: the deployment failed; every revocation was made.'
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
  const answer = await terminal.question('Deploy this? (yes/no) ')
  terminal.close()
  return answer.trim() === 'yes'
}
