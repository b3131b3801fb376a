/** How names are put in order, on every machine. */
export const collator = new Intl.Collator('en', { numeric: true })

/** The first few of a list, and how many more there are. */
export function some(names: readonly string[], most: number): string {
  const unique = [...new Set(names)]
  const rest = unique.length - most
  return rest > 0 ? `${unique.slice(0, most).join(', ')} and ${rest} more` : unique.join(', ')
}

/** Doors of the same name are several all the same. */
export const counted = (names: readonly string[]): string[] => {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => (count > 1 ? `${name} (${count} of this name)` : name))
}

/** A, B, … Z, AA, AB, … */
export function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter
}

export const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

export const peopleCount = (count: number) => (count === 1 ? '1 person' : `${count} people`)
