import type { Provided, ProviderFailure } from './behaviour/provided'
import type { Settings } from './options'
import type { Store } from './store/store'

/** What an endpoint works on. */
export interface Context {
  readonly store: Store
  readonly settings: Settings
  /** The address that clients reach the sandbox at, for the links in answers. */
  readonly endpoint: string
  /** What goes wrong at the provider with an object that is made now, if anything does. */
  failureOf(collection: Provided): ProviderFailure | undefined
}
