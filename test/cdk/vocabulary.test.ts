import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import type * as cdktf from 'cdktf'
import { localFolder } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { libraries, stackOf, synthesized, type Library } from '../fixtures/constructs'
import { cleanEnvironment } from '../fixtures/pulumi'
import { wantedEngine } from '../fixtures/terraform'

/** A building that uses every word of the vocabulary. */
function building(library: Library, stack: cdktf.TerraformStack) {
  const { core, seam } = library
  const { Door, EveryGrantEnds, Grant, GroupMembership, Person, Team } = seam
  const lobby = Door.fromSpace(stack, 'lobby', { name: 'Lobby' })
  const studio = new Door(stack, 'studio', {
    name: 'Studio',
    doors: [
      Door.fromEntrance(stack, 'meeting-room', { name: 'Meeting Room' }),
      Door.fromDevice(stack, 'locker', { name: 'Locker' }),
    ],
  })
  const ana = new Person(stack, 'ana', { fullName: 'Ana Ruiz', userIdentityKey: 'staff-1001' })
  const bo = Person.fromUserIdentity(stack, 'bo', { emailAddress: 'bo@example.com' })
  const Group = library.element('data-seam-access-group')
  const cleaners = new Group(stack, 'cleaners', { name: 'Cleaners' }) as never
  const team = new Team(stack, 'design', {
    doors: [lobby, studio],
    groups: [cleaners],
    endsAt: '2027-06-30T18:00:00+02:00',
  })
  team.add(ana, { opensWith: ['mobile_key', { mode: 'code', code: '736251' }] }).add(bo)
  core.Aspects.of(team).add(new EveryGrantEnds())
  new Grant(stack, 'garage', {
    person: ana,
    doors: [Door.fromIds({ acsEntranceIds: ['20000000-0000-4000-8000-000000000001'] })],
    startsAt: '2027-01-01T09:00:00Z',
    dependsOn: [team],
  })
  const employees = new Group(stack, 'employees', { name: 'Employees' }) as never
  new GroupMembership(stack, 'bo-employees', { group: employees, person: bo })
}

const built = libraries.map((library) => {
  const stack = stackOf(library, 'office')
  building(library, stack)
  return { library, stack, json: library.core.Testing.synth(stack, true) }
})

test('Constructs: what the vocabulary declares', (t) => {
  t.snapshot(JSON.parse(built[0]!.json))
})

test('Constructs: both libraries declare the same', (t) => {
  const [first, second] = built
  t.deepEqual(JSON.parse(second!.json), JSON.parse(first!.json))
})

for (const { library, json } of built) {
  const { name, core, seam } = library
  const { Testing } = core

  test(`Constructs for ${name}: the helpers of the library find what is declared`, (t) => {
    t.true(
      Testing.toHaveResourceWithProperties(json, 'seam_user_identity', {
        full_name: 'Ana Ruiz',
        user_identity_key: 'staff-1001',
      }),
    )
    t.true(
      Testing.toHaveResourceWithProperties(json, 'seam_access_grant', {
        requested_access_methods: [{ mode: 'code' }],
        ends_at: '2027-06-30T18:00:00+02:00',
      }),
    )
    t.true(Testing.toHaveDataSourceWithProperties(json, 'seam_space', { name: 'Lobby' }))
    t.true(Testing.toHaveProvider(json, 'seam'))
    t.false(Testing.toHaveResource(json, 'seam_acs_user'))
  })

  for (const hclOutput of [false, true]) {
    const language = hclOutput ? 'HCL' : 'JSON'
    test(`Constructs for ${name}: the engine validates what is declared, as ${language}`, async (t) => {
      t.timeout(120_000)
      const { command } = await ensureTerraform(wantedEngine)
      mkdirSync(localFolder, { recursive: true })
      const home = mkdtempSync(join(localFolder, 'constructs-'))
      t.teardown(() => rmSync(home, { recursive: true, force: true }))
      // As the CLI says it.
      process.env['SYNTH_HCL_OUTPUT'] = String(hclOutput)
      const app = new core.App({ outdir: join(home, 'out') })
      const own = new core.TerraformStack(app, 'office')
      delete process.env['SYNTH_HCL_OUTPUT']
      new seam.SeamProvider(own, 'seam')
      building(library, own)
      app.synth()
      // Of a project of ES modules, in which Node takes the plugin for one unless it is told otherwise.
      writeFileSync(join(home, 'package.json'), '{"type":"module"}')
      const run = (...args: string[]) =>
        capture(command, args, {
          cwd: join(home, 'out/stacks/office'),
          env: { ...cleanEnvironment(), HOME: home, CHECKPOINT_DISABLE: 'true' },
          deadline: 120_000,
        })
      const init = await run('init', '-backend=false', '-no-color')
      t.is(init.code, 0, init.stdout + init.stderr)
      const validated = await run('validate', '-no-color')
      t.is(validated.code, 0, validated.stdout + validated.stderr)
    })
  }

  test(`Constructs for ${name}: a new grant comes first, unless Seam takes no second one`, (t) => {
    const own = stackOf(library)
    const { Door, Grant, Person } = seam
    const person = new Person(own, 'ana', { fullName: 'Ana Ruiz' })
    const doors = [Door.fromSpace(own, 'lobby', { name: 'Lobby' })]
    new Grant(own, 'automatic', { person, doors })
    new Grant(own, 'with-key', { person, doors, accessGrantKey: 'ana' })
    new Grant(own, 'reserved', { person, doors, reservationKey: 'r-1' })
    new Grant(own, 'with-pin', { person, doors, opensWith: [{ mode: 'code', codeWo: '736251' }] })
    new Grant(own, 'as-told', { person, doors, lifecycle: { preventDestroy: true } })
    const grants = synthesized(library, own).resource!['seam_access_grant']!
    const lifecycles = Object.entries(grants).map(([id, { lifecycle }]) => [id, lifecycle])
    t.deepEqual(Object.fromEntries(lifecycles), {
      automatic: { create_before_destroy: true },
      'with-key': undefined,
      reserved: undefined,
      'with-pin': undefined,
      'as-told': { prevent_destroy: true },
    })
  })

  test(`Constructs for ${name}: an empty list of members reaches the engine`, (t) => {
    const own = stackOf(library)
    const Exclusive = library.element('access-group-members-exclusive')
    new Exclusive(own, 'nobody', {
      acsAccessGroupId: '40000000-0000-4000-8000-000000000002',
      acsUserIds: [],
      allowEmpty: true,
    })
    const { nobody } = synthesized(library, own).resource!['seam_access_group_members_exclusive']!
    t.deepEqual(nobody!['acs_user_ids'], [])
  })

  test(`Constructs for ${name}: what a team says holds where a member says nothing`, (t) => {
    const own = stackOf(library)
    const { Door, Person, Team } = seam
    const doors = [Door.fromSpace(own, 'lobby', { name: 'Lobby' })]
    const endsAt = '2027-06-30T18:00:00Z'
    new Team(own, 'team', { doors, endsAt })
      .add(new Person(own, 'ana', {}), { endsAt: undefined })
      .add(new Person(own, 'bo', {}), { endsAt: '2027-01-01T00:00:00Z' })
    const grants = Object.values(synthesized(library, own).resource!['seam_access_grant']!)
    t.deepEqual(
      grants.map((one) => one['ends_at']),
      [endsAt, '2027-01-01T00:00:00Z'],
    )
  })

  test(`Constructs for ${name}: a grant that never ends is refused where every grant ends`, (t) => {
    const own = stackOf(library)
    const { Door, EveryGrantEnds, Person, Team } = seam
    const team = new Team(own, 'contractors', {
      doors: [Door.fromSpace(own, 'lobby', { name: 'Lobby' })],
    })
    team.add(new Person(own, 'jo', { fullName: 'Jo Park' }))
    core.Aspects.of(team).add(new EveryGrantEnds())
    const error = t.throws(() => synthesized(library, own))
    t.regex(error.message, /\[stack\/contractors\/jo\/Default\] `endsAt` is required here/)
  })
}
