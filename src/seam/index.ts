export * from './client'
export * from './errors'
export { hide, redact } from './redact'
export * from './settings'
