import { isWire } from '../../schema'
import type { ConfiguredModule, ConfiguredResource, Expression, PlanDocument } from './document'

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
