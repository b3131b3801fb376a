import { createInterface } from 'node:readline/promises'
import { Command } from 'commander'
import type { Review, Row } from '../review'
import { withGuards, withReportOptions, type ReportOptions } from './options'
import { engineFor, withEngine, type Engine, type EngineOptions } from './engine/engine'
import type { Ended } from './engine/process'
import type { Reviewed } from './report'

interface Options extends ReportOptions, EngineOptions {
  readonly yes?: boolean
}

/** `seam-iac up`: a deployment that takes access away before it does anything that may fail. */
export const upCommand = withEngine(withGuards(withReportOptions(new Command('up'), 'text')))
  .description(
    'Deploy: first what takes access away, then the rest. Ends with an error that lists every revocation that was not made.',
  )
  .option(
    '--refresh',
    'look first what has changed in Seam, and bring back what the program says; Terraform always does',
  )
  .option('--yes', 'do not ask before changing anything')
  .action(run)

async function run(options: Options): Promise<void> {
  const { refusal } = await import('./renames.js')
  const { deliver, look, verdict } = await import('./report.js')

  const engine = await engineFor(options)
  const { plan, isPlanned } = await engine.preview()
  const reviewed = await look(plan, options)
  const { review } = reviewed
  await deliver(reviewed, options)
  const refused = isPlanned ? refusal(reviewed) : undefined
  if (refused) console.error(refused)
  const stop = verdict(reviewed) || (isPlanned && !refused ? 0 : 1)
  if (stop !== 0 || !(await isConfirmed(options))) {
    console.error('seam-iac: nothing was deployed.')
    process.exitCode = stop || 1
    return
  }

  const { code, isInterrupted } = await applied(review, engine)
  if (code === 0 && !isInterrupted) return
  process.exitCode = code || 1
  console.error(await listed(reviewed, engine))
}

/**
 * Runs the engine for each pass, and then for all the rest; whoever interrupts that ends it all. What
 * fails in a pass is tried again with the rest, and is told all the same.
 */
async function applied(review: Review, engine: Engine): Promise<Ended> {
  const { goingOf, lossPass, passes } = await import('../review/index.js')
  const gone = new Set<string>()
  let failed = 0
  for (const pass of passes) {
    const targets = lossPass(review, pass, gone)
    if (targets.length === 0) continue
    const count = targets.length === 1 ? '1 resource' : `${targets.length} resources`
    console.error(`seam-iac: first what takes access away (${count}).`)
    const ended = await engine.deployFirst(pass, targets)
    if (ended.isInterrupted) return ended
    const left = ended.code === 0 ? new Set<string>() : await addressesLeft(engine)
    for (const one of goingOf(review, targets)) if (!left.has(one)) gone.add(one)
    failed ||= ended.code
  }
  const ended = await engine.deploy()
  return { ...ended, code: ended.code || failed }
}

/** What the state still has; a later run must not name as a target what it has not. */
async function addressesLeft(engine: Engine): Promise<ReadonlySet<string>> {
  try {
    return (await engine.state()).addresses
  } catch {
    return new Set()
  }
}

/** Who still gets through which doors although the program takes them away. */
async function listed({ review, wording }: Reviewed, engine: Engine): Promise<string> {
  const { closing, labelOf, notRevoked, Speech } = await import('../review/index.js')
  const speech = new Speech(review, wording)
  const lines = (rows: readonly Row[]) =>
    rows.map((row) => {
      const resources = row.closers.map((change) => speech.shown(labelOf(change)))
      return `  ${speech.subject(row.person)}: ${speech.doors(row)} (${resources.join(', ')})`
    })
  try {
    const left = notRevoked(review, (await engine.state()).objects)
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
