import test from 'ava'
import { v1 } from '../../src/pulumi/dynamic/handlers'
import { toState } from '../../src/pulumi/dynamic/state'
import { resources } from '../../src/resources'
import {
  wordsOf,
  fieldsOf,
  className,
  swapName,
  type Field,
  type Fields,
  type Wire,
} from '../../src/schema'

const canary = '739114'
const mark = '4dabf18193072939515e22adb298388d'
const id = '20000000-0000-4000-8000-000000000001'

/** A place in the inputs or outputs of a resource. */
interface Place {
  path: string[]
  field: Field
  isSecret: boolean
}

/** Every place that the definition knows, at any depth. */
function placesIn(fields: Fields, path: string[] = []): Place[] {
  return Object.entries(fields).flatMap(([name, field]) => [
    { path: [...path, name], field, isSecret: field.marks.secret === true },
    ...placesIn(fieldsOf(field.kind) ?? {}, [...path, name]),
  ])
}

/** A right value, so that nothing else is wrong. */
function right({ kind }: Field): unknown {
  const record = () =>
    Object.fromEntries(
      Object.entries(fieldsOf(kind) ?? {})
        .filter(([, field]) => field.input === 'always')
        .map(([name, field]) => [name, right(field)]),
    )
  const word = wordsOf(kind)?.[0]
  if (kind.is === 'record') return record()
  if (kind.is === 'list') return [record()]
  if (kind.is === 'set') return [word ?? id]
  if (kind.is === 'integer') return 1
  if (kind.is === 'flag') return true
  return word ?? id
}

const required = (fields: Fields): Wire =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(([, field]) => field.input === 'always')
      .map(([name, field]) => [name, right(field)]),
  )

/** The inputs with a value at a place; records and lists on the way there are as they should be. */
function withValue(fields: Fields, inputs: Wire, [name, ...rest]: string[], value: unknown): Wire {
  if (rest.length === 0) return { ...inputs, [name!]: value }
  const { kind } = fields[name!]!
  const inner = withValue(fieldsOf(kind)!, required(fieldsOf(kind)!), rest, value)
  return { ...inputs, [name!]: kind.is === 'list' ? [inner] : inner }
}

const swapped = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(swapped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [swapName(name), swapped(inner)]),
  )
}

/** What the engine shows and stores in plain. */
const plain = (value: unknown): string =>
  JSON.stringify(value, (_name, inner: unknown) =>
    typeof inner === 'object' && inner !== null && mark in inner ? '[secret]' : inner,
  )

const wrongKinds: Record<string, unknown> = {
  'a number': Number(canary),
  'text of a wrong shape': `x${canary}`,
  'text that may be right': canary,
  'text that is long': canary.repeat(10_000),
  'a list': [canary],
  'a list of numbers': [Number(canary)],
  'a record': { code: canary },
  'a record under an unknown name': { [`x${canary}`.slice(0, 1)]: canary },
  'a list of records': [{ code: canary, mode: canary }],
  'a list in a list': [[canary]],
  'true beside it': [true, canary],
}

for (const definition of resources) {
  const { fields, name } = definition
  const resource = className(name)
  const places = placesIn(fields as Fields)
  const secrets = [
    ...new Set(places.filter(({ isSecret }) => isSecret).map(({ path }) => path.at(-1)!)),
  ]

  /** What the engine could print, and what it would store, of inputs. */
  const shown = async (inputs: Wire) => {
    const { failures, inputs: checked } = await v1(resource)().check({}, swapped(inputs) as Wire)
    const printed = failures.map(({ property, reason }) => [
      reason,
      // The engine prints the value of the property that a failure names.
      property === '' ? '' : (checked[property] ?? '<nil>'),
    ])
    return plain([printed, failures.length > 0 ? [] : checked])
  }

  for (const [what, value] of Object.entries(wrongKinds)) {
    test(`Canary: ${resource} shows no ${what} in the place of any value`, async (t) => {
      for (const { path, field, isSecret } of places) {
        const seen = await shown(
          withValue(fields as Fields, required(fields as Fields), path, value),
        )
        // A right value that is no secret is there to be seen.
        const isRight = !isSecret && !seen.startsWith('[[["') && field.input !== 'never'
        if (isRight) continue
        t.false(seen.includes(canary), `${path.join('.')}: ${seen.slice(0, 200)}`)
        t.true(seen.length < 5_000)
      }
    })
  }

  test(`Canary: ${resource} shows no secret in a wrong place`, async (t) => {
    const records = [
      [],
      ...places.filter(({ field }) => fieldsOf(field.kind)).map(({ path }) => path),
    ]
    for (const secret of ['code', 'pin', ...secrets]) {
      for (const path of records) {
        const place = [...path, secret]
        if (places.some((one) => one.path.join() === place.join() && one.isSecret)) continue
        for (const value of Object.values(wrongKinds)) {
          const seen = await shown(
            withValue(fields as Fields, required(fields as Fields), place, value),
          )
          t.false(seen.includes(canary), `${place.join('.')}: ${seen.slice(0, 200)}`)
          t.true(seen.includes(`\`${swapName(place[0]!)}`), `${place.join('.')} is named: ${seen}`)
        }
      }
    }
  })

  test(`Canary: what Seam answers of ${resource} is kept with its secrets marked`, (t) => {
    t.true(places.length > 0)
    for (const { path, field, isSecret } of places) {
      const isNote = field.kind.is === 'list' && field.kind.of.is === 'note'
      const isName = field.marks.repeats !== undefined
      if (!isSecret && !isNote && !isName) continue
      const value = isNote
        ? [{ message: 'So it is.', to: { common_code_key: canary, full_name: canary } }]
        : canary
      const outputs = withValue(fields as Fields, {}, path, value)
      const state = plain(toState(definition, outputs, {}, {}))
      t.false(state.includes(canary), state)
      t.true(state.includes('[secret]'))
      if (isNote) t.true(state.includes('So it is.'), 'what is around it stays readable')
    }
  })
}

test('Canary: there are secrets, and a definition tells which', (t) => {
  const secrets = resources.flatMap(({ fields }) =>
    placesIn(fields as Fields).filter(({ isSecret }) => isSecret),
  )
  t.true(secrets.length >= 5)
})
