import { Command } from 'commander'
import { withReportOptions, type ReportOptions } from './options'

interface Options extends ReportOptions {
  readonly stack?: string
}

/** How `seam-iac drift` ends where Seam is not what the state says. */
const drifted = 2

/** `seam-iac drift`: what has changed in Seam behind the program's back. */
export const driftCommand = withReportOptions(new Command('drift'), 'text')
  .description(
    'Say what has changed in Seam behind the back of the program. Ends with 2 where anything has.',
  )
  .option('--stack <name>', 'the stack, if not the selected one')
  .action(run)

async function run(options: Options): Promise<void> {
  const { ask } = await import('./pulumi.js')
  const { isEmpty, readPulumi } = await import('../review/index.js')
  const { deliver, look } = await import('./report.js')
  const { code, stdout } = await ask(['refresh', '--preview-only', '--json'], options)
  const plan = readPulumi(stdout, undefined, true)
  const isBroken = code !== 0 || plan.errors.length > 0
  const reviewed = await look(plan, options)
  await deliver({ ...reviewed, fired: [] }, options)
  if (isBroken) process.exitCode = 1
  else if (!isEmpty(reviewed.review)) process.exitCode = drifted
}
