import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask } from '../fixtures/building'
import { constructsFolder } from '../fixtures/constructs-folder'
import { libraries } from '../fixtures/constructs'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 3)
const { spaces } = officeIds

for (const library of libraries) {
  const { name, core, seam } = library
  const { Door, Grant, GroupMembership, Person, Team } = seam

  some(
    `Constructs for ${name}: loops and iterators declare the same people and grants`,
    async (t) => {
      t.timeout(120_000)
      const office = await constructsFolder(t, library)
      const names = { ana: 'Ana Ruiz', bo: 'Bo Lindgren', carla: 'Carla Neri' }
      await office.synth((stack) => {
        const lobby = Door.fromSpace(stack, 'lobby', { name: 'Lobby' })
        for (const [id, fullName] of Object.entries(names)) {
          const person = new Person(stack, id, { fullName })
          new Grant(stack, `${id}-lobby`, { person, doors: [lobby] })
        }
        const listed = core.TerraformIterator.fromMap(
          Object.fromEntries(
            Object.entries(names).map(([id, fullName]) => [id, { fullName: `${fullName} 2` }]),
          ),
        )
        const people = new Person(stack, 'people', {
          forEach: listed,
          fullName: listed.getString('fullName'),
        })
        const each = core.TerraformIterator.fromResources(people.userIdentity)
        new Grant(stack, 'grants', {
          forEach: each,
          person: Person.fromUserIdentityId(each.getString('id')),
          doors: [lobby],
        })
      })
      await office.apply()
      t.deepEqual(await office.changes(), [])
      const { accessGrants, userIdentities } = office.sandbox.store
      const opens = accessGrants
        .all()
        .filter(({ space_ids: ids }) => ids.includes(spaces.lobby))
        .map(({ user_identity_id: id }) => userIdentities.get(String(id))?.full_name)
      for (const fullName of Object.values(names)) {
        t.true(opens.includes(fullName) && opens.includes(`${fullName} 2`), opens.join())
      }
      await office.destroy()
    },
  )

  some(
    `Constructs for ${name}: an escape hatch, an import and a move change nothing else`,
    async (t) => {
      t.timeout(120_000)
      const office = await constructsFolder(t, library)
      const { accessGrants, userIdentities } = office.sandbox.store
      const existing = await ask(office.sandbox, '/user_identities/create', {
        full_name: 'Grace Park',
      })
      const id = String(existing['user_identity']!['user_identity_id'])
      const people = userIdentities.all().length
      await office.synth((stack) => {
        const ana = new Person(stack, 'ana', { fullName: 'Ana Ruiz' })
        const { accessGrant } = new Grant(stack, 'ana-lobby', {
          person: ana,
          doors: [Door.fromIds({ spaceIds: [spaces.lobby] })],
        })
        accessGrant.addOverride('name', 'From an escape hatch')
        const grace = new Person(stack, 'grace', { fullName: 'Grace Park' })
        grace.userIdentity.importFrom(id)
      })
      await office.apply()
      t.is(userIdentities.all().length, people + 1)
      const [grant] = accessGrants.all().filter((one) => one.name === 'From an escape hatch')
      t.truthy(grant)

      // The person and the grant under other names, each told in one of the library's ways.
      await office.synth((stack) => {
        const ana = new Person(stack, 'ana-ruiz', { fullName: 'Ana Ruiz' })
        ana.userIdentity.moveFromId('seam_user_identity.ana')
        const floor = new core.TerraformElement(stack, 'floor') as never
        const { accessGrant } = new Grant(floor, 'lobby', {
          name: 'From an escape hatch',
          person: ana,
          doors: [Door.fromIds({ spaceIds: [spaces.lobby] })],
        })
        accessGrant.addMoveTarget('grant')
        const before = new Grant(stack, 'ana-lobby', {
          person: ana,
          doors: [Door.fromIds({ spaceIds: [spaces.lobby] })],
        })
        before.accessGrant.moveTo('grant')
        new Person(stack, 'grace', { fullName: 'Grace Park' })
      })
      t.deepEqual(await office.changes(), [])
      await office.apply()
      await office.destroy()
      t.false(accessGrants.has(grant!.access_grant_id))
      t.false(userIdentities.has(id))
    },
  )

  some(
    `Constructs for ${name}: two stacks share a person, and wait for what they name`,
    async (t) => {
      t.timeout(120_000)
      const office = await constructsFolder(t, library)
      const { endpoint, apiKey, store } = office.sandbox
      const outdir = join(office.folder, 'two')
      const app = new core.App({ outdir })
      const stack = (id: string) => {
        const own = new core.TerraformStack(app, id)
        new core.LocalBackend(own, { path: join(office.folder, `${id}.tfstate`) })
        new seam.SeamProvider(own, 'seam', { endpoint, apiKey })
        return own
      }
      const hr = stack('hr')
      const building = stack('building')
      const ana = new Person(hr, 'ana', { fullName: 'Ana Ruiz' })
      const lobby = Door.fromSpace(building, 'lobby', { name: 'Lobby' })
      const team = new Team(building, 'research', { doors: [lobby] }).add(ana)
      const cleaners = new (library.element('data-seam-access-group'))(building, 'cleaners', {
        name: 'Cleaners',
      }) as unknown as { acsAccessGroupId: string }
      new GroupMembership(building, 'ana-cleaners', {
        group: cleaners,
        person: ana,
        dependsOn: [team],
      })
      app.synth()
      const run = async (id: string, ...args: string[]) => {
        const done = await office.run(`-chdir=two/stacks/${id}`, ...args)
        t.is(done.code, 0, done.stdout + done.stderr)
        return done.stdout
      }
      for (const id of ['hr', 'building']) {
        await run(id, 'init')
        await run(id, 'apply', '-auto-approve')
        t.regex(await run(id, 'plan'), /No changes/)
      }
      const person = store.userIdentities.all().find((one) => one.full_name === 'Ana Ruiz')!
      const [grant] = store.accessGrants.where('user_identity_id', person.user_identity_id)
      t.deepEqual(grant?.space_ids, [spaces.lobby])
      const order = office.sandbox.requests.map(({ path }) => path)
      t.true(
        order.indexOf('/access_grants/create') < order.indexOf('/acs/access_groups/add_user'),
        order.join(),
      )
      await run('building', 'destroy', '-auto-approve')
      await run('hr', 'destroy', '-auto-approve')
      t.false(store.userIdentities.has(person.user_identity_id))
    },
  )
}
