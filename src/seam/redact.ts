const hidden = new Set<string>()

/** Registers a value that must never be shown by this process. */
export function hide(value: string): void {
  if (value.length >= 4) hidden.add(value)
}

const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The text with every hidden value taken out, where it stands as a word of its own. */
export function redact(text: string): string {
  let shown = text
  for (const value of hidden) {
    if (shown.includes(value)) {
      shown = shown.replace(new RegExp(`(?<![\\w-])${literal(value)}(?![\\w-])`, 'g'), '[secret]')
    }
  }
  return shown
}
