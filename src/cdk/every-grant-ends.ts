import type { IConstruct } from 'constructs'
import { declaredBy } from './declared'
import { AccessGrant } from './generated/access-grant'
import type * as cdktf from './library'

/**
 * Refuses grants that never end: `Aspects.of(contractors).add(new EveryGrantEnds())`. It holds for every
 * grant within the construct that it is added to, whoever declares it.
 */
export class EveryGrantEnds implements cdktf.IAspect {
  private readonly seen = new WeakSet<IConstruct>()

  visit(construct: IConstruct): void {
    if (!(construct instanceof AccessGrant) || this.seen.has(construct)) return
    this.seen.add(construct)
    construct.node.addValidation({
      validate: () => {
        const declared = declaredBy(construct)
        return !declared || declared['ends_at'] !== undefined
          ? []
          : ['`endsAt` is required here: every grant of this part of the program ends']
      },
    })
  }
}
