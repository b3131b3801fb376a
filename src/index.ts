export * from './pulumi/generated/lookups'
export * from './pulumi/generated/resources'
export { type Note } from './pulumi/dynamic/resource'
export {
  SeamApiError,
  SeamIacError,
  SeamLostAnswerError,
  SeamSettingsError,
  type SeamSettings,
} from './seam'
