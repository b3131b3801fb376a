import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/**
 * The file in which the settings of an engine say themselves where providers come from, by a block
 * `provider_installation`: then the folders that are searched otherwise are not.
 */
export function ownInstallation(): string | undefined {
  const { TF_CLI_CONFIG_FILE: named } = process.env
  const usual = ['.terraformrc', '.tofurc'].map((name) => join(homedir(), name))
  return (named ? [named] : usual).find((file) =>
    /^[ \t]*provider_installation\b/m.test(textOf(file)),
  )
}
