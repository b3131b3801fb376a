/**
 * What this process has done, which is so whatever a plan has known.
 *
 * | fact     | noted by       | read by                     | protects                                      |
 * | -------- | -------------- | --------------------------- | --------------------------------------------- |
 * | bound    | create         | plan, create, adopt, delete | an object from having two resources           |
 * | takeover | take over      | take over                   | an object from being taken over twice         |
 * | deleted  | delete         | adopt, take over, delete    | a successor from continuing with what is gone |
 * | saved    | an engine      | create                      | an object of an earlier run's state           |
 */
export class ApplyingFacts {
  private readonly bound = new Set<string>()
  private readonly takeovers = new Set<string>()
  private readonly deleted = new Set<string>()
  private readonly saved = new Set<string>()

  /** A resource that this process has created has the object. */
  noteBound(id: string): void {
    this.bound.add(id)
  }

  /** What resources that this process has created have. */
  boundObjects(): string[] {
    return [...this.bound]
  }

  /** An earlier run had the object in its state, so none that was interrupted has left it. */
  noteSaved(id: string): void {
    this.saved.add(id)
  }

  wasSaved(id: string): boolean {
    return this.saved.has(id)
  }

  isBound(id: string): boolean {
    return this.bound.has(id)
  }

  /** Notes that an object is being taken over; false where that is under way already. */
  beginTakeover(id: string): boolean {
    if (this.takeovers.has(id)) return false
    this.takeovers.add(id)
    return true
  }

  noteDeleted(id: string): void {
    this.bound.delete(id)
    this.deleted.add(id)
  }

  isDeleted(id: string): boolean {
    return this.deleted.has(id)
  }

  hasDeleted(): boolean {
    return this.deleted.size > 0
  }
}
