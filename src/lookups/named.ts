import { distance } from 'fastest-levenshtein'
import type { Wire } from '../schema'
import type { Seam } from '../seam'

/** How objects are found by name: Seam's list, and the member that the name is. */
export interface Named {
  path: string
  /** The member of Seam's answer that is the list. */
  answers: string
  /** What the lookup is asked by. */
  way: string
  /** The member of an object that must be equal to it. */
  member: string
}

/** Every object of this very name; Seam finds those that contain it. */
export async function namesakes(
  seam: Seam,
  { path, answers, way, member }: Named,
  { [way]: name, ...within }: Wire,
): Promise<Wire[]> {
  const found = await seam.list<Wire>(path, { ...within, search: name }, answers)
  return found.filter((one) => one[member] === name)
}

/** Of a large building, only so many names are compared. */
const mostCompared = 1000
const mostNamed = 3

/** The objects whose names are the nearest, wherever they are. */
export async function nearest(
  seam: Seam,
  { path, answers, way, member }: Named,
  by: Wire,
): Promise<Wire[]> {
  const wanted = String(by[way])
  const all: Wire[] = []
  for await (const page of seam.pages<Wire>(path, {}, answers)) {
    all.push(...page)
    if (all.length >= mostCompared) break
  }
  const compared = all.map((one) => ({ one, away: apart(String(one[member]), wanted) }))
  const least = compared.reduce((least, { away }) => Math.min(least, away), Infinity)
  if (least > Math.max(1, wanted.length / 3)) return []
  return compared
    .filter(({ away }) => away === least)
    .slice(0, mostNamed)
    .map(({ one }) => one)
}

const apart = (one: string, other: string) => distance(one.toLowerCase(), other.toLowerCase())
