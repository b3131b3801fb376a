/** The members that have a value: the API leaves out what is not set. */
export function defined(members: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {}
  for (const name in members) if (members[name] !== undefined) kept[name] = members[name]
  return kept
}
