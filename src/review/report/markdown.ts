import { unknown } from '../../schema'
import { allRows } from '../doors/access'
import type { Row } from '../doors/row'
import { fit, type Block, type Fold } from './fit'
import type { Fired } from '../guards'
import type { Window } from '../doors/holdings'
import { rawDiff } from './raw'
import type { Plan, Remark } from '../plan/plan'
import { labelOf, type Words } from './reasons'
import type { Other, Review } from '../review'
import { together, type Line } from '../doors/rows'
import { Speech, type Wording } from './speech'
import type { Subject } from '../doors/subjects'
import { countOf, covered, headline, hintOf, titles, unseen } from './titles'

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
  const said = titles(plan)
  const table = (title: string, rows: readonly Row[], window: (row: Row) => string) =>
    section(title, rows, most, (line) => tableRow(line, speech, window(line.row)))
  return [
    `### ${said.what} in ${data(plan.stack || 'this plan', speech)}: ${headline(review)}\n`,
    ...alerts(review, fired, speech, Math.max(most, 1)),
    ...table(said.losses, access.losses, (row) => lossWindow(row, speech)),
    ...table(said.gains, access.gains, (row) => speech.window(row.after ?? {})),
    ...table(said.windows, access.windows, (row) => moved(row, speech)),
    ...table(said.means, access.means, (row) => kept(row, speech)),
    ...table(said.reissues, access.reissues, (row) => kept(row, speech)),
    ...otherChanges(review, speech, said.others, Math.min(most, 10)),
    ...hint(review, speech),
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
  const { unmatched = [] } = speech.wording
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
    ...unmatched.slice(0, first).map((one) => data(one, speech)),
    ...more(unmatched, first, 'of such names'),
    ...cautions.slice(0, first).map((caution) => data(caution, speech)),
    ...more(cautions, first, 'of these'),
    ...(plan.isWhole ? [] : [notWhole(plan)]),
  ]
  if (lines.length === 0) return []
  return [`> [!CAUTION]\n${lines.map((line) => `> ${line}`).join('\n>\n')}\n`]
}

/** `And 3 more of the guards.` */
const more = (all: readonly unknown[], first: number, what: string): string[] => {
  const rest = all.length - first
  return rest > 0 ? [`And ${rest} more ${what}.`] : []
}

const notWhole = ({ words }: Plan) =>
  `This plan leaves out what stays as it is, so people may keep access that is shown as lost. ${words.whole}`

const heading = 'Person | Doors | By | Window | Why'

/** A table; rows beyond the first ones are folded, so that they can be left out. */
function section(
  title: string,
  rows: readonly Row[],
  most: number,
  write: (line: Line) => string,
): Block[] {
  if (rows.length === 0) return []
  const table = (some: readonly Row[]) =>
    `| ${heading} |\n|---|---|---|---|---|\n${together(some).map(write).join('\n')}\n`
  const first = `#### ${title} (${countOf(rows)})\n\n${most > 0 ? table(rows.slice(0, most)) : ''}`
  return [first, ...folds(title.toLowerCase(), rows, most, 50, (part) => `${table(part)}`)]
}

/** Folds of so many entries each, from one of them on. */
function folds<T>(
  what: string,
  all: readonly T[],
  start: number,
  size: number,
  body: (part: readonly T[]) => string,
): Fold[] {
  const count = Math.max(0, Math.ceil((all.length - start) / size))
  return Array.from({ length: count }, (_, number) => {
    const from = start + number * size
    const part = all.slice(from, from + size)
    const to = from + part.length
    const title = start === 0 && count === 1 ? what : `${what} ${from + 1} to ${to}`
    return { what, from: from + 1, to, text: () => folded(title, body(part)) }
  })
}

const folded = (title: string, body: string): string =>
  `<details><summary>${capital(title)}</summary>\n\n${body}\n</details>\n`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function tableRow({ row, people }: Line, speech: Speech, window: string): string {
  const person = people.map((one) => data(speech.subject(one), speech)).join(', ')
  const doors = data(speech.doors(row), speech)
  const why = `${code(labelOf(row.change), speech)}: ${words(speech.why(row), speech)}`
  return `| ${person} | ${doors} | ${data(speech.by(row), speech)} | ${window} | ${why} |`
}

const lossWindow = ({ before }: Row, speech: Speech) =>
  `**${titles(speech.review.plan).ends}**, had ${speech.window(before ?? {})}`

const moved = ({ before, after, isNarrower, hasGap }: Row, speech: Speech) =>
  `${speech.window(before ?? {})} → **${speech.window(after ?? {})}**${isNarrower ? shorter(after) : ''}${gap(hasGap)}`

const shorter = ({ from, until }: Window = {}) =>
  from === unknown || until === unknown ? ' (perhaps shorter)' : ' (shorter)'

/** Who stands before a closed door for a while should know. */
const kept = ({ after, hasGap }: Row, speech: Speech) =>
  `${speech.window(after ?? {})}${gap(hasGap)}`

const gap = (hasGap: boolean) => (hasGap ? ', **with a gap**' : '')

function otherChanges(
  { others, access }: Review,
  speech: Speech,
  title: string,
  most: number,
): Block[] {
  const stays = (row: Row) =>
    `- ${data(speech.subject(row.person), speech)} keeps ${data(speech.doors(row), speech)} ${covered(row)}: ${code(labelOf(row.change), speech)} (${words(speech.why(row), speech)})`
  const other = ({ change, text }: Other) =>
    `- ${code(labelOf(change), speech)} ${data(text, speech)}`
  const lines = [
    ...access.covered.map((row) => () => stays(row)),
    ...others.map((one) => () => other(one)),
  ]
  if (lines.length === 0) return []
  const write = (part: readonly (() => string)[]) => listed(part.map((line) => line()))
  const more = folds('other changes', lines, most, 100, write)
  return [`#### ${title} (${lines.length})\n\n${write(lines.slice(0, most))}`, ...more]
}

const listed = (lines: readonly string[]) => `${lines.join('\n')}\n`

function hint(review: Review, speech: Speech): Block[] {
  const said = hintOf(review)
  return said ? [`${words(said, speech)}\n`] : []
}

function footnotes(review: Review, { wording }: Speech): Block[] {
  const { plan, access } = review
  const tables = [access.losses, access.gains, access.windows, access.means, access.reissues]
  const blind = unseen(review)
  const hasWindows = tables.some((rows) => rows.length > 0)
  const { length: others } = plan.others
  const notes = [
    ...(hasWindows ? [`Times are in ${wording.timeZone}.`] : []),
    ...(others > 0
      ? [`${others} other resource${others > 1 ? 's' : ''} change${others > 1 ? '' : 's'} as well.`]
      : []),
    ...(blind === undefined ? [] : [blind]),
    ...(wording.onDuty === undefined ? [] : [`Guards: ${wording.onDuty}.`]),
  ]
  return notes.map((note) => `<sub>${note}</sub>\n`)
}

function remarks(title: string, list: readonly Remark[], speech: Speech): Block[] {
  const lines = [...new Set(list.map((one) => `- ${remark(one, speech).replace(/^: /, '')}`))]
  return folds(title, lines, 0, 50, listed)
}

/** `: fullName must be text (ana)` */
function remark({ message, name }: Remark, speech: Speech): string {
  const about = name ? ` (${code(name, speech)})` : ''
  return `: ${data(message, speech)}${about}`
}

/** Which ids the names stand for. */
function ids({ access }: Review, speech: Speech): Fold[] {
  const subjects = new Map(
    allRows(access).flatMap(({ person, doors }) => [person, ...doors].map((one) => [one.key, one])),
  )
  const told = [...subjects.values()].filter(({ id }) => id !== undefined)
  const line = (one: Subject) =>
    `- ${data(speech.subject(one), speech)}: \`${one.kind}\` ${escaped(speech.shown(one.id ?? ''))}`
  return folds('ids', told, 0, 200, (part) => listed(part.map(line)))
}

function raw({ plan }: Review, speech: Speech): Fold[] {
  const isDrift = plan.changes.some((change) => change.isDrift)
  const what = isDrift ? 'what the engine has found' : 'what the engine plans'
  const text = () => folded(what, `<pre>${escaped(rawDiff(plan, speech))}</pre>\n`)
  const isEmpty = plan.others.length === 0 && plan.changes.every(({ action }) => action === 'keep')
  return isEmpty ? [] : [{ what, text }]
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
