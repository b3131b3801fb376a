import { isDeepStrictEqual } from 'node:util'
import {
  entriesOf,
  fieldsOf,
  isAbsent,
  isWire,
  paired,
  unknown,
  type Field,
  type Fields,
  type Wire,
} from '../../schema'
import { inCore, type ResourceType } from '../../terraform/schema/surface'
import { secret, type Side } from '../plan/plan'
import { another } from '../plan/sides'
import type { Mask } from './document'

const inside = (mask: Mask | undefined, name: string | number): Mask | undefined => {
  if (typeof mask !== 'object') return mask
  return (mask as Readonly<Record<string | number, Mask>>)[name]
}

/** A value with what is not known yet and what nobody may see; what is left out is not there. */
function readable(value: unknown, unknowns?: Mask, secrets?: Mask): unknown {
  if (unknowns === true) return unknown
  if (secrets === true) return isAbsent(value) ? undefined : secret
  const of = (one: unknown, name: string | number) =>
    readable(one, inside(unknowns, name), inside(secrets, name))
  if (Array.isArray(value)) return value.map(of)
  if (!isWire(value)) return value ?? undefined
  const later = isWire(unknowns) ? Object.keys(unknowns) : []
  const entries = [...new Set([...Object.keys(value), ...later])]
    .map((name): [string, unknown] => [name, of(value[name], name)])
    .filter(([, one]) => one !== undefined)
  return Object.fromEntries(entries)
}

/** A configured value: of a record what a configuration can give. */
function given(field: Field, value: unknown): unknown {
  const fields = fieldsOf(field.kind)
  if (!fields) return value
  if (Array.isArray(value)) return value.map((one) => (isWire(one) ? inputsIn(fields, one) : one))
  return isWire(value) ? inputsIn(fields, value) : value
}

/** Whether Seam may say it where the configuration does not. */
const isChosen = ({ computed, resolved }: Field['marks']) => Boolean(computed || resolved)

/** @param configured the names that the configuration gives; what Seam may choose is one only there */
function inputsIn(fields: Fields, all: Wire, configured?: ReadonlySet<string>): Wire {
  const isInput = ([name, { input, marks }]: [string, Field]) =>
    (input !== 'never' || marks.planned) &&
    !isAbsent(all[name]) &&
    (!isChosen(marks) || !configured || configured.has(name))
  return Object.fromEntries(
    Object.entries(fields)
      .filter(isInput)
      .map(([name, field]) => [name, given(field, all[name])]),
  )
}

/** What of an object is known. */
export interface Values {
  readonly values: Wire | null | undefined
  readonly unknowns?: Mask | undefined
  readonly secrets?: Mask | undefined
}

export function sideOf(
  type: ResourceType,
  { values, unknowns, secrets }: Values,
  configured?: ReadonlySet<string>,
): Side | undefined {
  if (!values) return undefined
  const all = inCore(type, readable(values, unknowns, secrets) as Wire)
  return { inputs: inputsIn(type.definition.fields, all, configured), all }
}

/** Of a new object, what a deployment will tell is not there yet. */
export const ofNew = ({ inputs, all }: Side): Side => ({
  inputs,
  all: {
    ...Object.fromEntries(Object.entries(all).filter(([, value]) => value !== unknown)),
    ...inputs,
  },
})

/** A side that a deployment writes: a secret that it changes is another one. */
export function written(type: ResourceType, side: Side, before: Wire, after: Wire): Side {
  const { fields } = type.definition
  const inputs = Object.entries(side.inputs).map(([name, value]) => [
    name,
    withOthers((fields as Fields)[name]!, value, before[name], after[name]),
  ])
  const told = Object.fromEntries(inputs) as Wire
  return { inputs: told, all: { ...side.all, ...told } }
}

function withOthers(field: Field, told: unknown, was: unknown, is: unknown): unknown {
  if (told === secret) return isDeepStrictEqual(was, is) ? secret : another
  const [fields, entries] = [fieldsOf(field.kind), entriesOf(field.kind)]
  if (!fields || !entries || !Array.isArray(told) || !Array.isArray(is)) return told
  const before = Array.isArray(was) ? was.filter(isWire) : []
  return paired(entries, is as Wire[], before).map(([now, last], at) => {
    const record = told[at] as Wire
    return Object.fromEntries(
      Object.entries(record).map(([name, value]) => [
        name,
        fields[name] ? withOthers(fields[name], value, last?.[name], now[name]) : value,
      ]),
    )
  })
}

/** The inputs that differ. */
export const differing = (before: Side | undefined, after: Side | undefined): string[] =>
  [...new Set([...Object.keys(before?.inputs ?? {}), ...Object.keys(after?.inputs ?? {})])].filter(
    (name) => !isDeepStrictEqual(before?.inputs[name], after?.inputs[name]),
  )
