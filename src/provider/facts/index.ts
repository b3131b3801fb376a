import { ApplyingFacts } from './applying'
import { PlanningFacts } from './planning'

export type { Claimant, Fact, StateObjects } from './planning'

/** What this process knows of who has which object, so that none is taken for another's. */
export class Facts {
  readonly planning: PlanningFacts
  readonly applying = new ApplyingFacts()

  /** @param stillness how long no plan must have come for the planning to count as over, in ms */
  constructor(stillness?: number) {
    this.planning = new PlanningFacts(stillness)
  }

  /** Whether a resource of the program has the object. */
  isDeclared(id: string): boolean {
    return this.applying.isBound(id) || this.planning.hasHolder(id)
  }

  /** Whether nobody that this process knows has the object. */
  isFree(id: string): boolean {
    return !this.isDeclared(id) && !this.planning.isStored(id)
  }

  /** Whether the object is being replaced, or was deleted, by this process. */
  isLeaving(id: string): boolean {
    return this.planning.isLeaving(id) || this.applying.isDeleted(id)
  }

  /** The object is gone. */
  noteDeleted(id: string): void {
    this.planning.forget(id)
    this.applying.noteDeleted(id)
  }
}
