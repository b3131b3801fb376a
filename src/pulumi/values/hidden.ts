/** Members of a resource's properties that are not the user's. */
export interface Hidden {
  /** The text that leads the engine back to this package; a part of every state. */
  __provider?: string
  /** Says which resource of which program this is, across renames. */
  __seed?: string
  /** Where messages about this resource belong. */
  __urn?: string
  /** The names of the inputs that the program gave, since only outputs reach `diff` and `update`. */
  __given?: string
  /** The inputs and the plan that the engine has were carried out, so it may keep them. */
  __settled?: boolean
  /** The paths that the program leaves to others, in every request and never in state. */
  __ignored?: string
  /** The names of the inputs that the program holds secret although most do not. */
  __secrets?: string
  /** How the doors are opened, where the list that says so holds secrets as well: `code* card`. */
  __modes?: string
  /** The systems of objects that lookups have told, as `<id>=<system>`; never in state. */
  __systems?: string
}

const hiddenNames: readonly string[] = [
  '__provider',
  '__seed',
  '__urn',
  '__given',
  '__settled',
  '__ignored',
  '__secrets',
  '__modes',
  '__systems',
] satisfies (keyof Hidden)[]

/** Properties of a resource as the engine has them. */
export type Properties = Record<string, unknown> & Hidden

/** Whether a property is the SDK's own or ours: no program declares it. */
export const isHidden = (name: string): boolean => name.startsWith('__')

/** The properties that a program may have given. */
export const withoutHidden = (properties: Properties): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => !hiddenNames.includes(name)))
