import test from 'ava'
import { shareOf } from '../fixtures/share'
import { interruptedAt, type Point } from './interrupting'

const kills = ['kill -9 of all', 'kill -9 of the engine alone'] as const

/** Calls of each apply: the one makes twelve at least, the other sixteen. */
const calls = {
  'a creation': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  'a change': [1, 3, 4, 6, 7, 9, 10, 12, 13, 15],
}
const applies = ['a creation', 'a change'] as const

const killed: Point[] = applies.flatMap((of) =>
  calls[of].flatMap((call, at) =>
    (['before', 'after'] as const).map((when, side) => {
      const what = kills[(at + side) % 2]!
      return { what, of, call, when }
    }),
  ),
)

const interrupted: Point[] = applies.flatMap((of) =>
  calls[of].map((call, at) => ({
    what: 'Ctrl-C' as const,
    of,
    call,
    when: at % 2 === 0 ? ('before' as const) : ('after' as const),
  })),
)

// One in forty: a kill and an interrupt; the soak has all of them.
const inShare = shareOf((title, run) => test.serial(title, run), 40)

for (const point of [...killed, ...interrupted]) {
  const { what, of, call, when } = point
  inShare(`Interrupted: ${what} ${when} call ${call} of ${of}, and the next apply ends it`, (t) =>
    interruptedAt(t, point),
  )
}
