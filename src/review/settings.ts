import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv from 'ajv'
import { parseDocument } from 'yaml'
import { ReviewError } from './errors'
import schema from './schemas/settings.json'

/** What `seam-iac.yaml` says of reviews. */
export interface ReviewSettings {
  /** IANA name of the zone in which reports tell times. */
  readonly 'time-zone'?: string
  readonly guards?: {
    /** How many people may lose access in one plan: a number, a share of all who have any, or both. */
    readonly 'removal-limit'?: { readonly count?: number; readonly percent?: number }
    /** By name or id: people who lose nothing, groups and doors that stay as they are. */
    readonly protected?: {
      readonly people?: readonly string[]
      readonly groups?: readonly string[]
      readonly doors?: readonly string[]
    }
  }
}

export const settingsFile = 'seam-iac.yaml'

/** The settings of a folder; none where it has no `seam-iac.yaml`. */
export function readSettings(folder: string): ReviewSettings {
  const file = join(folder, settingsFile)
  const other = ['seam-iac.yml', 'seam-iac.json'].find((name) => existsSync(join(folder, name)))
  if (other) throw new ReviewError(`${other} is not read. Call it ${settingsFile}.`)
  return existsSync(file) ? parseSettings(readFileSync(file, 'utf8')) : {}
}

function parseSettings(text: string): ReviewSettings {
  const document = parseDocument(text)
  const [broken] = document.errors
  if (broken) throw unusable([broken.message.split('\n')[0]!.replace(/:$/, '')])
  const settings: unknown = document.toJS() ?? {}
  const validate = new Ajv({ allErrors: true }).compile<ReviewSettings>(schema)
  if (validate(settings)) return withZone(settings)
  throw unusable(
    (validate.errors ?? []).map(({ instancePath, message, params }) => {
      const extra = (params as { additionalProperty?: string }).additionalProperty
      return `${instancePath.slice(1).replaceAll('/', '.') || 'the file'} ${message}${extra ? ` (${extra})` : ''}`
    }),
  )
}

/** One that does not exist would be found out only where a time is told. */
function withZone(settings: ReviewSettings): ReviewSettings {
  const zone = settings['time-zone']
  if (zone === undefined || isTimeZone(zone)) return settings
  throw unusable([`time-zone is no IANA time zone, such as Europe/Berlin (${zone})`])
}

/** Whether a name is of a time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined
  } catch {
    return false
  }
}

const unusable = (reasons: string[]) =>
  new ReviewError(`${settingsFile} cannot be used: ${reasons.join('; ')}`)
