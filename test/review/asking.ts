import type { ExecutionContext } from 'ava'
import { Session } from '../../src/provider'
import { report, reviewWithFacts, type Plan, type Review } from '../../src/review'
import { buildingIds, buildingSeed, type Sandbox } from '../../src/sandbox'
import { swapName } from '../../src/schema'
import { ask, sandboxFor } from '../fixtures/building'
import { now, planOf, same, wording, type Given } from './plans'

/**
 * Two people, each with a user of the system, and the first one in the one group. The group opens both
 * doors; each space has one of them, and the first space a lock as well.
 */
export const houseFor = (t: ExecutionContext): Promise<Sandbox> =>
  sandboxFor(t, {
    seed: buildingSeed({
      people: 2,
      grants: 0,
      groups: 1,
      membersPerGroup: 1,
      doors: 2,
      devices: 1,
      spaces: 2,
    }),
  })

const { userIdentity, acsUser, space, entrance, device, accessGroup, system } = buildingIds

/** The ids of the house. */
export const house = {
  people: [userIdentity(1), userIdentity(2)],
  users: [acsUser(1), acsUser(2)],
  spaces: [space(1), space(2)],
  doors: [entrance(1), entrance(2)],
  lock: device(1),
  group: accessGroup(1),
  system,
} as const

const wire = (given: Given): Given =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [swapName(name), value]))

/** A grant that Seam has; what programs spell in camelCase. Answers its id. */
export async function granted(sandbox: Sandbox, given: Given): Promise<string> {
  const { access_grant: made } = await ask(sandbox, '/access_grants/create', wire(given))
  return String(made!['access_grant_id'])
}

/** A credential that Seam has. Answers its id. */
export async function issued(sandbox: Sandbox, given: Given): Promise<string> {
  const { acs_credential: made } = await ask(sandbox, '/acs/credentials/create', wire(given))
  return String(made!['acs_credential_id'])
}

/** A grant of the first person by PIN; more of it where a test is about that. */
export const pin = (more: Given): Given => ({
  userIdentityId: house.people[0],
  requestedAccessMethods: [{ mode: 'code' }],
  ...more,
})

/** The review of a plan by somebody who has a key. */
export async function asked(sandbox: Sandbox, plan: Plan, at = now): Promise<Review> {
  const session = new Session()
  session.configure({ endpoint: sandbox.endpoint, apiKey: sandbox.apiKey })
  return reviewWithFacts(plan, session, { now: at })
}

/** The same of the steps of a plan. */
export const askedOf = (sandbox: Sandbox, ...steps: object[]): Promise<Review> =>
  asked(sandbox, planOf(...steps))

/** A resource of the first person's user. */
export const user = (more: Given = {}) =>
  same('AcsUser', 'one', house.users[0], {
    acsSystemId: house.system,
    fullName: 'Person 1',
    userIdentityId: house.people[0],
    ...more,
  })

type Row = ReturnType<typeof report>['losses'][number]

/** Every row of a review: `losses: Person 1: Door 1`, with what it opens instead. */
export function lines(seen: Review): string[] {
  const said = report(seen, [], wording)
  const line = ({ person, doors, via, besides, before, after }: Row) => {
    const names = (all: readonly { name: string }[]) => all.map(({ name }) => name).join(', ')
    const window = [before, after].map((one) => one && (one.until?.slice(0, 10) ?? 'no end'))
    const rest = (besides ?? []).map((one) => ` but ${names(one.doors)}`)
    return `${person.name}: ${names(doors)}${via ? ` in ${via.name}` : ''}${rest.join('')} (${window.map((one) => one ?? '–').join(' > ')})`
  }
  return (['losses', 'gains', 'windows', 'means', 'reissues', 'covered'] as const).flatMap((name) =>
    said[name].map((row) => `${name}: ${line(row)}`),
  )
}
