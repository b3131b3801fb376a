import { atLeast, atMost, type Comparison, type Verdict } from './figures'
import type { LimitsResult } from './limits'
import type { ReviewResult } from './review'
import type { StartResult } from './starts'

/** The size for which there are targets. */
const size = 1000

/** All that was measured. */
export interface Measured {
  comparisons: Comparison[]
  limits: LimitsResult[]
  reviews: ReviewResult[]
  starts: StartResult[]
}

const time = ({ ours, other }: Comparison) => ours.seconds / other.seconds

/** What was measured against what is wanted, for as much as was measured. */
export function verdictsOn({ comparisons, limits, reviews, starts }: Measured): Verdict[] {
  const at = (section: string, step: string) =>
    comparisons.filter((one) => one.section === section && one.size === size && one.step === step)
  const state = ({ ours, other }: Comparison) => ours.stateBytes! / other.stateBytes!
  return [
    ...at('pulumi', 'create').map((one) => atMost(`pulumi create ${size}: time`, time(one), 0.65)),
    ...at('pulumi', 'refresh').map((one) =>
      atMost(`pulumi refresh ${size}: time`, time(one), 0.35),
    ),
    ...at('pulumi', 'create').map((one) => atMost(`pulumi create ${size}: state`, state(one), 0.6)),
    ...at('core', 'create').map((one) => atMost(`core create ${size}: time`, time(one), 1.15)),
    ...terraformVerdicts(at, starts),
    ...limits
      .filter(({ latencyMs }) => latencyMs === 0)
      .map(({ writes, share }) => atLeast(`limits ${writes}: share of the limit`, share, 0.9)),
    ...reviews.flatMap(({ kind, grants, seconds, memoryMiB }) => [
      atMost(`review ${grants} ${kind}: seconds`, seconds, 2),
      atMost(`review ${grants} ${kind}: MiB`, memoryMiB, 400),
    ]),
  ]
}

function terraformVerdicts(
  at: (section: string, step: string) => Comparison[],
  starts: StartResult[],
): Verdict[] {
  const of = (step: string) => at('terraform', step)
  const all = ['create', 'plan', 'update', 'destroy'].flatMap(of)
  const memory = all.flatMap(({ ours }) => ours.memoryMiB ?? [])
  return [
    ...of('create').map((one) => atMost(`terraform create ${size}: time`, time(one), 0.8)),
    ...of('plan').map((one) => atMost(`terraform plan ${size}: time`, time(one), 0.4)),
    ...of('plan').map(({ ours }) => atMost(`terraform plan ${size}: API calls`, ours.calls, 10)),
    ...of('destroy').map((one) => atMost(`terraform destroy ${size}: time`, time(one), 0.7)),
    ...(memory.length > 0 ? [atMost(`terraform ${size}: MiB`, Math.max(...memory), 150)] : []),
    ...starts.map(({ ours, node }) => atMost('terraform start: × empty Node', ours / node, 2.5)),
  ]
}
