import { unknown } from '../../schema'
import type { Row } from '../doors/row'
import type { Fired } from '../guards'
import type { Window } from '../doors/holdings'
import { plainly } from './reasons'
import type { Review } from '../review'
import { Speech, type Wording } from './speech'
import type { Subject } from '../doors/subjects'
import { className } from '../../schema'
import { headline, hintOf } from './titles'

/** Grows when a reader of an older report would misread a newer one; new members do not count. */
export const reportVersion = 1

/** The report for programs: `schemas/report.json` describes it. */
export function report(review: Review, fired: readonly Fired[], wording: Wording) {
  const { plan, access, people, others, cautions } = review
  const speech = new Speech(review, wording)
  const hint = hintOf(review)
  const rows = (list: readonly Row[]) => list.map((row) => rowOf(row, speech))
  return {
    version: reportVersion,
    stack: plan.stack,
    headline: headline(review),
    failed: plan.errors.length > 0,
    complete: plan.isWhole,
    seen: plan.isSeen === true,
    ...(hint && { hint: plainly(hint) }),
    people: {
      standing: access.standing,
      lose: people.lose.length,
      gain: people.gain.length,
      keepWithChanges: people.keep.length,
    },
    guards: fired.map(({ guard, message, isOverridden }) => ({
      guard,
      message: speech.shown(message),
      overridden: isOverridden,
    })),
    unmatched: (wording.unmatched ?? []).map((one) => speech.shown(one)),
    cautions: cautions.map((caution) => speech.shown(caution)),
    losses: rows(access.losses),
    gains: rows(access.gains),
    windows: rows(access.windows),
    reissues: rows(access.reissues),
    means: rows(access.means),
    covered: rows(access.covered),
    others: others.map(({ change, text }) => ({ resource: resourceOf(change, speech), text })),
    otherProviders: plan.others.length,
    errors: remarks(plan.errors, speech),
    warnings: remarks(plan.warnings, speech),
  }
}

/** The report as text: two spaces of indent, and a line end. */
export const json = (review: Review, fired: readonly Fired[], wording: Wording): string =>
  `${JSON.stringify(report(review, fired, wording), null, 2)}\n`

function rowOf(row: Row, speech: Speech) {
  const { person, doors, each, change, before, after, was, by, via, besides } = row
  const { isReissue, hasGap, isNarrower } = row
  return {
    person: subjectOf(person, speech),
    doors: doors.map((door) => subjectOf(door, speech)),
    ...(via && { via: subjectOf(via, speech) }),
    ...(isOther(each, doors) && { each: each.map((door) => subjectOf(door, speech)) }),
    ...(besides && {
      besides: besides.map((one) => ({
        doors: one.doors.map((door) => subjectOf(door, speech)),
        ...(one.via && { via: subjectOf(one.via, speech) }),
        resource: resourceOf(one.change, speech),
        ...(one.isLost && { lost: true }),
      })),
    }),
    ...(before && { before: windowOf(before) }),
    ...(after && { after: windowOf(after) }),
    ...(was && { was }),
    ...(by && { by }),
    ...(isReissue && { reissue: true }),
    ...(hasGap && { gap: true }),
    ...(isNarrower && before && after && { shorter: true }),
    why: plainly(speech.why(row)),
    resource: resourceOf(change, speech),
  }
}

/** Whether a row tells a place instead of the doors in it. */
const isOther = (each: Row['each'], doors: Row['doors']) =>
  each.length !== doors.length || each.some((door) => !doors.includes(door))

const subjectOf = (subject: Subject, speech: Speech) => ({
  kind: subject.kind,
  name: speech.subject(subject),
  ...(subject.id !== undefined && { id: speech.shown(subject.id) }),
})

/** `null` where only the deployment will tell. */
const windowOf = ({ from, until }: Window) => ({
  ...(from !== undefined && { from: from === unknown ? null : from }),
  ...(until !== undefined && { until: until === unknown ? null : until }),
})

const resourceOf = ({ definition, name, address, action }: Row['change'], speech: Speech) => ({
  type: className(definition.name),
  name: speech.shown(name),
  address: speech.shown(address),
  action,
})

const remarks = (list: Review['plan']['errors'], speech: Speech) =>
  list.map(({ message, name }) => ({
    message: speech.shown(message),
    ...(name !== undefined && { name: speech.shown(name) }),
  }))
