import { allRows } from '../doors/access'
import type { Row } from '../doors/row'
import { peopleCount } from './lists'
import type { Plan } from '../plan/plan'
import type { Words } from './reasons'
import type { Review } from '../review'
import type { Subject } from '../doors/subjects'

/** The line on top: whom the plan touches, and how. */
export function headline({ people, plan, others, access }: Review): string {
  const { lose, gain, keep } = people
  if (plan.errors.length > 0) return plan.isDrift ? 'nobody can say' : 'the plan failed'
  const parts = plan.isDrift
    ? [
        count(lose, 'lost', 'lost'),
        count(gain, 'gained', 'gained'),
        count(keep, 'changed', 'changed'),
      ]
    : [
        count(lose, 'loses', 'lose'),
        count(gain, 'gains', 'gain'),
        count(keep, 'keeps with changes', 'keep with changes'),
      ]
  const said = parts.filter(Boolean).join(', ')
  if (said) return said
  if (others.length + access.covered.length + plan.others.length === 0) {
    return plan.isDrift ? 'no drift' : 'no changes'
  }
  if (!plan.isSeen) return 'no change of access is known'
  return plan.isDrift ? 'nobody gained or lost' : 'nobody gains or loses'
}

const count = (people: readonly Subject[], one: string, many: string) =>
  people.length === 0 ? '' : `${peopleCount(people.length)} ${people.length === 1 ? one : many}`

/** How the parts of a report are called. */
export const titles = ({ isDrift }: Plan) =>
  isDrift
    ? {
        what: 'Access drift',
        losses: 'Lost',
        gains: 'Gained',
        windows: 'Windows changed',
        means: 'Opened by other means',
        reissues: 'Issued anew',
        others: 'Other changes',
        ends: 'is over',
      }
    : {
        what: 'Access',
        losses: 'Loses',
        gains: 'Gains',
        windows: 'Window changes',
        means: 'Opened by other means',
        reissues: 'Issued anew',
        others: 'Other changes',
        ends: 'ends now',
      }

/** What a report could not see, as long as nobody has asked Seam. */
export const unseen = ({ plan, others, access }: Review): string | undefined => {
  const isEmpty = others.length + allRows(access).length === 0
  return plan.isSeen || isEmpty || plan.errors.length > 0
    ? undefined
    : 'Seam was not asked (SEAM_API_KEY): what people hold beyond this plan, and doors that it does not name, are not in this report.'
}

/** How many people rows are about. */
export const countOf = (rows: readonly Row[]): string =>
  peopleCount(new Set(rows.map(({ person }) => person.key)).size)

/** How a door stays open although a resource of it comes or goes. */
export const covered = ({ change: { action, definition } }: Row): string =>
  action === 'delete' && definition.replacing
    ? 'through another resource, and what this one issued stops working'
    : 'through another resource'

/** How drift can be settled; nothing where there is none. */
export const hintOf = ({ plan, access, others }: Review): Words | undefined =>
  plan.isDrift && others.length + allRows(access).length > 0
    ? [
        { code: plan.words.restore },
        ' brings back what the program says, under the same guards as any deployment; to accept what has changed, change the program.',
      ]
    : undefined
