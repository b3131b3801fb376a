/**
 * What people can do, where each engine has its own command, option or setting for it. The core says
 * the code, and a surface says it in the words of its engine.
 */
export const hintCodes = [
  /** A step: to run the same again, after the state was brought to what Seam has. */
  'refresh-and-deploy',
  /** A step: to take one of two resources out of the state, and leave its object alone. */
  'forget-one',
  /** A step: to let the object go before the one in its place comes. */
  'delete-first',
  /** Where the new object is created before the old one is deleted. */
  'create-first',
  /** A step: to tell the engine that a resource has another name. */
  'tell-rename',
  /** When people ask for a replacement, and what is then needed. */
  'asked-replacement',
  /** Where a namespace is given, which sets a program apart from another one of the same name. */
  'namespace',
] as const

export type Hint = (typeof hintCodes)[number]

/** A place in a message where a surface puts the words of its engine. */
export const hint = (code: Hint): string => `«${code}»`

/** A message with the words of an engine in it. */
export const withHints = (message: string, words: Readonly<Record<Hint, string>>): string =>
  message.replace(/«([a-z-]+)»/g, (whole, code: Hint) => words[code] ?? whole)
