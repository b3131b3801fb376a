export * from './pulumi/dynamic/lookups'
export * from './pulumi/dynamic/resources'
export { type Note } from './pulumi/dynamic/resource'
export {
  SeamApiError,
  SeamIacError,
  SeamLostAnswerError,
  SeamSettingsError,
  type SeamSettings,
} from './seam'
