import test from 'ava'
import {
  atMostOne,
  checkInputs,
  exactlyOne,
  flag,
  onlyWith,
  notEmptyUnless,
  requiredBeside,
  text,
  textSet,
  unknown,
  type Rule,
  type Wire,
} from '../../src/schema'

const fields = {
  one: text('One.').optional(),
  other: text('Another.').optional(),
  third: text('A third.').optional(),
  list: textSet('Some.').optional(),
  meant: flag('Whether none is meant.').optional(),
}

const rules: readonly [title: string, rule: Rule, broken: Wire, open: Wire][] = [
  [
    'at most one',
    atMostOne('one', 'other'),
    { one: 'a', other: 'b' },
    { one: 'a', other: unknown },
  ],
  [
    'exactly one',
    exactlyOne('one', 'other'),
    { one: 'a', other: 'b' },
    { one: unknown, other: unknown },
  ],
  [
    'one that goes only with a word of another',
    onlyWith('one', 'other', 'word'),
    { one: 'a', other: 'b' },
    { one: unknown, other: 'b' },
  ],
  [
    'one that is required beside another',
    requiredBeside('one', 'other', 'third'),
    { other: 'a' },
    { other: unknown },
  ],
  [
    'a list that is empty only where that is meant',
    notEmptyUnless('list', 'meant', 'removes all'),
    { list: [] },
    { list: [], meant: unknown },
  ],
]

for (const [title, rule, broken, open] of rules) {
  test(`Rules: ${title} is refused when it is broken, and not while a deployment may keep it`, (t) => {
    const problems = (given: Wire) => checkInputs({ fields, rules: [rule] }, given).problems
    t.is(problems(broken).length, 1)
    t.deepEqual(problems(open), [])
  })
}
