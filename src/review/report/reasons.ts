import { replacementOf } from '../../schema'
import type { Row } from '../doors/row'
import { article, some } from './lists'
import type { Change, Plan } from '../plan/plan'

/** A sentence; what a program would spell the same way is code. */
export type Words = readonly (string | { readonly code: string })[]

/** A sentence as plain text. */
export const plainly = (words: Words): string =>
  words.map((word) => (typeof word === 'string' ? word : word.code)).join('')

/**
 * Why it happens: what the program changes, and what follows from it.
 *
 * @param formerly spells a resource by the name that it had
 */
export function reasonOf(row: Row, plan: Plan, formerly: (name: string) => string): Words {
  const { change, isReissue, isBeside, hasGap, via } = row
  if (change.isDrift) return drifted(row, plan)
  if (via && change.action === 'update' && change.definition.contains) {
    return ['the doors of the space change']
  }
  const cause =
    leftover(change) ??
    renamed(change, formerly) ??
    takenOver(change) ??
    ofList(row) ??
    causes[change.action] ??
    changed(change, plan, isReissue || hasGap)
  const follows = isReissue || hasGap ? reissue(row) : isBeside ? beside : ''
  return [...cause, ...(follows ? [`. ${follows}`] : [])]
}

const renamed = ({ renamed }: Change, formerly: (name: string) => string): Words | undefined =>
  renamed && ['takes the place of ', formerly(renamed.name)]

const causes: Partial<Record<Change['action'], Words>> = {
  create: ['new'],
  delete: ['removed from the program'],
}

/** What a new resource takes over is in Seam already. */
const takenOver = ({ action, before }: Change): Words | undefined =>
  action === 'create' && before ? ['takes over what Seam has'] : undefined

const leftover = ({ isLeftover }: Change): Words | undefined =>
  isLeftover ? ['left over from an earlier deployment'] : undefined

/** Where a list is the whole, who is in it says it all. */
function ofList({ change, after }: Row): Words | undefined {
  if (!change.definition.opens?.removes || change.action === 'delete') return undefined
  return [after ? 'in the list' : 'not in the list']
}

/** What others did, and so nothing that the program will do. */
function drifted({ change, via, after }: Row, { spell }: Plan): Words {
  const { action, definition } = change
  const outside = 'outside the program'
  if (via && definition.contains) return [`the doors of the space were changed ${outside}`]
  if (action === 'delete') return [`deleted ${outside}`]
  if (definition.opens?.removes) {
    return [`${after ? 'put into the' : 'taken out of the'} group ${outside}`]
  }
  return [...listed(ownNames(change).map(spell)), ` changed ${outside}`]
}

/** The properties that differ; where keys are issued anew, with the reason for a new object. */
function changed(change: Change, { spell }: Plan, isReissue: boolean): Words {
  const { replacing, definition, action } = change
  const names = ownNames(change)
  if (names.length === 0) return [action === 'replace' ? 'replaced on request' : 'changed']
  const reasons = (isReissue ? names : []).flatMap((name) => {
    const field = replacing.includes(name) ? definition.fields[name] : undefined
    return (field && replacementOf(field)?.reason) ?? []
  })
  const why = reasons.length > 0 ? [` (${some(reasons, 6)})`] : []
  return [...listed(names.map(spell)), names.length > 1 ? ' change' : ' changes', ...why]
}

/** What the program says differs: a new object takes a key of its own, if the program leaves that open. */
export const ownNames = ({ changed, replacing, definition }: Change): string[] =>
  changed.filter((name) => name !== definition.key || replacing.includes(name))

const listed = (names: readonly string[]): Words =>
  names.flatMap((code, at) => [...(at > 0 ? [', '] : []), { code }])

/** What a replacement says that lets the old object be. */
const beside =
  'What opens is issued again; the old one goes on working, because the old object stays.'

function reissue({ change, isReissue, hasGap }: Row): string {
  const { definition, action, after, isDeleteFirst } = change
  if (action === 'update') {
    return 'What opens is issued anew; the old one stops working, unless something else of the person shares it.'
  }
  const order = isDeleteFirst ? 'delete-first' : 'create-first'
  const inputs = after?.inputs ?? {}
  const isAsked = action === 'replace' && ownNames(change).length === 0
  const isLasting = definition.lasts?.({ order, inputs }) === true
  const isOtherPin = hasOtherPin(change) || (isReissue && isLasting)
  const follows = definition.replacing?.({ order, inputs, isAsked, isOtherPin, hasGap }) ?? ''
  return action === 'create' ? `It takes the place of what goes. ${follows}` : follows
}

/** Whether Seam shares another PIN of the person with what takes the place of a grant. */
export const hasOtherPin = ({ methods, sharing }: Change): boolean =>
  methods !== undefined &&
  Object.entries(sharing ?? {}).some(
    ([mode, ids]) => methods[mode] !== undefined && !ids.some((id) => methods[mode]!.includes(id)),
  )

/** `AccessGrant ana-lab`, `seam_access_grant.ana` */
export const labelOf = ({ definition, prefix, name, isForeign }: Change): string =>
  isForeign ? `${article(nounOf(definition.name))} that is not managed here` : prefix + name

const nounOf = (name: string) => name.replace(/^acs_|^access_group_/, '').replaceAll('_', ' ')
