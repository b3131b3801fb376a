import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { Root, type INamespace, type Method, type Type } from 'protobufjs/light'
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

/** Numbers as numbers, enumerations by their words, and of the rest what was sent. */
const options = { longs: Number, enums: String }

/** A message becomes bytes, and bytes a message; a type is made ready when it is first met. */
const conversion = (type: Type) => ({
  toBytes: (message: object) => Buffer.from(type.encode(type.fromObject(message)).finish()),
  fromBytes: (bytes: Buffer) => type.toObject(type.decode(bytes), options),
})

function methodOf(service: string, method: Method): MethodDefinition<object, object> {
  method.resolve()
  const { name, requestStream = false, responseStream = false } = method
  const takes = conversion(method.resolvedRequestType!)
  const answers = conversion(method.resolvedResponseType!)
  return {
    path: `/${service}/${name}`,
    requestStream,
    responseStream,
    requestSerialize: takes.toBytes,
    requestDeserialize: takes.fromBytes,
    responseSerialize: answers.toBytes,
    responseDeserialize: answers.fromBytes,
  }
}

/** The services of a plugin process, by their full names. */
export function services(): Readonly<Record<string, ServiceDefinition>> {
  const root = Root.fromJSON(namespace())
  const names = Object.entries(packages).flatMap(([name, parts]) =>
    parts.map(({ service }) => `${name}.${service}`),
  )
  return Object.fromEntries(
    names.map((name) => {
      const methods = root.lookupService(name).methodsArray
      return [name, Object.fromEntries(methods.map((one) => [one.name, methodOf(name, one)]))]
    }),
  )
}
