import { Command, InvalidArgumentError, Option } from 'commander'
import type { Plan, Posted } from '../review'
import { withGuards, withReportOptions, type ReportOptions } from './options'

interface Options extends ReportOptions {
  readonly input: string
  readonly state?: string
  readonly stack?: string
  readonly post?: 'github'
  readonly pullRequest?: number
}

/** `seam-iac review`: what a plan says about access. */
export const reviewCommand = withGuards(withReportOptions(new Command('review'), 'markdown'))
  .description('Say what a plan changes about access: who gains which doors, and who loses them.')
  .option(
    '--input <file>',
    'output of `pulumi preview --json --show-sames`, or of `terraform show -json` for a plan file; - is standard input',
    '-',
  )
  .option('--state <file>', 'output of `pulumi stack export`, for a plan without --show-sames')
  .option('--stack <name>', 'of which workspace a plan of Terraform is, if not the selected one')
  .addOption(
    new Option('--post <forge>', 'write it to a comment of the pull request').choices(['github']),
  )
  .option('--pull-request <number>', 'which one, where the environment does not say', wholeNumber)
  .action(run)

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('Not a number of a pull request.')
  return Number(text)
}

async function run(options: Options): Promise<void> {
  const { deliver, look, readInput, rendered, verdict } = await import('./report.js')
  const state = options.state === undefined ? undefined : readInput(options.state)
  const reviewed = await look(await planOf(readInput(options.input), state, options), options)
  await deliver(reviewed, options)
  process.exitCode = verdict(reviewed)
  if (options.post === undefined) return
  if (!reviewed.review.plan.stack) {
    console.error('seam-iac: the plan does not say of which stack it is; no comment was written.')
    return
  }
  const { githubPullRequest, isEmpty, post } = await import('../review/index.js')
  const posted = await post(githubPullRequest(process.env, options.pullRequest), {
    stack: reviewed.review.plan.stack,
    render: (limit) => rendered(reviewed, { ...options, format: 'markdown' }, limit),
    isEmpty: isEmpty(reviewed.review) && reviewed.fired.length === 0,
  })
  console.error(`seam-iac: ${said[posted]}`)
}

async function planOf(text: string, state: string | undefined, { stack }: Options): Promise<Plan> {
  const { isTerraformPlan, readPulumi, readTerraform } = await import('../review/index.js')
  if (!isTerraformPlan(text)) return readPulumi(text, state)
  const { workspaceLabel } = await import('./engine/workspace.js')
  return readTerraform(text, await workspaceLabel(stack))
}

const said: Record<Posted, string> = {
  created: 'the report is in a comment of the pull request.',
  updated: 'the comment of the pull request was updated.',
  unchanged: 'the comment of the pull request says this already.',
  nothing: 'nothing changes, so no comment was made.',
}
