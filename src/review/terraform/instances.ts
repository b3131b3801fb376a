import { declaration, instanceOf, leadingInstance, modulesOf, resourceOf } from './addresses'
import type { Declared } from './configuration'

type Index = Map<string, Set<string>>

function add(index: Index, name: string, address: string): void {
  const known = index.get(name)
  if (known) known.add(address)
  else index.set(name, new Set([address]))
}

const none: ReadonlySet<string> = new Set()

/** The instances of a plan and its state. */
export class Instances {
  private readonly byDeclaration: Index = new Map()
  private readonly byResource: Index = new Map()

  constructor(addresses: Iterable<string>) {
    for (const address of addresses) {
      add(this.byDeclaration, declaration(address), address)
      add(this.byResource, resourceOf(address), address)
    }
  }

  /** All that a declaration stands for, in whatever instance of its module. */
  of(declared: string): ReadonlySet<string> {
    return this.byDeclaration.get(declared) ?? none
  }

  /**
   * The instances that an attribute names, in so far as a plan tells which: one that is written out;
   * the one of the same key, where the key alone says so; else all.
   *
   * @returns nothing where the attribute names some of several, and the plan does not tell which
   */
  namedBy(address: string, names: readonly string[]): string[] {
    const around = modulesOf(address)
    const isByKey = names.some((name) => name === 'each.key' || name === 'count.index')
    const isByValue = names.some((name) => /^each\.value\b/.test(name))
    const found = names.flatMap((name) => {
      const resource = around + name
      const all = this.byResource.get(resource) ?? none
      if (all.size < 2) return [...all]
      const written = names
        .filter((other) => other.startsWith(`${name}[`))
        .map((other) => resource + leadingInstance(other.slice(name.length)))
        .filter((one) => all.has(one))
      if (written.length > 0) return written
      const same = resource + instanceOf(address)
      if (isByKey) return all.has(same) ? [same] : []
      return isByValue ? [] : [...all]
    })
    return [...new Set(found)]
  }

  /** What a configuration says by `depends_on`: all instances. */
  toldBy({ module, dependsOn }: Declared): string[] {
    return dependsOn.flatMap((name) => [...this.of(module + name)])
  }
}
