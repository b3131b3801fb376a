import type { Wire } from '../schema'

/** An object that a create has bound. */
export interface Made {
  id: string
  observed?: Wire
  /** The inputs it was made with: its key may be of another generation than the plan's. */
  inputs: Wire
  /** Made before this call, so that it may differ in whatever can be changed in place. */
  isContinued?: boolean
  /** Made by somebody else, and taken over because the program says so. */
  isAdopted?: boolean
  notices?: string[]
}
