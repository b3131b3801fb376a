import {
  exitCodeOf,
  guard,
  goingOf,
  lossPass,
  passes as allPasses,
  readPulumi,
  report,
  review,
  type Plan,
  type Review,
  type ReviewSettings,
} from '../../src/review'

/** Properties of a resource, as a program gives them. */
export type Given = Record<string, unknown>

const stack = 'test::program'

export const urnOf = (type: string, name: string) =>
  `urn:pulumi:${stack}::pulumi-nodejs:dynamic/seam:${type}::${name}`

/** An id that tells which one it is. */
export const idOf = (number: number) =>
  `${String(number).padStart(8, '0')}-0000-4000-9000-000000000000`

/** What the engine says of a value that only a deployment will tell. */
export const later = '04da6b54-80e4-46f7-96ec-b56ff0331ba9'

/** What a step is about; more of it where a test is about that. */
export interface Told {
  type: string
  name: string
  id?: string
  before?: Given
  after?: Given
  refers?: Record<string, string[]>
  old?: Given
  next?: Given
}

/** A step of `pulumi preview --json`, as far as a review reads it. */
export function step(op: string, { type, name, id, before, after, refers = {}, ...more }: Told) {
  const urn = urnOf(type, name)
  const common = { urn, type: `pulumi-nodejs:dynamic/seam:${type}`, propertyDependencies: refers }
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])]
  const changed = names.filter(
    (one) => JSON.stringify(before?.[one]) !== JSON.stringify(after?.[one]),
  )
  return {
    op,
    urn,
    ...(before && { oldState: { ...common, id, inputs: before, outputs: before, ...more.old } }),
    ...(after && { newState: { ...common, inputs: after, ...more.next } }),
    ...(before && after && { diffReasons: changed }),
    ...(op === 'replace' && { replaceReasons: changed }),
  }
}

export const same = (type: string, name: string, id: string, given: Given) =>
  step('same', { type, name, id, before: given, after: given })

export const planOf = (...steps: object[]): Plan =>
  readPulumi(JSON.stringify({ steps, changeSummary: {} }))

/** When all these plans are reviewed. */
export const now = Date.parse('2030-03-01T09:00:00Z')

export const reviewOf = (...steps: object[]) => review(planOf(...steps), { now })

/** How the reports of these plans are worded. */
export const wording = { timeZone: 'UTC', showContacts: false }

export const [anaId, boId, labId, serversId, grantId, userId] = [1, 2, 3, 4, 5, 6].map(idOf) as [
  string,
  string,
  string,
  string,
  string,
  string,
]
export const ana = same('UserIdentity', 'ana', anaId, { fullName: 'Ana Ruiz' })
export const bo = same('UserIdentity', 'bo', boId, { fullName: 'Bo Lindgren' })
/** A door of its own for each space: one without any opens nothing. */
export const withDoor = (number: number) => ({
  acsEntranceIds: [idOf(100 + number)],
  deviceIds: [],
})
export const lab = same('Space', 'lab', labId, { name: 'Lab', ...withDoor(3) })
export const servers = same('Space', 'servers', serversId, { name: 'Servers', ...withDoor(4) })

/** A card for Ana. */
export const grant = (spaceIds: string[], more: Given = {}) => ({
  userIdentityId: anaId,
  spaceIds,
  requestedAccessMethods: [{ mode: 'card' }],
  ...more,
})

/** The end of such a grant. */
export const gone = (spaceIds: string[], more: Given = {}) =>
  step('delete', { type: 'AccessGrant', name: 'g', id: grantId, before: grant(spaceIds, more) })

/** A change of such a grant. */
export const edited = (before: Given, after: Given, more: Partial<Told> = {}) =>
  step('update', { type: 'AccessGrant', name: 'g', id: grantId, before, after, ...more })

/** Who loses, gains, or keeps what with changes: `Ana Ruiz: Lab`. */
export function told(seen: Review) {
  const { losses, gains, windows } = report(seen, [], wording)
  const lines = (rows: typeof losses) =>
    rows.map(({ person, doors }) => `${person.name}: ${doors.map(({ name }) => name).join(', ')}`)
  return { losses: lines(losses), gains: lines(gains), windows: lines(windows) }
}

/** What a command ends with under these guards. */
export const fires = (seen: Review, guards: NonNullable<ReviewSettings['guards']>) =>
  exitCodeOf(guard(seen, { guards }, [], wording))

/** The addresses of what is applied before the rest, run by run, where each run does what it shall. */
export function runsOf(seen: Review): string[][] {
  const gone = new Set<string>()
  return allPasses
    .map((pass) => {
      const targets = lossPass(seen, pass, gone)
      for (const one of goingOf(seen, targets)) gone.add(one)
      return targets
    })
    .filter((targets) => targets.length > 0)
}

/** The same by name. */
export const passes = (seen: Review) =>
  runsOf(seen).map((run) => run.map((urn) => urn.replace(/^.*::/, '')))
