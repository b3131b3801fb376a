import type { Span, Walk, Way } from './walk'

interface Subject {
  readonly kind: string
  readonly name: string
  readonly id?: string
}

interface Window {
  readonly from?: string | null
  readonly until?: string | null
}

/** What a report tells of one person and some doors, by the members that matter. */
export interface Row {
  readonly person: Subject
  readonly doors: readonly Subject[]
  readonly via?: Subject
  readonly each?: readonly Subject[]
  readonly besides?: readonly { readonly doors: readonly Subject[] }[]
  readonly before?: Window
  readonly after?: Window
  readonly was?: readonly string[]
  readonly by?: readonly string[]
  readonly reissue?: true
}

type Section = 'losses' | 'gains' | 'windows' | 'means' | 'reissues' | 'covered'

/** The report of a review, as far as it speaks of doors; `means` is in newer ones. */
export type Report = Record<Exclude<Section, 'means'>, readonly Row[]> & {
  readonly headline: string
  readonly means?: readonly Row[]
  readonly people: { readonly lose: number; readonly gain: number }
}

/** What a report tells of one person and one door. */
interface Telling {
  readonly section: Section
  readonly row: Row
}

type Happening = 'losses' | 'gains' | 'windows' | 'means' | undefined

const separator = ' > '

/** A line for everything in which a report differs from what has happened. */
export function differences(report: Report, before: Walk, after: Walk): string[] {
  const scene = { before, after, now: Date.now() }
  const { told, lost } = tellings(report, scene)
  const keys = new Set([...keysOf(before), ...keysOf(after), ...told.keys()])
  const lines = [...keys].flatMap((key) => {
    const [person, door] = key.split(separator) as [string, string]
    const was = before.ways.get(person)?.get(door)
    const is = after.ways.get(person)?.get(door)
    const faults = faultsOf(report, told.get(key) ?? [], was, is, scene.now)
    const who = `${nameOf(scene, person)} at ${nameOf(scene, door)}`
    return faults.map((fault) => `${fault}: ${who}, was ${shown(was)}, is ${shown(is)}`)
  })
  return [...lost, ...lines, ...wrongCounts(report, before, after)]
}

interface Scene {
  readonly before: Walk
  readonly after: Walk
  readonly now: number
}

const keysOf = ({ ways }: Walk) =>
  [...ways].flatMap(([person, doors]) => [...doors.keys()].map((door) => person + separator + door))

const nameOf = ({ before, after }: Scene, id: string) =>
  after.names.get(id) ?? before.names.get(id) ?? id

/** What happens to somebody at a door. */
function happening(was: Way | undefined, is: Way | undefined): Happening {
  if (!was || !is) return was ? 'losses' : is && 'gains'
  if (JSON.stringify(was.spans) !== JSON.stringify(is.spans)) return 'windows'
  return was.means.join() === is.means.join() ? undefined : 'means'
}

const sections = ['losses', 'gains', 'windows', 'means', 'reissues', 'covered'] as const

/** All that a report tells, by person and door; and a line for every name that means nothing. */
function tellings(report: Report, scene: Scene) {
  const told = new Map<string, Telling[]>()
  const lost: string[] = []
  for (const section of sections) {
    for (const row of report[section] ?? []) {
      const person = personOf(row.person, section, scene)
      if (person === undefined) lost.push(`${section} name ${row.person.name}, who is nobody`)
      for (const door of doorsOf(row, section, scene, lost)) {
        const key = `${person ?? row.person.name}${separator}${door}`
        told.set(key, [...(told.get(key) ?? []), { section, row }])
      }
    }
  }
  return { told, lost }
}

/** Whom a row means: by the id, or where there is none yet, by the name. */
function personOf({ id, name }: Subject, section: Section, { before, after }: Scene) {
  const [walk, other] = section === 'losses' ? [before, after] : [after, before]
  if (id === undefined) return walk.named.get(name) ?? other.named.get(name)
  return walk.person.get(id) ?? other.person.get(id)
}

/** By the id, or by the name: what takes the place of another one has no id yet, or another one then. */
const insideAt = ({ named, places }: Walk, { id = '', name }: Subject): readonly string[] =>
  places.get(id) ?? places.get(named.get(name) ?? '') ?? []

/** The doors that a row tells; a place is opened into what is in it when that matters. */
function doorsOf(row: Row, section: Section, scene: Scene, lost: string[]): string[] {
  const inside = (place: Subject) => {
    const [was, is] = [insideAt(scene.before, place), insideAt(scene.after, place)]
    if (section === 'losses') return was
    return section === 'gains' ? is : was.filter((door) => is.includes(door))
  }
  const except = new Set((row.besides ?? []).flatMap(({ doors }) => doors.flatMap(inside)))
  const doors = new Set(row.doors.flatMap(inside).filter((door) => !except.has(door)))
  const { via, each } = row
  const around = via && [...insideAt(scene.before, via), ...insideAt(scene.after, via)]
  const said = (what: string) => lost.push(`${section} of ${row.person.name}: ${what}`)
  if (around && ![...doors].every((door) => around.includes(door))) {
    said(`${namesIn(doors, scene)} are not all in ${via.name}`)
  }
  if (each && each.flatMap(inside).sort().join() !== [...doors].sort().join()) {
    said(`each says ${namesIn(each.flatMap(inside), scene)}, doors say ${namesIn(doors, scene)}`)
  }
  return [...doors]
}

const namesIn = (doors: Iterable<string>, scene: Scene) =>
  [...doors].map((door) => nameOf(scene, door)).join(', ')

/** What is wrong with what is told of one person and one door. */
function faultsOf(
  report: Report,
  told: readonly Telling[],
  was: Way | undefined,
  is: Way | undefined,
  now: number,
): string[] {
  const happened = happening(was, is)
  const isTold = (...names: Section[]) => told.some(({ section }) => names.includes(section))
  const faults: string[] = []
  for (const section of ['losses', 'gains', 'windows'] as const) {
    if (happened === section && !isTold(section)) faults.push(`not told in ${section}`)
    if (happened !== section && isTold(section)) faults.push(`told in ${section}`)
  }
  if (report.means) {
    if (happened === 'means' && !isTold('means', 'reissues')) faults.push('not told in means')
    if (happened !== 'means' && isTold('means')) faults.push('told in means')
  }
  if ((!was || !is) && isTold('covered', 'reissues')) faults.push('told to stay open')
  const wrong = told.flatMap(({ section, row }) => {
    const what = [...wrongWindows(row, was, is, now), ...wrongMeans(row, was, is)]
    return what.map((one) => `told in ${section} with ${one}`)
  })
  return [...faults, ...(faults.length > 0 ? [] : new Set(wrong)), ...wrongKeys(told, was, is)]
}

function wrongWindows(row: Row, was: Way | undefined, is: Way | undefined, now: number): string[] {
  const sides = [
    ['before', row.before, was],
    ['after', row.after, is],
  ] as const
  return sides.flatMap(([when, window, way]) => {
    const told = window && spanOf(window, now)
    const hull = way && hullOf(way)
    return told?.join() === hull?.join()
      ? []
      : [`the window ${when} ${told ? spanText(told) : 'closed'}`]
  })
}

/** What a window says; an instant that only the deployment will tell is none. */
function spanOf({ from, until }: Window, now: number): Span {
  const instant = (value: string | null | undefined, open: number) =>
    value === undefined ? open : value === null ? NaN : Date.parse(value)
  const begins = instant(from, -Infinity)
  return [begins <= now ? -Infinity : begins, instant(until, Infinity)]
}

const hullOf = ({ spans }: Way): Span => [spans[0]![0], spans.at(-1)![1]]

function wrongMeans(row: Row, was: Way | undefined, is: Way | undefined): string[] {
  const sides = [
    ['before', row.was, was],
    ['after', row.by, is],
  ] as const
  return sides.flatMap(([when, means, way]) => {
    if (!means || [...means].sort().join() === (way?.means ?? []).join()) return []
    return [`the means ${when} ${means.join(', ')}`]
  })
}

/** Whether a row rightly says that PINs, cards or keys are issued anew: some stop, others come. */
function wrongKeys(told: readonly Telling[], was: Way | undefined, is: Way | undefined): string[] {
  if (!was || !is) return []
  const without = (one: Way, other: Way) => [...one.keys].filter((key) => !other.keys.has(key))
  const [stop, come] = [without(was, is), without(is, was)]
  const modeOf = (key: string) => key.split(' ')[0]
  const stay = [...was.keys].filter((key) => is.keys.has(key))
  const isOf = (key: string) => (other: string) => modeOf(key) === modeOf(other)
  // A card in place of a PIN may be called either; beside a card that stays, nobody is in need of another.
  const mustBeTold = stop.some((key) => come.some(isOf(key)) && !stay.some(isOf(key)))
  const mayBeTold = stop.length > 0 && come.length > 0
  const isTold = told.some(({ section, row }) => section !== 'covered' && row.reissue)
  if (mustBeTold && !isTold) return ['not told to be issued anew']
  return isTold && !mayBeTold ? ['told to be issued anew'] : []
}

/** How many people lose and gain a door, beside what the report counts. */
function wrongCounts({ people }: Report, before: Walk, after: Walk): string[] {
  const peopleWith = (one: Walk, other: Walk) =>
    [...one.ways].filter(([person, doors]) =>
      [...doors.keys()].some((door) => !other.ways.get(person)?.has(door)),
    ).length
  const real = { lose: peopleWith(before, after), gain: peopleWith(after, before) }
  return (['lose', 'gain'] as const)
    .filter((what) => people[what] !== real[what])
    .map((what) => `told that ${people[what]} people ${what}, were ${real[what]}`)
}

function shown(way: Way | undefined): string {
  return way ? `${way.spans.map(spanText).join(' and ')} by ${way.means.join('+')}` : 'closed'
}

function spanText([from, until]: Span): string {
  const at = (time: number, open: string) =>
    Number.isNaN(time) ? 'unknown' : Number.isFinite(time) ? new Date(time).toISOString() : open
  return `${at(from, '…')} – ${at(until, '…')}`
}
