export { ReviewError } from './errors'
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
export { json, report, reportVersion } from './json'
export { closing, goingOf, lossPass, notRevoked, passes } from './losses'
export { commentLimit, markdown } from './markdown'
export type { Change, Plan } from './plan'
export { reviewWithFacts } from './seen'
export { post, type Comment, type Forge, type Posted } from './post/comment'
export { githubPullRequest } from './post/github'
export { addressesIn, aliasOf, readPulumi, readState } from './pulumi'
export { isEmpty, review, type Review } from './review'
export { refusedRenames } from './renames'
export { readSettings, settingsFile, type ReviewSettings } from './settings'
export { text } from './text'
export { labelOf } from './reasons'
export { Speech, type Wording } from './speech'
export { headline } from './titles'
export type { Row } from './access'
