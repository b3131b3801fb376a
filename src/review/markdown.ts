import type { Row } from './access'
import { fit, type Block } from './fit'
import type { Fired } from './guards'
import { rawDiff } from './raw'
import type { Remark } from './plan'
import type { Review } from './review'
import { countOf, covered, headline, labelOf, Speech, type Wording, type Words } from './words'

/** What a comment of a forge may hold, if nobody says otherwise. */
export const commentLimit = 65_536

export interface MarkdownOptions extends Wording {
  /** Bytes in UTF-8; whole folds are left out, and named, until the report fits. */
  readonly limit?: number
}

/** The report as Markdown: counts, guards, losses, gains, windows, re-issues, the rest; then folds. */
export function markdown(
  review: Review,
  fired: readonly Fired[],
  options: MarkdownOptions,
): string {
  const speech = new Speech(review, options)
  const limit = options.limit ?? commentLimit
  // With long names even the rows that are always shown can be too many.
  for (const rows of [25, 10, 3]) {
    const { text, fits } = fit(blocks(review, fired, speech, rows), limit, leftOut(limit))
    if (fits) return text
  }
  return fit(blocks(review, fired, speech, 0), limit, leftOut(limit)).text
}

const leftOut = (limit: number) => (names: readonly string[]) =>
  `\n> [!NOTE]\n> Left out, because this report may have ${limit} bytes: ${names.join('; ')}. \`seam-iac review --format json\` has all of it.\n`

function blocks(review: Review, fired: readonly Fired[], speech: Speech, most: number): Block[] {
  const { access, plan } = review
  const table = (title: string, rows: readonly Row[], window: (row: Row) => string) =>
    section(title, rows, most, (row) => tableRow(row, speech, window(row)))
  return [
    { text: `### Access in ${data(plan.stack || 'this plan', speech)}: ${headline(review)}\n` },
    ...alerts(review, fired, speech, Math.max(most, 1)),
    ...table('Loses', access.losses, (row) => lossWindow(row, speech)),
    ...table('Gains', access.gains, (row) => speech.window(row.after ?? {})),
    ...table('Window changes', access.windows, (row) => moved(row, speech)),
    ...table('Issued anew', access.reissues, (row) => kept(row, speech)),
    ...otherChanges(review, speech, Math.min(most, 10)),
    ...footnotes(review, speech),
    ...remarks('warnings of the plan', plan.warnings, speech),
    ...ids(review, speech),
    ...raw(review, speech),
  ]
}

function alerts(
  { cautions, plan }: Review,
  fired: readonly Fired[],
  speech: Speech,
  most: number,
): Block[] {
  const first = Math.min(most, 10)
  const lines = [
    ...plan.errors.slice(0, first).map((error) => `**The plan failed**${remark(error, speech)}`),
    ...more(plan.errors, first, 'of such errors'),
    ...(plan.errors.length > 0
      ? ['What it would have changed is not known. What stands below is a part of it at most.']
      : []),
    ...fired
      .slice(0, first)
      .map(({ guard, message, isOverridden }) =>
        isOverridden
          ? `Guard **${guard}** was overridden with \`--allow ${guard}\`: ${data(message, speech)}`
          : `Guard **${guard}** stops this: ${data(message, speech)}`,
      ),
    ...more(fired, first, 'of the guards'),
    ...cautions.slice(0, first).map((caution) => data(caution, speech)),
    ...more(cautions, first, 'of these'),
    ...(plan.isWhole ? [] : [notWhole]),
  ]
  if (lines.length === 0) return []
  return [{ text: `> [!CAUTION]\n${lines.map((line) => `> ${line}`).join('\n>\n')}\n` }]
}

/** `And 3 more of the guards.` */
const more = (all: readonly unknown[], first: number, what: string): string[] => {
  const rest = all.length - first
  return rest > 0 ? [`And ${rest} more ${what}.`] : []
}

const notWhole =
  'This plan leaves out what stays as it is, so people may keep access that is shown as lost. Take it with `--show-sames`, or give the state with `--state`.'

const heading = 'Person | Doors | Window | Why'

/** A table; rows beyond the first ones are folded, so that they can be left out. */
function section(
  title: string,
  rows: readonly Row[],
  most: number,
  line: (row: Row) => string,
): Block[] {
  if (rows.length === 0) return []
  const table = (some: readonly Row[]) =>
    `| ${heading} |\n|---|---|---|---|\n${some.map(line).join('\n')}\n`
  const first = {
    text: `#### ${title} (${countOf(rows)})\n\n${most > 0 ? table(rows.slice(0, most)) : ''}`,
  }
  const more = chunks(rows, most, 50).map(({ from, part }) =>
    fold(`${title.toLowerCase()} ${from + 1} to ${from + part.length}`, `\n${table(part)}`),
  )
  return [first, ...more]
}

function chunks<T>(all: readonly T[], from: number, size: number): { from: number; part: T[] }[] {
  const starts = Array.from(
    { length: Math.ceil((all.length - from) / size) },
    (_, at) => from + at * size,
  )
  return starts.map((start) => ({ from: start, part: all.slice(start, start + size) }))
}

const fold = (title: string, body: string): Block => ({
  text: `<details><summary>${capital(title)}</summary>\n${body}\n</details>\n`,
  fold: title,
})

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function tableRow(row: Row, speech: Speech, window: string): string {
  const person = data(speech.subject(row.person), speech)
  const doors = data(speech.doors(row), speech)
  const why = `${code(labelOf(row.change), speech)}: ${words(speech.why(row), speech)}`
  return `| ${person} | ${doors} | ${window} | ${why} |`
}

const lossWindow = ({ before, change }: Row, speech: Speech) =>
  `**${change.isDrift ? 'has ended' : 'ends now'}**, had ${speech.window(before ?? {})}`

const moved = ({ before, after, isNarrower, hasGap }: Row, speech: Speech) =>
  `${speech.window(before ?? {})} → **${speech.window(after ?? {})}**${isNarrower ? ' (shorter)' : ''}${gap(hasGap)}`

/** Who stands before a closed door for a while should know. */
const kept = ({ after, hasGap }: Row, speech: Speech) =>
  `${speech.window(after ?? {})}${gap(hasGap)}`

const gap = (hasGap: boolean) => (hasGap ? ', **with a gap**' : '')

function otherChanges({ others, access }: Review, speech: Speech, most: number): Block[] {
  const lines = [
    ...access.covered.map(
      (row) =>
        `- ${data(speech.subject(row.person), speech)} keeps ${data(speech.doors(row), speech)} ${covered(row)}: ${code(labelOf(row.change), speech)} (${words(speech.why(row), speech)})`,
    ),
    ...others.map(({ change, text }) => `- ${code(labelOf(change), speech)} ${data(text, speech)}`),
  ]
  if (lines.length === 0) return []
  const more = chunks(lines, most, 100).map(({ from, part }) =>
    fold(`other changes ${from + 1} to ${from + part.length}`, `\n${part.join('\n')}\n`),
  )
  const head = `#### Opens and closes nothing (${lines.length})\n`
  return [{ text: `${head}\n${lines.slice(0, most).join('\n')}\n` }, ...more]
}

function footnotes({ plan, access }: Review, { wording }: Speech): Block[] {
  const tables = [access.losses, access.gains, access.windows, access.reissues]
  const hasWindows = tables.some((rows) => rows.length > 0)
  const { length: others } = plan.others
  const notes = [
    ...(hasWindows ? [`Times are in ${wording.timeZone}.`] : []),
    ...(others > 0
      ? [`${others} other resource${others > 1 ? 's' : ''} change${others > 1 ? '' : 's'} as well.`]
      : []),
  ]
  return notes.map((note) => ({ text: `<sub>${note}</sub>\n` }))
}

function remarks(title: string, list: readonly Remark[], speech: Speech): Block[] {
  const lines = [...new Set(list.map((one) => `- ${remark(one, speech).replace(/^: /, '')}`))]
  return chunks(lines, 0, 50).map(({ part }) => fold(title, `\n${part.join('\n')}\n`))
}

/** `: fullName must be text (ana)` */
function remark({ message, name }: Remark, speech: Speech): string {
  const about = name ? ` (${code(name, speech)})` : ''
  return `: ${cut(data(message, speech), 1_000)}${about}`
}

/** Which ids the names stand for. */
function ids({ access }: Review, speech: Speech): Block[] {
  const { losses, gains, windows, reissues, covered } = access
  const rows = [losses, gains, windows, reissues, covered].flat()
  const subjects = new Map(
    rows.flatMap(({ person, doors }) => [person, ...doors].map((one) => [one.key, one])),
  )
  const lines = [...subjects.values()].flatMap((subject) =>
    subject.id === undefined
      ? []
      : [`- ${data(speech.subject(subject), speech)}: \`${subject.kind}\` ${escaped(subject.id)}`],
  )
  return chunks(lines, 0, 200).map(({ part }) => fold('ids', `\n${part.join('\n')}\n`))
}

function raw({ plan }: Review, speech: Speech): Block[] {
  const text = rawDiff(plan, speech)
  const isDrift = plan.changes.some((change) => change.isDrift)
  const title = isDrift ? 'what the engine has found' : 'what the engine plans'
  // In Markdown a blank line would end the block.
  return text === '' ? [] : [fold(title, `\n<pre>${escaped(text)}</pre>\n`)]
}

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** Text of a plan, which is never markup, never a mention, and never an id. */
const data = (text: string, speech: Speech): string =>
  escaped(cut(speech.shown(text).replace(uuid, '[id]'), 300))

const cut = (text: string, most: number) => {
  const signs = [...text]
  return signs.length > most ? `${signs.slice(0, most).join('')}…` : text
}

const code = (text: string, speech: Speech) => `<code>${data(text, speech)}</code>`

const words = (parts: Words, speech: Speech): string =>
  parts.map((part) => (typeof part === 'string' ? data(part, speech) : `\`${part.code}\``)).join('')

/** Entities are never taken for markup; a forge looks for `@name` and `#1` in what they stand for. */
const escaped = (text: string): string =>
  text.replace(/[&<>"'\\`*_[\]|~!$@#]/g, (sign) => {
    const entity = `&#${sign.charCodeAt(0)};`
    return sign === '@' || sign === '#' ? `${entity}&#8203;` : entity
  })
