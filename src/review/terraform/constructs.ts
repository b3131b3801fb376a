import { createHash } from 'node:crypto'
import { isWire, swapName } from '../../schema'
import type { EngineWords, Plan } from '../plan/plan'
import type { PlanDocument } from './document'

/** How a program of constructs names what it declares. */
export interface Constructs {
  /** The path of the construct that declares a resource, as far as it can be known. */
  pathOf(address: string): string | undefined
  readonly spell: Plan['spell']
  readonly words: Pick<EngineWords, 'rename' | 'renamed' | 'ways'>
}

const words: Constructs['words'] = {
  rename: 'a move',
  renamed: (_address, old) => `moveFromId('${old}')`,
  ways: 'Add these calls to the resources of the new constructs, or give them `adopt: true` to take over what the old ones have.',
}

/** What a plan says of the constructs that its configuration was synthesized from; nothing where it was not. */
export function constructsOf({ configuration }: PlanDocument): Constructs | undefined {
  const paths = Object.values(configuration?.provider_config ?? {}).map(
    ({ expressions }) => expressions?.['construct_paths']?.constant_value,
  )
  const told = paths.find((one) => typeof one === 'string')
  const known: unknown = told === undefined ? undefined : parsed(String(told))
  if (!isWire(known)) return undefined
  const { '': stack, ...byAddress } = known
  return {
    pathOf: (address) => {
      const path = byAddress[address] ?? recovered(address, String(stack))
      return typeof path === 'string' ? path : undefined
    },
    spell: swapName,
    words,
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** More parts have too many ways to be put together. */
const mostParts = 12

/** What constructs are named by ends with this many digits of the hash of their path. */
const digits = 8

/**
 * The path of a construct that the program has no more: its address has the parts of the path, and a hash
 * that tells whether they were put together rightly.
 */
function recovered(address: string, stack: string): string | undefined {
  const name = address.slice(address.lastIndexOf('.') + 1)
  const [, human, hash] = /^(.+)_([0-9A-F]{8})$/.exec(name) ?? []
  if (human === undefined) return `${stack}/${name}`
  const parts = human.split('_')
  if (parts.length > mostParts) return undefined
  const path = joinings(parts).find((one) => hashOf(one) === hash)
  return path === undefined ? undefined : `${stack}/${path}`
}

/** Every way in which what stands between `_` is a part of a path or belongs to the one before. */
const joinings = ([first = '', ...rest]: readonly string[]): string[] =>
  rest.length === 0
    ? [first]
    : joinings(rest).flatMap((tail) => [`${first}/${tail}`, `${first}_${tail}`])

const hashOf = (path: string) =>
  createHash('md5').update(path).digest('hex').slice(0, digits).toUpperCase()
