import { stripVTControlCharacters } from 'node:util'

const hidden = new Set<string>()

/** Registers a value that must never be shown by this process. */
export function hide(value: string): void {
  if (value.trim() !== '') hidden.add(value)
}

/** More of a value than this helps nobody to find it. */
const mostEchoed = 100

/** A value as a message may show it: what it begins with, on one line. */
export function echoed(value: unknown, most = mostEchoed): string {
  // Cut first, a secret would no longer be known as one.
  const text = redact(String(value)).replace(/\s+/g, ' ')
  return text.length > most ? `${text.slice(0, most)}…` : text
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

const uuid = /([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/i

/** Whatever a terminal would obey, or show in another order, instead of showing it. */
const unprintable = /[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu

const printable = (text: string) => stripVTControlCharacters(text).replace(unprintable, '')

/**
 * The text with every hidden value taken out, and what could steer a terminal. Ids stay whole: a PIN
 * may be a part of one.
 */
export const redact = (text: string): string =>
  printable(text)
    .split(uuid)
    .map((part, at) => (at % 2 === 1 ? part : redactPart(part)))
    .join('')

function redactPart(text: string): string {
  let shown = text
  for (const value of hidden) {
    if (!shown.includes(value)) continue
    shown = shown.replace(new RegExp(patternOf(value), 'gu'), '[secret]')
  }
  return shown
}

/** A PIN within a longer number is another number, and few letters are a part of many words. */
function patternOf(value: string): string {
  if (/^\d+$/.test(value)) return `(?<!\\d)${value}(?!\\d)`
  if (value.length >= 4) return literal(value)
  return `(?<![\\p{L}\\p{N}])${literal(value)}(?![\\p{L}\\p{N}])`
}
