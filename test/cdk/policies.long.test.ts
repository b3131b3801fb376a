import test from 'ava'
import fc from 'fast-check'
import type { Sandbox } from '../../src/sandbox'
import { libraries, type Library } from '../fixtures/constructs'
import { constructsFolder, type ConstructsFolder } from '../fixtures/constructs-folder'
import { isQuick } from '../fixtures/share'

const people = ['ana', 'bo', 'carla', 'dayo', 'emre']
const places = ['Lobby', 'Lab', 'Offices', 'Garage']
const some = <T>(all: readonly T[]) => fc.uniqueArray(fc.constantFrom(...all))

/** A team of some people; one without doors gives nothing but its group. */
const team = fc.record({
  doors: some(places),
  members: some(people),
  endsAt: fc.constantFrom(undefined, '2030-01-01T00:00:00.000Z', '2031-01-01T00:00:00.000Z'),
  opensWith: fc.constantFrom(['code'], ['card'], ['code', 'mobile_key']),
})

/** Who is in which team; whose members are in the group too, since two memberships would be one. */
const policy = fc.record({
  people: some(people),
  teams: fc.array(team, { minLength: 1, maxLength: 3 }),
  grouped: fc.nat({ max: 3 }),
})

type Policy = typeof policy extends fc.Arbitrary<infer T> ? T : never

/** What each team gives to whom, as far as there are such people and it gives anything. */
const teamsOf = ({ people: all, teams, grouped }: Policy) =>
  teams.map(({ members, ...given }, at) => {
    const isGrouped = at === grouped
    const gives = isGrouped || given.doors.length > 0
    return { ...given, isGrouped, members: gives ? members.filter((one) => all.includes(one)) : [] }
  })

const declare = (office: ConstructsFolder, { seam, element }: Library, wanted: Policy) =>
  office.synth((stack) => {
    const { Door, Person, Team } = seam
    const doorOf = new Map(
      places.map((name) => [name, Door.fromSpace(stack, `space-${name}`, { name })]),
    )
    const Group = element('data-seam-access-group')
    const group = new Group(stack, 'cleaners', { name: 'Cleaners' }) as never
    const personOf = new Map(
      wanted.people.map((id) => [id, new Person(stack, id, { fullName: id, userIdentityKey: id })]),
    )
    for (const [at, { doors, members, isGrouped, endsAt, opensWith }] of teamsOf(
      wanted,
    ).entries()) {
      const access = doors.length > 0 ? { endsAt, opensWith } : {}
      const own = new Team(stack, `team-${at}`, {
        doors: doors.map((name) => doorOf.get(name)!),
        groups: isGrouped ? [group] : [],
        ...access,
      })
      for (const one of members) own.add(personOf.get(one)!)
    }
  })

const lines = (wanted: Policy) =>
  teamsOf(wanted).flatMap(({ doors, members, endsAt, opensWith }) =>
    doors.length === 0
      ? []
      : members.map((one) =>
          [one, [...doors].sort(), endsAt ?? '', [...opensWith].sort()].join(' '),
        ),
  )

/** The same of what Seam has; a method that was taken away stands there still, and opens nothing. */
const linesIn = ({ store }: Sandbox, others: ReadonlySet<string>) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_id: id }) => !others.has(id))
    .map(
      ({
        user_identity_id: id,
        space_ids: spaces,
        ends_at: end,
        requested_access_methods: all,
      }) => {
        const names = spaces.map((space) => store.spaces.get(space)!.name).sort()
        const modes = all
          .filter((one) => one.created_access_method_ids.length > 0)
          .map(({ mode }) => mode)
        return [
          store.userIdentities.get(String(id))!.full_name,
          names,
          end ?? '',
          modes.sort(),
        ].join(' ')
      },
    )

for (const [at, library] of libraries.entries()) {
  test.serial(
    `Constructs for ${library.name}: whatever policy follows another, Seam has the last one`,
    async (t) => {
      t.timeout(300_000)
      const office = await constructsFolder(t, library)
      const { store } = office.sandbox
      const others = new Set(store.accessGrants.all().map((one) => one.access_grant_id))
      const edges = store.memberships.all().length
      for (const wanted of fc.sample(policy, { numRuns: isQuick ? 2 : 12, seed: 77 + at })) {
        await declare(office, library, wanted)
        await office.apply()
        t.deepEqual(await office.changes(), [])
        t.deepEqual(linesIn(office.sandbox, others).sort(), lines(wanted).sort())
        const grouped = teamsOf(wanted).flatMap(({ isGrouped, members }) =>
          isGrouped ? members : [],
        )
        t.is(store.memberships.all().length, edges + grouped.length)
      }
      await office.destroy()
      t.is(store.accessGrants.all().length, others.size)
    },
  )
}
