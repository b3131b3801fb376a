import type { Fields } from './fields'
import type { Wire } from './value'

/** What the provider itself reads or writes a field for, so that it knows none by its name. */
export type Role =
  /** Consents to adopt the object that refuses a new one. */
  | 'adopt'
  /** Names the object to adopt. */
  | 'adoptId'
  /** Whether the object was adopted. */
  | 'adopted'
  /** Lets destroy delete an adopted object. */
  | 'deleteAdopted'
  /** Lets destroy delete what others made for the object. */
  | 'deleteCascade'
  /** When a deployment counts as done. */
  | 'waitFor'
  /** How long a deployment waits for that. */
  | 'timeout'
  /** When Seam created the object, by Seam's clock. */
  | 'createdAt'
  /** The workspace that holds the object. */
  | 'workspace'
  /** The instant after which Seam may keep the object no longer. */
  | 'expiry'
  /** Whether that instant had passed when the object was last read. */
  | 'expired'

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
