import { labelOf, refusedRenames, Speech, type Change } from '../review'
import type { Reviewed } from './report'

/**
 * Why a plan cannot be deployed: what is one has two names in it, and Seam has it once. To delete the
 * old one first would close doors that are to stay open, and might not be able to open them again.
 */
export function refusal({ review, wording }: Reviewed): string | undefined {
  const { plan } = review
  const speech = new Speech(review, wording)
  const line = (change: Change) => {
    const { address, name, by } = change.renamed!
    const names = speech.shown(`${labelOf({ ...change, name })} -> ${change.name}`)
    const same = by.map(plan.spell).join(', ')
    return `  ${names} (same ${same}): ${speech.shown(plan.words.renamed(change.address, address))}`
  }
  const refused = refusedRenames(plan.changes)
  if (refused.length === 0) return undefined
  return [
    `seam-iac: renamed without ${plan.words.rename}, so Seam would refuse the new one while the old one is there:`,
    ...refused.map(line),
    plan.words.ways,
  ].join('\n')
}
