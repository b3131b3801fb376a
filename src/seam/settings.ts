import { SeamSettingsError } from './errors'

/** Where to find Seam, and who asks. */
export interface SeamSettings {
  /** `https://connect.getseam.com` when left out. */
  endpoint?: string
  /** An API key of one workspace. */
  apiKey?: string
  /** A personal access token, of a user of several workspaces; needs `workspaceId`. */
  personalAccessToken?: string
  workspaceId?: string
  /** For how long a request is repeated before its failure is final, in milliseconds; 90 s when left out. */
  patience?: number
  /** How many requests are under way at once at most; 64 when left out. */
  concurrency?: number
}

type Environment = Record<string, string | undefined>

const defaultEndpoint = 'https://connect.getseam.com'

/**
 * The settings in force: the environment's credentials come before the given ones, because an
 * engine keeps what it was given in its state, and a rotated key must win over that.
 */
export function resolveSettings(given: SeamSettings, env: Environment = process.env): SeamSettings {
  const fromEnvironment = withoutBlanks({
    apiKey: env['SEAM_API_KEY'],
    personalAccessToken: env['SEAM_PERSONAL_ACCESS_TOKEN'],
  })
  const credentials =
    Object.keys(fromEnvironment).length > 0
      ? fromEnvironment
      : withoutBlanks({ apiKey: given.apiKey, personalAccessToken: given.personalAccessToken })
  const { patience, concurrency } = given
  return {
    ...(patience !== undefined && { patience }),
    ...(concurrency !== undefined && { concurrency }),
    ...withoutBlanks({
      endpoint: first(env['SEAM_ENDPOINT'], env['SEAM_API_URL'], given.endpoint),
      workspaceId: first(env['SEAM_WORKSPACE_ID'], given.workspaceId),
    }),
    ...credentials,
  }
}

const first = (...values: (string | undefined)[]) => values.find((value) => value?.trim())

/** Values without the line ends that files and pipelines leave on them; blank ones count as unset. */
const withoutBlanks = (values: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const text = value?.trim()
      return text ? [[name, text]] : []
    }),
  )

/** The endpoint and headers that the settings ask for, or an error that says what to set. */
export function connection(settings: SeamSettings): {
  endpoint: string
  headers: Record<string, string>
} {
  return { endpoint: checkedEndpoint(settings.endpoint), headers: headersFor(settings) }
}

function checkedEndpoint(endpoint = defaultEndpoint): string {
  if (!URL.canParse(endpoint) || !/^https?:/.test(endpoint)) {
    throw new SeamSettingsError(
      `SEAM_ENDPOINT must be an http(s) address, such as ${defaultEndpoint}`,
    )
  }
  return endpoint.replace(/(?<!\/)\/+$/, '')
}

function headersFor({ apiKey, personalAccessToken, workspaceId }: SeamSettings) {
  if (apiKey && personalAccessToken) {
    throw new SeamSettingsError(
      'Both an API key and a personal access token are set. Unset SEAM_API_KEY or SEAM_PERSONAL_ACCESS_TOKEN: only one can say which workspace is meant.',
    )
  }
  for (const credential of [apiKey, personalAccessToken, workspaceId]) assertPlain(credential)
  if (apiKey) return { authorization: `Bearer ${checkedApiKey(apiKey)}` }
  if (personalAccessToken) {
    if (!personalAccessToken.startsWith('seam_at')) {
      throw new SeamSettingsError(
        'The personal access token does not begin with seam_at. Set SEAM_PERSONAL_ACCESS_TOKEN to a personal access token, or SEAM_API_KEY to an API key.',
      )
    }
    if (!workspaceId) {
      throw new SeamSettingsError(
        'A personal access token reaches several workspaces. Set SEAM_WORKSPACE_ID (or seam:workspaceId in Pulumi, workspace_id in Terraform) to the one that is meant.',
      )
    }
    return { authorization: `Bearer ${personalAccessToken}`, 'seam-workspace': workspaceId }
  }
  throw new SeamSettingsError(
    'No Seam credentials. Set SEAM_API_KEY, or tell the provider: in Pulumi, pulumi config set --secret seam:apiKey <key>; in Terraform, api_key.',
  )
}

/** What a header cannot hold would be left out of it, and Seam would get another credential. */
function assertPlain(credential: string | undefined): void {
  if (credential === undefined || /^[\x21-\x7e]+$/.test(credential)) return
  throw new SeamSettingsError(
    'An API key, token or workspace id holds a blank, a line end or another character that none of them has. Copy it again from the Seam Console.',
  )
}

const otherTokens: Record<string, string> = {
  seam_at: 'a personal access token: set SEAM_PERSONAL_ACCESS_TOKEN and SEAM_WORKSPACE_ID instead',
  seam_cst: 'a client session token, which cannot manage access: use an API key',
  seam_pk: 'a publishable key, which cannot manage access: use an API key',
}

function checkedApiKey(apiKey: string): string {
  for (const [prefix, what] of Object.entries(otherTokens)) {
    if (apiKey.startsWith(prefix)) throw new SeamSettingsError(`The API key is ${what}.`)
  }
  if (!apiKey.startsWith('seam_')) {
    throw new SeamSettingsError(
      'The API key does not begin with seam_. Copy it again from the Seam Console.',
    )
  }
  return apiKey
}
