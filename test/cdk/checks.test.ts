import test from 'ava'
import { lookups } from '../../src/lookups'
import { resources } from '../../src/resources'
import { fieldsOf, inputFields, swapName, type Field, type Fields } from '../../src/schema'
import { dataType, resourceType } from '../../src/terraform/schema/surface'
import { libraries, stackOf, synthesized, type Library } from '../fixtures/constructs'

const fileOf = (name: string) => name.replaceAll('_', '-')

/** Everything that can be declared, and what can be said of it. */
const declarable: readonly { file: string; fields: Fields }[] = [
  ...resources.map((one) => ({ file: fileOf(one.name), fields: resourceType(one).fields })),
  ...lookups.map((one) => ({
    file: `data-seam-${fileOf(one.name)}`,
    fields: dataType(one).lookup.by,
  })),
]

/** A value that only a deployment tells. */
function token({ core }: Library, { kind }: Field, name: string): unknown {
  const told = `\${data.elsewhere.thing.${name}}`
  if (kind.is === 'flag' || fieldsOf(kind)) return core.Token.asAny(told)
  if (kind.is === 'set') return core.Token.asList(told)
  if (kind.is === 'integer' || kind.is === 'number') return core.Token.asNumber(told)
  return core.Token.asString(told)
}

const wrong: Readonly<Record<Field['kind']['is'], unknown>> = {
  text: 1234,
  id: 'lobby',
  instant: '2027-01-01 09:00',
  choice: 'whatever',
  integer: -1,
  number: 'many',
  flag: 'perhaps',
  set: 'lobby',
  list: 'code',
  record: 'always',
  note: 'never',
}

const tokens = (library: Library, fields: Fields) =>
  Object.fromEntries(
    inputFields(fields).map(([name, field]) => [swapName(name), token(library, field, name)]),
  )

/** Every property of some fields, each wrong by itself, at every depth. */
function mistakes(library: Library, fields: Fields): { place: RegExp; config: object }[] {
  const right = tokens(library, fields)
  return inputFields(fields).flatMap(([name, field]) => {
    const property = swapName(name)
    const whole = {
      place: new RegExp(`\`${property}\``),
      config: { ...right, [property]: wrong[field.kind.is] },
    }
    const inner = fieldsOf(field.kind)
    if (!inner) return [whole]
    const isList = field.kind.is === 'list'
    const inside = mistakes(library, inner).map(({ place, config }) => ({
      place: new RegExp(`\`${property}${isList ? '\\[0\\]' : ''}\\.${place.source.slice(1)}`),
      config: { ...right, [property]: isList ? [config] : config },
    }))
    return [whole, ...inside]
  })
}

for (const library of libraries) {
  const { name, core } = library
  for (const { file, fields } of declarable) {
    test(`Constructs for ${name}: ${file} takes a token in every property`, (t) => {
      const stack = stackOf(library)
      const Element = library.element(file)
      new Element(stack, 'thing', tokens(library, fields))
      const { resource, data } = synthesized(library, stack)
      const { thing } = (resource ?? data)![Element.tfResourceType]!
      for (const [attribute] of inputFields(fields)) {
        t.deepEqual(thing![attribute], `\${data.elsewhere.thing.${attribute}}`)
      }
      t.truthy(thing)
    })

    test(`Constructs for ${name}: a wrong value in each property of ${file} is told with the path`, (t) => {
      const all = mistakes(library, fields)
      for (const { place, config } of all) {
        const stack = stackOf(library)
        const around = new core.TerraformElement(stack, 'floor') as never
        const Element = library.element(file)
        new Element(around, 'thing', config)
        const error = t.throws(() => synthesized(library, stack), undefined, String(place))
        t.regex(error.message, /\[stack\/floor\/thing\] /)
        t.regex(error.message, place)
      }
      t.pass()
    })
  }
}
