import type { SeamResource } from '../../resources'
import { isWire, swapName, type Wire } from '../../schema'
import { hide } from '../../seam'
import type { Hidden, Properties } from '../values/hidden'
import { unknownText } from '../values/marks'
import { modesOf } from '../values/modes'
import { toPulumi, toWire } from '../values/properties'

/** Hidden members that a set of inputs hands on. */
export function hiddenInputs(
  definition: SeamResource,
  { __seed, __urn, __secrets, __modes }: Properties,
  inputs: Wire,
  before?: Wire,
): Hidden {
  const modes = __modes && modesOf(definition, inputs, before)
  return {
    ...(__seed && { __seed }),
    ...(__urn && { __urn }),
    ...(__secrets && { __secrets }),
    ...(modes && { __modes: modes }),
  }
}

/** Keeps what the program holds secret out of everything that this process says. */
export function hideNamed(properties: Properties): void {
  for (const name of (properties.__secrets ?? '').split(' ')) {
    const value = properties[name]
    if (typeof value === 'string' && value !== unknownText) hide(value)
  }
}

/** Outputs as the engine keeps them, with what later calls need to know. */
export function toState(
  definition: SeamResource,
  outputs: Wire,
  inputs: Wire,
  hidden: Properties,
): Properties {
  return {
    ...toPulumi(definition.fields, outputs),
    ...hiddenInputs(definition, hidden, inputs),
    __given: givenNames(inputs).sort().join(' '),
  }
}

/** Of a record also its members: Seam may have added others, which are in the outputs as well. */
const givenNames = (inputs: Wire): string[] =>
  Object.entries(inputs).flatMap(([name, value]) => [
    name,
    ...(isWire(value) ? ['', ...Object.keys(value)].map((member) => `${name}.${member}`) : []),
  ])

/** The inputs that state was made from. */
export function givenInputs(outputs: Properties): Wire {
  const wire = toWire(outputs)
  const names = new Set((outputs.__given ?? '').split(' '))
  const given = ([name, value]: [string, unknown]): [string, unknown] => {
    if (!isWire(value) || !names.has(`${name}.`)) return [name, value]
    const members = Object.entries(value).filter(([member]) => names.has(`${name}.${member}`))
    return [name, Object.fromEntries(members)]
  }
  return Object.fromEntries(
    Object.entries(wire)
      .filter(([name]) => names.has(name))
      .map(given),
  )
}

/** The names of what a program leaves to others, of whose paths only the first step counts. */
export const ignoredNames = ({ __ignored: paths = '' }: Properties): Set<string> =>
  new Set(paths.split(' ').map((path) => swapName(/^[["]*([^."[\]]*)/.exec(path)![1]!)))
