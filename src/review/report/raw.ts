import { fieldsOf, isWire, unknown, type Field, type Fields, type Wire } from '../../schema'
import { secret, type Change, type Plan } from '../plan/plan'
import { labelOf } from './reasons'
import type { Speech } from './speech'

const signs: Record<string, string> = { create: '+', delete: '-', update: '~', replace: '±' }

/** The plan as an engine tells it: every property that changes, without what is secret. */
export function rawDiff({ changes, others, spell }: Plan, speech: Speech): string {
  const own = changes
    .filter(({ action }) => action !== 'keep')
    .flatMap((change) => [
      `${signs[change.action] ?? ' '} ${speech.shown(labelOf(change))} (${change.action})`,
      ...properties(change, spell, speech).map((line) => `    ${line}`),
    ])
  const foreign = others.map(({ address, action }) => `  ${speech.shown(address)} (${action})`)
  return [...own, ...foreign].join('\n')
}

function properties(change: Change, spell: Plan['spell'], speech: Speech): string[] {
  const { definition, action } = change
  const { before, after, changed } = change.told ?? change
  if (action === 'delete' || action === 'forget') return change.id ? [`id: ${change.id}`] : []
  const told = (side: typeof after, name: string) =>
    text(definition.fields[name], side?.inputs[name], speech)
  if (action === 'create') {
    return Object.keys(after?.inputs ?? {}).map((name) => `${spell(name)}: ${told(after, name)}`)
  }
  return changed.map((name) => `${spell(name)}: ${told(before, name)} => ${told(after, name)}`)
}

const text = (field: Field | undefined, value: unknown, speech: Speech): string =>
  speech.shown(JSON.stringify(readable(field, value), shownTexts(speech)) ?? '(none)')

/** Text by text: what hides an address must not take the quotation mark behind it along. */
const shownTexts = (speech: Speech) => (_name: string, value: unknown) =>
  typeof value === 'string' ? speech.shown(value) : value

function readable(field: Field | undefined, value: unknown): unknown {
  if (value === unknown) return '(known after the deployment)'
  if (value === undefined) return undefined
  if (field?.marks.secret) return secret
  const fields = field && fieldsOf(field.kind)
  if (Array.isArray(value)) {
    return value.map((one) =>
      fields && isWire(one) ? members(fields, one) : readable(undefined, one),
    )
  }
  return isWire(value) ? members(fields ?? {}, value) : value
}

const members = (fields: Fields, record: Wire): Wire =>
  Object.fromEntries(
    Object.entries(record).map(([name, value]) => [name, readable(fields[name], value)]),
  )
