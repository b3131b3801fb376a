export * from './change'
export * from './fields'
export {
  brokenText,
  halves,
  isFreeText,
  isPersonal,
  plainNotes,
  quoted,
  sameValue,
  type Kind,
} from './kinds'
export * from './names'
export * from './resource'
export * from './rules'
export * from './secrets'
export * from './state'
export * from './value'
