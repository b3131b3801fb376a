import { Command } from 'commander'
import { engineFor, withEngine, type EngineOptions } from './engine/engine'
import { withReportOptions, type ReportOptions } from './options'

interface Options extends ReportOptions, EngineOptions {}

/** How `seam-iac drift` ends where Seam is not what the state says. */
const drifted = 2

/** `seam-iac drift`: what has changed in Seam behind the program's back. */
export const driftCommand = withEngine(withReportOptions(new Command('drift'), 'text'))
  .description(
    'Say what has changed in Seam behind the back of the program. Ends with 2 where anything has.',
  )
  .action(run)

async function run(options: Options): Promise<void> {
  const { isEmpty } = await import('../review/index.js')
  const { deliver, look } = await import('./report.js')
  const engine = await engineFor(options)
  const { plan, isPlanned } = await engine.drift()
  const isBroken = !isPlanned || plan.errors.length > 0
  const reviewed = await look(plan, options)
  await deliver({ ...reviewed, fired: [] }, options)
  if (isBroken) process.exitCode = 1
  else if (!isEmpty(reviewed.review)) process.exitCode = drifted
}
