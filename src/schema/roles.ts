import type { Fields, Role } from './fields'
import type { Wire } from './value'

const known = new WeakMap<Fields, ReadonlyMap<Role, string>>()

const namesIn = (fields: Fields) =>
  new Map(
    Object.entries(fields).flatMap(([name, { marks }]): [Role, string][] =>
      marks.role ? [[marks.role, name]] : [],
    ),
  )

interface Described {
  readonly fields: Fields
}

/** The name of the field in a role, where a definition has one. */
export function nameOf({ fields }: Described, role: Role): string | undefined {
  const names = known.get(fields) ?? namesIn(fields)
  known.set(fields, names)
  return names.get(role)
}

/** The value of the field in a role; nothing where a definition has no such field. */
export function valueOf(definition: Described, role: Role, values: Wire): unknown {
  const name = nameOf(definition, role)
  return name === undefined ? undefined : values[name]
}
