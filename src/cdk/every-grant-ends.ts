import type { IConstruct } from 'constructs'
import { isAbsent } from '../schema'
import { declaredBy, isDeclaring } from './declared'
import { AccessGrant } from './generated/access-grant'
import type * as cdktf from './library'

/**
 * Refuses grants that never end: `Aspects.of(contractors).add(new EveryGrantEnds())`. It holds for every
 * grant within the construct that it is added to, whoever declares it. Memberships have no end in Seam.
 */
export class EveryGrantEnds implements cdktf.IAspect {
  private readonly seen = new WeakSet<IConstruct>()

  visit(construct: IConstruct): void {
    if (!isDeclaring(construct) || this.seen.has(construct)) return
    if (construct.terraformResourceType !== AccessGrant.tfResourceType) return
    this.seen.add(construct)
    construct.node.addValidation({
      validate: () => {
        const declared = declaredBy(construct)
        return !declared || !isAbsent(declared['ends_at'])
          ? []
          : ['`endsAt` is required here: every grant of this part of the program ends']
      },
    })
  }
}
