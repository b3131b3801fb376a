import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { hosts, pluginHash, source, version } from './plugin'

const entry = (address: string, hash: string) => `provider "${address}" {
  version     = "${version}"
  constraints = "${version}"
  hashes = [
    "${hash}",
  ]
}
`

const heading = `# This file is maintained automatically by "terraform init".
# Manual edits may be lost in future updates.
`

/** A block of the file, from its first line to the brace that closes it. */
const block = (address: string) =>
  new RegExp(`^provider "${address.replaceAll('.', '\\.')}" \\{\\n(?:[^}\\n].*\\n|\\n)*\\}\\n?`, 'm')

/**
 * Notes the plugin in a dependency lock file, as `init` would: an engine then asks no registry for it.
 * What the file says of other providers stays as it is.
 *
 * @param file such as `.terraform.lock.hcl`
 */
export function lockPlugin(file: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : heading
  const hash = pluginHash()
  const after = hosts.reduce((text, host) => {
    const address = `${host}/${source}`
    const wanted = entry(address, hash)
    const is = block(address)
    return is.test(text) ? text.replace(is, wanted) : `${text.trimEnd()}\n\n${wanted}`
  }, before)
  if (after !== before) writeFileSync(file, after)
}
