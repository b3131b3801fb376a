export * from './change'
export { brokenText, halves, isId } from './check'
export * from './durations'
export * from './fields'
export { checkInputs, isOver, isUpdatable, patchOf } from './inputs'
export { fieldsOf, formatOf, isMany, wordsOf, type Kind, type KindOf } from './kinds'
export { hint, hintCodes, withHints, type Hint } from './hints'
export * from './names'
export { closedNote, isPersonal, noteMembers, plainNotes } from './notes'
export { assertResources, resourceFor } from './definition'
export * from './resource'
export * from './roles'
export {
  atMostOne,
  exactlyOne,
  inOrder,
  notEmptyUnless,
  onlyWith,
  onlyWithIn,
  requiredBeside,
  sentenceOf,
  someOf,
  type Rule,
} from './rules'
export { entriesOf, paired, sameValue, type Entries } from './same'
export * from './secrets'
export { spelled } from './spell'
export * from './state'
export * from './value'
