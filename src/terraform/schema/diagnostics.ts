import { resources } from '../../resources'
import { className, quoted, withHints, type Hint, type Path, type Problem } from '../../schema'
import { redact } from '../../seam'
import { typeName } from './surface'

/** What an engine shows people: an error or a warning, at one attribute or of the whole. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING'
  readonly summary: string
  readonly detail: string
  readonly attribute?: AttributePath
}

export interface AttributePath {
  readonly steps: readonly ({ attribute_name: string } | { element_key_int: number })[]
}

/** What people can do, in Terraform's words. */
const hints: Readonly<Record<Hint, string>> = {
  'refresh-and-deploy': 'run that again',
  'forget-one': 'run terraform state rm for one of the two',
  'delete-first': 'leave create_before_destroy out, and set it to false in what depends on that',
  'create-first': 'With create_before_destroy',
  'tell-rename': 'tell it with a moved block',
  'asked-replacement': 'after -replace or a taint, it is the one to be replaced',
  namespace: 'namespace of the provider',
}

/** How the core names each resource, and how Terraform does. */
const types = new Map(resources.map(({ name }) => [className(name), typeName(name)]))

/** One word alone is also what people call such a thing, so there its id has to follow. */
const named = new RegExp(
  `\\b(${[...types.keys()].map((name) => (/[a-z][A-Z]/.test(name) ? name : `${name}(?= [0-9a-f]{8}-)`)).join('|')})\\b`,
  'g',
)

/** A message of the core in Terraform's words. */
export const spelled = (message: string): string =>
  spelledBy((name) => name, message).replace(named, (name) => types.get(name)!)

/** The same where attributes and types have names of their own. */
export const spelledBy = (spell: (name: string) => string, message: string): string =>
  withHints(redact(message), hints).replace(
    /‹([^‹›]*)›/g,
    (_, name: string) => `\`${spell(name)}\``,
  )

export const attributePath = (path: Path): AttributePath => ({
  steps: path.map((step) =>
    typeof step === 'number' ? { element_key_int: step } : { attribute_name: step },
  ),
})

/** The first line says what; the others say why, and what to do. */
function told(severity: Diagnostic['severity'], message: string): Diagnostic {
  const [summary = '', ...detail] = spelled(message).split('\n')
  return { severity, summary, detail: detail.join('\n') }
}

export const warning = (message: string): Diagnostic => told('WARNING', message)

export const failure = (error: unknown): Diagnostic =>
  told('ERROR', error instanceof Error ? error.message : String(error))

/** `requested_access_methods[0].code`. */
export const placeOf = (path: Path): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`
    return text ? `${text}.${step}` : step
  }, '')

/**
 * What makes a configuration unusable, at its attribute: an engine finds no place inside one, so the
 * text says where it is.
 */
export const invalid = ({ path, reason }: Problem): Diagnostic => {
  if (path.length === 0) return told('ERROR', reason)
  const attribute = attributePath(path.slice(0, 1))
  return { ...told('ERROR', `${quoted(placeOf(path))} ${reason}`), attribute }
}
