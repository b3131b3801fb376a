import { isWire } from '../../schema'
import type { ConfiguredModule, ConfiguredResource, Expression, PlanDocument } from './document'
import { declaredAs } from './types'

/** What a configuration says of a resource, in all its instances. */
export interface Declared {
  /** The module in which it stands: empty, or with a dot behind. */
  readonly module: string
  /** The attributes that it gives, each with what is named in it. */
  readonly references: Readonly<Record<string, readonly string[]>>
  readonly dependsOn: readonly string[]
}

/** What a configuration declares, by address without instances. */
export function declaredIn({ configuration }: PlanDocument): ReadonlyMap<string, Declared> {
  const found = new Map<string, Declared>()
  if (configuration?.root_module) collect(configuration.root_module, '', found)
  return found
}

function collect(from: ConfiguredModule, module: string, found: Map<string, Declared>): void {
  for (const resource of from.resources ?? []) {
    found.set(module + resource.address, declared(resource, module))
  }
  for (const [name, { module: inner }] of Object.entries(from.module_calls ?? {})) {
    if (inner) collect(inner, `${module}module.${name}.`, found)
  }
}

const declared = (
  { expressions = {}, depends_on: dependsOn = [] }: ConfiguredResource,
  module: string,
): Declared => ({
  module,
  references: Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, namedIn(expression)]),
  ),
  dependsOn,
})

/** Everything that an expression names, also inside a nested one. */
function namedIn(expression: unknown): string[] {
  if (Array.isArray(expression)) return expression.flatMap(namedIn)
  if (!isWire(expression)) return []
  const { references } = expression as Expression
  return references ? [...references] : Object.values(expression).flatMap(namedIn)
}

/** An address with its modules as they are declared: `module.floor["2"].x.y` is `module.floor.x.y`. */
export const declaration = (address: string): string =>
  declaredAs(address).replace(/\[("([^"\\]|\\.)*"|\d+)\](?=\.)/g, '')

/** The instances of a plan or a state, by what declares them. */
export class Instances {
  private readonly byDeclaration = new Map<string, string[]>()

  constructor(addresses: Iterable<string>) {
    for (const address of new Set(addresses)) {
      const name = declaration(address)
      this.byDeclaration.set(name, [...(this.byDeclaration.get(name) ?? []), address])
    }
  }

  of(declared: string): readonly string[] {
    return this.byDeclaration.get(declared) ?? []
  }

  /**
   * The instances that an attribute names, in so far as a plan tells which: one that is written out;
   * the one of the same key, where the key alone says so; else all.
   *
   * @returns nothing where the attribute names some of several, and the plan does not tell which
   */
  namedBy(address: string, { module }: Declared, names: readonly string[]): string[] {
    const key = declaredAs(address) === address ? '' : address.slice(declaredAs(address).length)
    const around = address.slice(0, address.length - afterModules(address).length)
    const isByKey = names.some((name) => name === 'each.key' || name === 'count.index')
    const isByValue = names.some((name) => /^each\.value\b/.test(name))
    const found = names.flatMap((name) => {
      const all = this.of(module + name).filter((one) => one.startsWith(around))
      if (all.length < 2) return all
      const written = all.filter((one) =>
        names.some((other) => `${around}${other}`.startsWith(`${one}.`) || around + other === one),
      )
      if (written.length > 0) return written
      if (isByKey) return all.filter((one) => one === around + name + key)
      return isByValue ? [] : all
    })
    return [...new Set(found)]
  }
}

/** An address without the modules around it. */
const afterModules = (address: string): string =>
  address.replace(/^(module\.[^.[]+(\[("([^"\\]|\\.)*"|\d+)\])?\.)+/, '')

/** The name of an instance in its configuration, without its type. */
export const shortName = (address: string, type: string): string =>
  afterModules(address).slice(type.length + 1)

/** What stands before that name. */
export const prefixOf = (address: string, type: string): string =>
  address.slice(0, address.length - shortName(address, type).length)
