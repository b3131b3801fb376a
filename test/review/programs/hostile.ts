import { officeIds } from '../../../src/sandbox'
import { grant, person, space, type Program, type Scene } from './language'

const { entrances } = officeIds

/** Names that mean to be more than names. */
const names = [
  '<script>alert(1)</script>',
  '</details><img src=x onerror=alert(1)>',
  'Pipe | and `tick` and ``` fence',
  '**bold** _it_ ~~gone~~ [link](javascript:alert(1)) ![x](//e.example/p.png)',
  '@everyone and @acme/owners, see #1 and GH-2 and acme/doors#3',
  'Ana \u202Ezyx\u202C \u2066hidden\u2069',
  'Line\n\n### Loses (0)\n| a | b |\r\n<!-- -->',
  `Long ${'name '.repeat(80)}`,
  'ben@private.example',
  '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'https://evil.example/<a href="x">',
  '&lt;b&gt; &amp; &#60;i&#62; $x^2$ \\| :tada:',
  '   ',
  '\u001b[31mred\u001b[0m \u0000',
  '0',
]

const program: Program = {
  ...space('lab', 'Lab | <b>1</b>', [entrances.labEntrance]),
  ...names
    .map((name, at) => ({
      ...person(`p${at}`, name),
      ...grant(`p${at}-lab`, ['lab']),
    }))
    .reduce((all, one) => ({ ...all, ...one }), {}),
  ...person('q', 'Quiet Name'),
  ...grant('q-<b>@all</b> | `x` #1', ['lab']),
}

/** Names with markup, mentions, control characters and lies. */
export const hostileScene: Scene = {
  before: program,
  cases: {
    'hostile-leavers': {
      after: space('lab', 'Lab | <b>1</b>', [entrances.labEntrance]),
      settings: { guards: { protected: { people: names.slice(0, 5), doors: ['Lab | <b>1</b>'] } } },
    },
    'hostile-failed': {
      after: { ...program, broken: `throw new Error(${JSON.stringify(names.join(' '))})` },
      fails: true,
    },
  },
}

export const hostileNewScene: Scene = {
  before: {},
  cases: { 'hostile-new': { after: program } },
}
