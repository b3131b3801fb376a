import type { SeamSettings } from '../seam'

/** The names under `seam:` in a stack's configuration. */
export const configNames = ['apiKey', 'personalAccessToken', 'workspaceId', 'endpoint'] as const

/** Of these, the ones that must be set with `--secret`. */
export const secretConfigNames: readonly string[] = ['apiKey', 'personalAccessToken']

/** Settings from a stack's configuration. */
export const configSettings = (get: (name: string) => string | undefined): SeamSettings =>
  Object.fromEntries(
    configNames.flatMap((name) => {
      const value = get(name)
      return value ? [[name, value]] : []
    }),
  )
