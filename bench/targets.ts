import { atLeast, atMost, type Comparison, type Verdict } from './figures'
import type { LimitsResult } from './limits'
import type { ReviewResult } from './review'

/** The size for which there are targets. */
const size = 1000

/** What was measured against what is wanted, for as much as was measured. */
export function verdictsOn(
  comparisons: Comparison[],
  limits: LimitsResult[],
  reviews: ReviewResult[],
): Verdict[] {
  const at = (section: string, step: string) =>
    comparisons.filter((one) => one.section === section && one.size === size && one.step === step)
  const time = ({ ours, other }: Comparison) => ours.seconds / other.seconds
  const state = ({ ours, other }: Comparison) => ours.stateBytes! / other.stateBytes!
  return [
    ...at('pulumi', 'create').map((one) => atMost(`pulumi create ${size}: time`, time(one), 0.65)),
    ...at('pulumi', 'refresh').map((one) =>
      atMost(`pulumi refresh ${size}: time`, time(one), 0.35),
    ),
    ...at('pulumi', 'create').map((one) => atMost(`pulumi create ${size}: state`, state(one), 0.6)),
    ...at('core', 'create').map((one) => atMost(`core create ${size}: time`, time(one), 1.15)),
    ...limits
      .filter(({ latencyMs }) => latencyMs === 0)
      .map(({ writes, share }) => atLeast(`limits ${writes}: share of the limit`, share, 0.9)),
    ...reviews.flatMap(({ kind, grants, seconds, memoryMiB }) => [
      atMost(`review ${grants} ${kind}: seconds`, seconds, 2),
      atMost(`review ${grants} ${kind}: MiB`, memoryMiB, 400),
    ]),
  ]
}
