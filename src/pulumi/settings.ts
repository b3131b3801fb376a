import * as pulumi from '@pulumi/pulumi'
import { resolveSettings, Seam, SeamSettingsError } from '../seam'
import { configSettings, secretConfigNames } from './config'

/** Part of every SDK in our range, but not of its types. */
const { isConfigSecret } = pulumi.runtime as unknown as {
  isConfigSecret(key: string): boolean
}

/** A credential in plain configuration stands readable in git and in every state. */
export function refusePlainSecrets(): void {
  for (const name of secretConfigNames) {
    const key = `seam:${name}`
    const config = pulumi.runtime.allConfig()
    if (config[key] !== undefined && !isConfigSecret(key)) {
      throw new SeamSettingsError(
        `${key} stands in the stack's configuration as plain text. Set it again as a secret: pulumi config set --secret ${key}`,
      )
    }
  }
}

const clients = new Map<string, Seam>()

/**
 * A connection of the program's own process, which serves the lookups. Programs of several stacks may
 * run in one process, even at once: each asks with the configuration of its own.
 */
export function programClient(): Seam {
  refusePlainSecrets()
  const config = pulumi.runtime.allConfig()
  const settings = resolveSettings(configSettings((name) => config[`seam:${name}`]))
  const key = JSON.stringify(settings)
  const client = clients.get(key) ?? new Seam(settings)
  clients.set(key, client)
  return client
}
