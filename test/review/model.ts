import type { report } from '../../src/review'

type Told = ReturnType<typeof report>
type Row = Told['losses'][number]

// What stays open by another resource hangs on how a program cuts its resources, and changes nothing.
const sections = ['losses', 'gains', 'windows', 'reissues', 'means'] as const

/** What a report says of access: who, which doors, from when until when and by what; of no engine. */
export const modelOf = (told: Told): string[] =>
  sections.flatMap((section) => told[section].map((row) => `${section}: ${lineOf(row)}`)).sort()

function lineOf({
  person,
  doors,
  via,
  before,
  after,
  was,
  by,
  reissue,
  gap,
  shorter,
}: Row): string {
  const names = doors.map(({ name }) => name).sort()
  const [until, later] = [before, after].map(endOf)
  const told = { via: via?.name, until, later, was, by, reissue, gap, shorter }
  return `${person.name} at ${names.join(', ')} ${JSON.stringify(told)}`
}

/** When a window ends; when it began depends on the run. */
const endOf = (window: Row['before']): string | undefined => {
  if (!window) return undefined
  return window.until ? new Date(window.until).toISOString() : `no end ${String(window.until)}`
}
