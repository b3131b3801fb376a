import type { Wire } from '../../schema'

// What `terraform show -json` says of a plan and of a state, as far as it matters here.

/** `true` where all of a value is meant; else the same for what is inside. */
export type Mask = boolean | readonly Mask[] | { readonly [name: string]: Mask }

export interface ChangeDocument {
  readonly actions: readonly string[]
  readonly before?: Wire | null
  readonly after?: Wire | null
  readonly after_unknown?: Mask
  readonly before_sensitive?: Mask
  readonly after_sensitive?: Mask
  readonly replace_paths?: readonly (readonly (string | number)[])[]
  readonly importing?: object
}

export interface ResourceChange {
  readonly address: string
  readonly module_address?: string
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly index?: string | number
  /** The key of an object that an earlier deployment has replaced, and not deleted yet. */
  readonly deposed?: string
  readonly change: ChangeDocument
}

export interface StateResource {
  readonly address: string
  readonly mode: string
  readonly type: string
  readonly name: string
  readonly index?: string | number
  readonly values?: Wire
  readonly sensitive_values?: Mask
  readonly depends_on?: readonly string[]
  readonly deposed_key?: string
}

export interface StateModule {
  readonly address?: string
  readonly resources?: readonly StateResource[]
  readonly child_modules?: readonly StateModule[]
}

export interface StateDocument {
  readonly format_version?: string
  readonly values?: { readonly root_module?: StateModule }
}

export interface Expression {
  readonly references?: readonly string[]
}

export interface ConfiguredResource {
  /** Without the module in which it stands. */
  readonly address: string
  readonly expressions?: Readonly<Record<string, Expression | unknown>>
  readonly depends_on?: readonly string[]
}

export interface ConfiguredModule {
  readonly resources?: readonly ConfiguredResource[]
  readonly module_calls?: Readonly<Record<string, { readonly module?: ConfiguredModule }>>
}

export interface ConfiguredProvider {
  readonly expressions?: Readonly<Record<string, { readonly constant_value?: unknown }>>
}

export interface PlanDocument {
  readonly format_version: string
  readonly resource_changes?: readonly ResourceChange[]
  readonly resource_drift?: readonly ResourceChange[]
  readonly prior_state?: StateDocument
  readonly configuration?: {
    readonly root_module?: ConfiguredModule
    readonly provider_config?: Readonly<Record<string, ConfiguredProvider>>
  }
  readonly complete?: boolean
  readonly errored?: boolean
}

/** Every resource of a state, those of its modules included. */
export const resourcesIn = ({ values }: StateDocument): StateResource[] =>
  values?.root_module ? inModule(values.root_module) : []

const inModule = ({ resources = [], child_modules: inner = [] }: StateModule): StateResource[] => [
  ...resources,
  ...inner.flatMap(inModule),
]
