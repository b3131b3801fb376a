import type { ServiceDefinition } from '@grpc/grpc-js'
import { fromJSON } from '@grpc/proto-loader'
import type { INamespace } from 'protobufjs'
import { packages, type Package } from './packages'

type Json = Record<string, unknown>

/** A type within its message or package: full names start with a dot. */
function field([id, type]: readonly [number, string]): Json {
  if (type.startsWith('*')) return { rule: 'repeated', type: type.slice(1), id }
  const [keyType, valueType] = type.split(',')
  return valueType === undefined ? { type, id } : { keyType, type: valueType, id }
}

/** The place of a name with dots, with the messages, or packages, around it. */
function placeOf(root: Json, name: string, around: Json = {}): [container: Json, last: string] {
  const steps = name.split('.')
  const last = steps.pop()!
  const container = steps.reduce((at, step) => {
    const message = (at[step] ??= { ...around }) as Json
    return (message['nested'] ??= {}) as Json
  }, root)
  return [container, last]
}

function addTo(nested: Json, { messages, enums = {}, service, calls }: Package): void {
  for (const [name, fields] of Object.entries(messages)) {
    const [container, last] = placeOf(nested, name, { fields: {} })
    const entries = Object.entries(fields).map(([name, described]) => [name, field(described)])
    container[last] = { ...(container[last] as Json), fields: Object.fromEntries(entries) }
  }
  for (const [name, words] of Object.entries(enums)) {
    const [container, last] = placeOf(nested, name, { fields: {} })
    container[last] = { values: Object.fromEntries(words.map((word, at) => [word, at])) }
  }
  const methods = Object.entries(calls).map(([name, { takes, answers, streams }]) => [
    name,
    {
      requestType: takes,
      responseType: answers,
      ...(streams && { responseStream: true }),
      ...(streams === 'both' && { requestStream: true }),
    },
  ])
  nested[service] = { methods: Object.fromEntries(methods) }
}

function namespace(): INamespace {
  const root: Json = {}
  for (const [name, parts] of Object.entries(packages)) {
    const [container, last] = placeOf(root, name)
    const nested: Json = {}
    for (const part of parts) addTo(nested, part)
    container[last] = { nested }
  }
  return { nested: root } as INamespace
}

const options = { keepCase: true, longs: Number, enums: String, defaults: false, oneofs: false }

/** The services of a plugin process, by their full names. */
export function services(): Readonly<Record<string, ServiceDefinition>> {
  const definition = fromJSON(namespace(), options)
  return definition as unknown as Record<string, ServiceDefinition>
}
