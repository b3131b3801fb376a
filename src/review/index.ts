export { ReviewError } from './errors'
export type {} from './doors/access'
export type { Row } from './doors/row'
export {
  exitCodeOf,
  exitCodes,
  guard,
  guardNames,
  onDuty,
  unmatched,
  type Fired,
  type GuardName,
} from './guards'
export { reviewWithFacts } from './live/seen'
export { closing, goingOf, lossPass, notRevoked, passes, type Pass } from './losses'
export type { Change, Plan } from './plan/plan'
export { readPulumi } from './pulumi/read'
export { addressesIn, readState } from './pulumi/state'
export { diagnosticsIn } from './terraform/diagnostics'
export { actionsIn, isTerraformPlan, readTerraform } from './terraform/read'
export { readTerraformState, terraformAddresses } from './terraform/state'
export type { Kept } from './plan/kept'
export { refusedRenames } from './plan/renames'
export { post, type Comment, type Forge, type Posted } from './post/comment'
export { githubPullRequest } from './post/github'
export { json, report, reportVersion } from './report/json'
export { commentLimit, markdown } from './report/markdown'
export { labelOf } from './report/reasons'
export { Speech, type Wording } from './report/speech'
export { text } from './report/text'
export { headline } from './report/titles'
export { isEmpty, review, type Review } from './review'
export { readSettings, settingsFile, type ReviewSettings } from './settings'
