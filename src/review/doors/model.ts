import type { Plan } from '../plan/plan'
import { settled } from './settled'
import { Places } from './places'
import { Subjects, type Directory } from './subjects'
import { Users } from './users'

/** Who and what the ids of a plan are, for whom users stand, and what is inside places. */
export interface Model {
  readonly plan: Plan
  readonly subjects: Subjects
  readonly users: Users
  readonly places: Places
}

export function modelOf(given: Plan, directory: Directory): Model {
  const first = new Subjects(given, directory)
  const plan = settled(given, first)
  const subjects = plan === given ? first : new Subjects(plan, directory)
  return { plan, subjects, users: new Users(plan, subjects), places: new Places(subjects) }
}
