import type { Besides, Found, Row } from './row'
import type { Model } from './model'
import type { Holding } from './holdings'
import type { Pairs } from './pairs'
import type { Change } from '../plan/plan'
import type { Subject, When } from './subjects'
import type { Window } from './times'

/** On which side of the plan the doors of a place are all of them; doors that stay are on both. */
export type Side = When | 'both'

/**
 * Puts what happens to single doors into rows: those of one person, cause and window are one row, and
 * a place stands for its doors where it happens to all of them, but for those that something else
 * opens.
 */
export function fold(found: readonly Found[], side: Side, pairs: Pairs, model: Model): Row[] {
  const byPlace = grouped(found, ({ row }) => `${sameness(row)} ${row.via?.key}`)
  const rows = [...byPlace.values()].map((group) => asPlace(group, side, pairs, model))
  const alike = grouped(rows, (row) => `${sameness(row)} ${told(row)}`)
  return [...alike.values()].map(joined)
}

/** Rows without those of which every door stands in another row as one that stays open. */
export function withoutTold(rows: readonly Row[], others: readonly Row[]): Row[] {
  const keys = ({ person, change }: Row, doors: readonly Subject[]) =>
    doors.map((door) => `${person.key} ${change.address} ${door.key}`)
  const told = new Set(
    others.flatMap((row) => (row.besides ?? []).flatMap(({ doors }) => keys(row, doors))),
  )
  return rows.filter((row) => !keys(row, row.each).every((key) => told.has(key)))
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = keyOf(one)
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return groups
}

/** Rows that differ only in their people are one line of a report, for so many people at most. */
const mostPeople = 10

/** What happens to several people alike. */
export interface Line {
  readonly row: Row
  readonly people: readonly Subject[]
}

/** The lines of a table: what happens to several people alike is said once. */
export function together(rows: readonly Row[]): Line[] {
  const alike = grouped(rows, (row) => `${happening(row)} ${doorsOf(row)} ${told(row)}`)
  return [...alike.values()].flatMap((group) => {
    const count = Math.ceil(group.length / mostPeople)
    return Array.from({ length: count }, (_, at) => {
      const part = group.slice(at * mostPeople, (at + 1) * mostPeople)
      return { row: part[0]!, people: part.map(({ person }) => person) }
    })
  })
}

const doorsOf = ({ doors }: Row) => doors.map(({ key }) => key).join(' ')

/** The same for rows of which nothing but the doors differs. */
const sameness = (row: Row): string => `${row.person.key} ${happening(row)}`

const happening = (row: Row): string =>
  `${row.change.address} ${edges(row.before)} ${edges(row.after)} ${row.was?.join()} ${row.by?.join()} ${row.isReissue} ${row.isBeside} ${row.hasGap} ${row.isNarrower}`

const edges = (window?: Window) => window && `${String(window.from)}–${String(window.until)}`

/** Rows that say something of their place stand alone. */
const told = ({ via, besides }: Row): string =>
  via ? via.key : (besides ?? []).map(({ doors }) => doors.map(({ key }) => key)).join(' ')

function asPlace(group: Found[], side: Side, pairs: Pairs, model: Model): Row {
  const [{ row }] = group as [Found]
  const { via } = row
  const each = unique(group.map((one) => one.row.each[0]!))
  const whole: Row = { ...joined(group.map((one) => one.row)), each }
  const { via: _, ...plain } = whole
  if (!via) return plain
  const changing = model.subjects.changing(via)
  // Doors that stay open are not told by a place that goes.
  if (side === 'both' && changing?.action === 'delete') return { ...plain, doors: each }
  const isOfPlace = changing === row.change && row.change.action === 'update'
  const all = new Set(doorsOn(side, via, model.places).map(({ key }) => key))
  const isInside = each.every(({ key }) => key === via.key || all.has(key))
  const rest = isOfPlace || !isInside ? undefined : besides(row, each, via, side, pairs, model)
  if (!rest) return { ...whole, doors: each }
  return { ...plain, doors: [via], ...(rest.length > 0 && { besides: rest }) }
}

/** The other doors of a place, if something else opens each of them. */
function besides(
  { person, change, holds, after }: Row,
  each: readonly Subject[],
  via: Subject,
  side: Side,
  pairs: Pairs,
  { places }: Model,
): Besides[] | undefined {
  const here = new Set(each.map(({ key }) => key))
  const others = doorsOn(side, via, places).filter(({ key }) => !here.has(key))
  const doors = new Map<Change, Omit<Besides, 'via'> & { via: Subject | undefined }>()
  for (const door of others) {
    const pair = pairs.get(person.key)?.get(door.key)
    const other = (one: Holding) => one.change !== (holds ?? change)
    const stays = pair?.after.find(other)
    const by = stays ?? pair?.before.find(other)
    if (!by) return undefined
    const there = doors.get(by.change) ?? {
      change: by.change,
      doors: [],
      via: by.via,
      isLost: false,
    }
    const isLost = after === undefined && stays === undefined
    doors.set(by.change, {
      ...there,
      doors: [...there.doors, door],
      isLost: there.isLost || isLost,
    })
  }
  return [...doors.values()].map(({ via: place, ...one }) => (place ? { ...one, via: place } : one))
}

function doorsOn(side: Side, place: Subject, places: Model['places']): readonly Subject[] {
  if (side !== 'both') return places.doorsIn(place, side).doors
  const after = new Set(places.doorsIn(place, 'after').doors.map(({ key }) => key))
  return places.doorsIn(place, 'before').doors.filter(({ key }) => after.has(key))
}

/** One row of several that differ only in their doors. */
function joined(rows: readonly Row[]): Row {
  const [first] = rows as [Row]
  if (rows.length === 1) return first
  return {
    ...first,
    doors: unique(rows.flatMap(({ doors }) => doors)),
    each: unique(rows.flatMap(({ each }) => each)),
    closers: [...new Set(rows.flatMap(({ closers }) => closers))],
  }
}

const unique = (subjects: readonly Subject[]): Subject[] => [
  ...new Map(subjects.map((one) => [one.key, one])).values(),
]
