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
  new RegExp(
    `^provider "${address.replaceAll('.', '\\.')}" \\{\\n(?:[^}\\n].*\\n|\\n)*\\}\\n?`,
    'm',
  )

const addresses = hosts.map((host) => `${host}/${source}`)

/**
 * Notes the plugin in a dependency lock file, as `init` would: nobody then asks a registry for it. What
 * the file says of other providers stays as it is.
 *
 * @param file such as `.terraform.lock.hcl`
 * @param isForCdktf its CLI asks the first registry for what the file does not name under it, whichever
 *   engine runs; an engine removes what it does not need
 */
export function lockPlugin(file: string, isForCdktf: boolean): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : heading
  const hash = pluginHash()
  const held = addresses.filter((address) => block(address).test(before))
  const updated = held.reduce((text, address) => {
    const is = block(address)
    const [entryBefore = ''] = is.exec(text) ?? []
    return isRight(entryBefore, hash) ? text : text.replace(is, entry(address, hash))
  }, before)
  const [first = ''] = addresses
  const isMissing = held.length === 0 || (isForCdktf && !held.includes(first))
  const after = isMissing ? `${updated.trimEnd()}\n\n${entry(first, hash)}` : updated
  if (after !== before) writeFileSync(file, after)
}

/** Whether an entry is of this version, with this hash beside whatever others. */
const isRight = (text: string, hash: string): boolean =>
  text.includes(hash) &&
  /^ {2}version\s+= "(.*)"$/m.exec(text)?.[1] === version &&
  /^ {2}constraints\s+= "(.*)"$/m.exec(text)?.[1] === version
