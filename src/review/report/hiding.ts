import { lookups } from '../../lookups'
import { resources } from '../../resources'
import { redact } from '../../seam'

/** What must not be shown: a sign without which it cannot be, how it looks, and what stands for it. */
type Pattern = readonly [sign: string, looks: RegExp, word: string]

/** Types in Terraform begin as tokens do. */
const types = [...resources, ...lookups].map(({ name }) => name).join('|')

const patterns: readonly Pattern[] = [
  [':', /\b[a-z][a-z0-9+.-]{1,20}:\/\/\S+/gi, '[URL]'],
  ['.', /\bwww\.\S+/gi, '[URL]'],
  ['_', new RegExp(`\\bseam_(?!(?:${types})\\b)\\w{6,}`, 'g'), '[token]'],
  ['eyJ', /\beyJ[\w-]{8,}\.[\w.-]+/g, '[token]'],
]
const contacts: readonly Pattern[] = [
  ['@', /[^\s@<>()[\]]{1,128}@[^\s@<>()[\]]{1,255}\.[^\s@<>()[\],;]{1,128}/g, '[e-mail]'],
  ['+', /\+\d[\d ().-]{5,}\d/g, '[phone]'],
]

/** Text from a plan without what must not be shown, on one line. */
export function shown(text: string, { showContacts }: { readonly showContacts: boolean }): string {
  let plain = redact(text)
  for (const [sign, looks, word] of showContacts ? patterns : [...patterns, ...contacts]) {
    if (plain.includes(sign)) plain = plain.replace(looks, word)
  }
  return plain.replace(/\s+/g, ' ')
}
