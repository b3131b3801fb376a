import type { Plan } from '../plan/plan'
import { Places } from './places'
import { Subjects, type Directory } from './subjects'
import { Users } from './users'

/** Who and what the ids of a plan are, for whom users stand, and what is inside places. */
export interface Model {
  readonly subjects: Subjects
  readonly users: Users
  readonly places: Places
}

export function modelOf(plan: Plan, directory: Directory): Model {
  const subjects = new Subjects(plan, directory)
  return { subjects, users: new Users(plan, subjects), places: new Places(subjects) }
}
