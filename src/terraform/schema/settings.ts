import {
  checkInputs,
  duration,
  id,
  integer,
  isAbsent,
  milliseconds,
  text,
  unknown,
  type Problem,
  type Wire,
} from '../../schema'
import type { SeamSettings } from '../../seam'

const fields = {
  api_key: text('An API key of the workspace; the variable SEAM_API_KEY comes first.')
    .optional()
    .secret(),
  personal_access_token: text(
    'A personal access token, instead of an API key; goes with ‹workspace_id›. The variable SEAM_PERSONAL_ACCESS_TOKEN comes first.',
  )
    .optional()
    .secret(),
  workspace_id: id('The workspace that a personal access token is used for.').optional(),
  endpoint: text('The address of Seam; the variable SEAM_ENDPOINT comes first.').optional(),
  namespace: text(
    'Sets this configuration apart from another one of the same workspace that declares equal objects: the automatic keys of its objects follow from it.',
  ).optional(),
  retry_timeout: duration(
    'For how long a request is repeated that Seam turns away or does not answer; 90s when left out.',
  ).optional(),
  max_concurrency: integer(
    'How many requests are under way at once at most; 64 when left out.',
    1,
  ).optional(),
  construct_paths: text(
    'Which construct declares which resource, as JSON: the constructs for CDKTF and CDK Terrain write it for `seam-iac review`.',
  ).optional(),
}

/** The provider's own configuration. */
export const providerFields = fields

export const settingProblems = (config: Wire): Problem[] => checkInputs({ fields }, config).problems

/** The settings; nothing while one of them is known only after a deployment. */
export function settingsFrom(config: Wire): SeamSettings | undefined {
  if (Object.values(config).includes(unknown)) return undefined
  const given = {
    apiKey: config['api_key'],
    personalAccessToken: config['personal_access_token'],
    workspaceId: config['workspace_id'],
    endpoint: config['endpoint'],
    patience: isAbsent(config['retry_timeout'])
      ? undefined
      : milliseconds(String(config['retry_timeout'])),
    concurrency: config['max_concurrency'],
  }
  return Object.fromEntries(Object.entries(given).filter(([, value]) => !isAbsent(value)))
}
