import type { Window } from './holdings'
import type { Pair } from './pairs'
import type { Change } from '../plan/plan'
import type { Subject } from './subjects'

/** What happens to one person because of one resource. */
export interface Row {
  readonly person: Subject
  /** Doors, or a place where it happens to all doors inside it. */
  readonly doors: readonly Subject[]
  /** What the plan does that makes it happen. */
  readonly change: Change
  /** The resource by which the person has it, where that is another one. */
  readonly holds?: Change
  /** The window before and after, over everything that the person holds on these doors. */
  readonly before?: Window
  readonly after?: Window
  /** By what the doors open before and after, in Seam's words for modes; `group` is membership. */
  readonly was?: readonly string[]
  readonly by?: readonly string[]
  /** The place inside of which the doors are, where it happens to some of them only. */
  readonly via?: Subject
  /** Doors of the place to which it does not happen: they are open by these. */
  readonly besides?: readonly Besides[]
  /** PINs, cards or keys that worked stop working, and others take their place. */
  readonly isReissue: boolean
  /** The old object stays and opens the doors as well, beside the one in its place. */
  readonly isBeside: boolean
  /** The doors stay closed between the old object and the new one. */
  readonly hasGap: boolean
  /** The window becomes shorter. */
  readonly isNarrower: boolean
  /** What must go or change for that: only then is access gone that the row takes away. */
  readonly closers: readonly Change[]
  /** The doors themselves, whether the row tells them or their place. */
  readonly each: readonly Subject[]
}

/** Doors that are open by something else: by a resource, or by a place that it names. */
export interface Besides {
  readonly doors: readonly Subject[]
  readonly change: Change
  readonly via?: Subject
  /** The plan takes that away as well: they are lost, and another row tells it. */
  readonly isLost: boolean
}

/** What a row tells. */
export type Kind = 'losses' | 'gains' | 'windows' | 'reissues' | 'means' | 'covered'

/** A door of a row, before rows are put together. */
export interface Found {
  readonly kind: Kind
  readonly row: Row
  readonly pair: Pair
}
