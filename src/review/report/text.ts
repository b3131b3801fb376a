import { styleText } from 'node:util'
import Table from 'cli-table3'
import type { Row } from '../doors/row'
import type { Fired } from '../guards'
import type { Review } from '../review'
import { together } from '../doors/rows'
import type { Plan } from '../plan/plan'
import { labelOf, plainly } from './reasons'
import { Speech, type Wording } from './speech'
import { countOf, covered, headline, hintOf, titles, unseen } from './titles'

export interface TextOptions extends Wording {
  readonly useColours: boolean
  /** Characters in a line; tables break their cells to fit. */
  readonly columns: number
}

type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim'

/** The report for a terminal. */
export function text(review: Review, fired: readonly Fired[], options: TextOptions): string {
  const speech = new Speech(review, options)
  const paint = (colour: Colour, words: string) =>
    options.useColours ? styleText(colour, words, { validateStream: false }) : words
  const { access, plan, others, cautions } = review
  const said = titles(plan)
  const blind = unseen(review)
  const hint = hintOf(review)
  const table = (title: string, colour: Colour, rows: readonly Row[]) =>
    rows.length === 0
      ? []
      : [paint(colour, `${title} (${countOf(rows)})`), tableOf(rows, speech, options.columns), '']
  const lines = (title: string, list: readonly string[]) =>
    list.length === 0 ? [] : [paint('bold', title), ...list.map((one) => `  ${one}`), '']
  const stack = speech.shown(plan.stack) || 'this plan'
  return [
    paint('bold', `${said.what} in ${stack}: ${headline(review)}`),
    '',
    ...lines('The plan failed', remarks(plan.errors, speech)),
    ...lines(
      'Guards',
      fired.map((one) => paint('red', speech.shown(guardText(one)))),
    ),
    ...lines(
      'Careful',
      [...(options.unmatched ?? []), ...cautions].map((one) => paint('yellow', speech.shown(one))),
    ),
    ...lines('Not the whole', plan.isWhole ? [] : [notWhole(plan)]),
    ...table(said.losses, 'red', access.losses),
    ...table(said.gains, 'green', access.gains),
    ...table(said.windows, 'yellow', access.windows),
    ...table(said.means, 'cyan', access.means),
    ...table(said.reissues, 'cyan', access.reissues),
    ...lines(said.others, [
      ...access.covered.map((row) => coveredText(row, speech)),
      ...others.map(({ change, text }) => speech.shown(`${labelOf(change)} ${text}`)),
    ]),
    ...(hint ? [plainly(hint), ''] : []),
    ...lines('Warnings', remarks(plan.warnings, speech)),
    ...(blind === undefined ? [] : [paint('dim', blind)]),
    paint('dim', [`Times are in ${options.timeZone}.`, ...onDuty(options)].join(' ')),
    '',
  ].join('\n')
}

const notWhole = ({ words }: Plan) =>
  `The plan leaves out what stays as it is, so people may keep access that is shown as lost. ${words.whole.replaceAll('`', '')}`

const remarks = (list: Review['plan']['errors'], speech: Speech) => [
  ...new Set(list.map(({ message, name }) => speech.shown(`${name ? `${name}: ` : ''}${message}`))),
]

function tableOf(rows: readonly Row[], speech: Speech, columns: number): string {
  const widths = [0.16, 0.24, 0.1, 0.2, 0.3].map((share) =>
    Math.max(9, Math.floor((columns - 6) * share)),
  )
  const table = new Table({
    head: ['Person', 'Doors', 'By', 'Window', 'Why'],
    colWidths: widths,
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { row, people } of together(rows)) {
    const why = `${speech.shown(labelOf(row.change))}: ${plainly(speech.why(row))}`
    const names = people.map((one) => speech.subject(one)).join(', ')
    table.push([names, speech.doors(row), speech.by(row), windowOf(row, speech), why])
  }
  return table.toString()
}

const onDuty = ({ onDuty }: TextOptions) => (onDuty === undefined ? [] : [`Guards: ${onDuty}.`])

const guardText = ({ guard, message, isOverridden }: Fired) =>
  `${guard}: ${message}${isOverridden ? ` (overridden with --allow ${guard})` : ''}`

const coveredText = (row: Row, speech: Speech) =>
  `${speech.subject(row.person)} keeps ${speech.doors(row)} ${covered(row)}: ${speech.shown(labelOf(row.change))}`

function windowOf({ before, after }: Row, speech: Speech): string {
  if (!after) return `${titles(speech.review.plan).ends}, had ${speech.window(before ?? {})}`
  if (!before) return speech.window(after)
  const [was, is] = [speech.window(before), speech.window(after)]
  return was === is ? is : `${was} → ${is}`
}
