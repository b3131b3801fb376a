import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, writes } from '../fixtures/building'
import { of, resource } from '../fixtures/hcl'
import { terraformFolder, type TerraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 8)

const { spaces, systems, acsUsers, accessGroups, entrances, devices } = officeIds

const person = (more = {}) => resource('user_identity', 'ana', { full_name: 'Ana Ruiz', ...more })

const grant = (more = {}) =>
  resource('access_grant', 'ana', {
    user_identity_id: of('seam_user_identity.ana.id'),
    space_ids: [spaces.lobby],
    ends_at: '2031-06-01T10:00:00Z',
    requested_access_methods: [{ mode: 'code' }],
    ...more,
  })

const user = (more = {}) =>
  resource('acs_user', 'eve', {
    acs_system_id: systems.saltoKs,
    full_name: 'Eve Novak',
    ...more,
  })

const member = resource('access_group_membership', 'eve', {
  acs_access_group_id: accessGroups.employees,
  acs_user_id: of('seam_acs_user.eve.id'),
})

const idOf = async (office: TerraformFolder, address: string) => {
  const resources = await office.resources()
  return String(resources.find((one) => one.address === address)!.values['id'])
}

/** Everything that a store holds, as ids. */
const everything = ({ sandbox: { store } }: TerraformFolder) =>
  [
    ...store.userIdentities.all().map((one) => one.user_identity_id),
    ...store.accessGrants.all().map((one) => one.access_grant_id),
    ...store.acsUsers.all().map((one) => one.acs_user_id),
    ...store.spaces.all().map((one) => one.space_id),
    ...store.memberships.all().map((one) => one.membership_id),
    ...store.acsCredentials.all().map((one) => one.acs_credential_id),
  ].sort()

some(
  'Leaving: destroy beside strangers takes what is declared, and nothing of theirs',
  async (t) => {
    const space = resource('space', 'lab', { name: 'Lab 2', device_ids: [devices.gymLock] })
    const office = await terraformFolder(t, person() + grant() + user() + member + space)
    const { sandbox } = office
    // Whoever was there before: members, users, people, grants, spaces.
    const before = everything(office)
    await office.apply()
    // And who comes later, to the same group, the same doors, the same space.
    const stranger = await ask(sandbox, '/user_identities/create', { full_name: 'Stranger' })
    const { user_identity_id } = stranger['user_identity']!
    const doors = { space_ids: [spaces.lobby, await idOf(office, 'seam_space.lab')] }
    await ask(sandbox, '/access_grants/create', {
      user_identity_id,
      ...doors,
      requested_access_methods: [{ mode: 'code' }],
    })
    await ask(sandbox, '/acs/access_groups/add_user', {
      acs_access_group_id: accessGroups.employees,
      acs_user_id: acsUsers.saltoDev,
    })
    const ours = new Set([
      ...(await Promise.all(
        [
          'seam_user_identity.ana',
          'seam_access_grant.ana',
          'seam_acs_user.eve',
          'seam_space.lab',
          'seam_access_group_membership.eve',
        ].map((address) => idOf(office, address)),
      )),
    ])
    t.is(ours.size, 5)
    t.deepEqual(await office.changes(), [])
    const after = everything(office).filter((id) => !ours.has(id))
    t.true(after.length >= before.length + 3)
    await office.destroy()
    // What a method of our grant was on a system went with it.
    const left = new Set(everything(office))
    t.deepEqual(
      [...ours].filter((id) => left.has(id)),
      [],
    )
    t.deepEqual(
      before.filter((id) => !left.has(id)),
      [],
    )
    t.true(left.has(String(user_identity_id)))
    t.true(left.has(`${accessGroups.employees}/${acsUsers.saltoDev}`))
  },
)

some(
  'Leaving: a person with a grant of somebody else stays, until the configuration says otherwise',
  async (t) => {
    const office = await terraformFolder(t, person())
    await office.apply()
    const user_identity_id = await idOf(office, 'seam_user_identity.ana')
    const made = await ask(office.sandbox, '/access_grants/create', {
      user_identity_id,
      acs_entrance_ids: [entrances.roof],
      requested_access_methods: [{ mode: 'code' }],
    })
    const access_grant_id = String(made['access_grant']!['access_grant_id'])
    const { stdout, stderr, code } = await office.run('destroy', '-auto-approve')
    t.is(code, 1)
    t.true((stdout + stderr).includes(access_grant_id), stdout + stderr)
    t.regex(stdout + stderr, /delete_cascade/)
    const { store } = office.sandbox
    t.truthy(store.userIdentities.get(user_identity_id))
    t.truthy(store.accessGrants.get(access_grant_id))
    t.deepEqual(await office.changes(), [])

    await office.write(person({ delete_cascade: true }))
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.destroy()
    t.is(store.userIdentities.get(user_identity_id), undefined)
  },
)

for (const refresh of ['-refresh=true', '-refresh=false']) {
  some(
    `Leaving: destroy with ${refresh} ends well where somebody deleted what it hangs on`,
    async (t) => {
      const credential = resource('acs_credential', 'eve', {
        access_method: 'code',
        acs_user_id: of('seam_acs_user.eve.id'),
        code: '482917',
      })
      const office = await terraformFolder(t, person() + grant() + user() + member + credential)
      await office.apply()
      await ask(office.sandbox, '/user_identities/delete', {
        user_identity_id: await idOf(office, 'seam_user_identity.ana'),
      })
      await ask(office.sandbox, '/acs/users/delete', {
        acs_user_id: await idOf(office, 'seam_acs_user.eve'),
      })
      const done = await office.run('destroy', '-auto-approve', refresh)
      t.is(done.code, 0, done.stdout + done.stderr)
      t.deepEqual(await office.resources(), [])
    },
  )
}

some('Leaving: destroy ends well where everything was deleted by hand', async (t) => {
  const office = await terraformFolder(t, person() + grant() + user() + member)
  await office.apply()
  const { store } = office.sandbox
  const grantId = await idOf(office, 'seam_access_grant.ana')
  store.accessGrants.delete(grantId)
  store.userIdentities.delete(await idOf(office, 'seam_user_identity.ana'))
  store.memberships.delete(await idOf(office, 'seam_access_group_membership.eve'))
  store.acsUsers.delete(await idOf(office, 'seam_acs_user.eve'))
  const done = await office.run('destroy', '-auto-approve', '-refresh=false')
  t.is(done.code, 0, done.stdout + done.stderr)
  t.deepEqual(await office.resources(), [])
})

some(
  'Leaving: a person goes from the list of a group and from the configuration in one edit',
  async (t) => {
    const list = (...names: string[]) =>
      resource('access_group_members_exclusive', 'all', {
        acs_access_group_id: accessGroups.cleaners,
        acs_user_ids: [acsUsers.saltoElena, ...names.map((name) => of(`seam_acs_user.${name}.id`))],
      })
    // The user is deleted before the list is changed: Terraform puts them in this order.
    const office = await terraformFolder(t, user() + list('eve'), { isBuilt: true })
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.write(list())
    await office.apply()
    t.deepEqual(await office.changes(), [])
    const { memberships } = office.sandbox.store
    t.deepEqual(
      memberships.where('acs_access_group_id', accessGroups.cleaners).map((one) => one.acs_user_id),
      [acsUsers.saltoElena],
    )
  },
)

some(
  'Leaving: what is created, destroyed and created again under one key is there again',
  async (t) => {
    const config =
      person({ user_identity_key: 'staff-17' }) + grant({ access_grant_key: 'visit-1' })
    const office = await terraformFolder(t, config)
    for (const turn of ['first', 'second', 'third']) {
      await office.apply()
      t.deepEqual(await office.changes(), [], turn)
      await office.destroy()
      t.deepEqual(await office.resources(), [], turn)
    }
  },
)

some(
  'Leaving: a grant whose time is over is no change, ends quietly, and a later end makes a new one',
  async (t) => {
    t.timeout(300_000)
    const office = await terraformFolder(t, person() + grant())
    await office.apply()
    const id = await idOf(office, 'seam_access_grant.ana')
    const { store } = office.sandbox
    const past = '2026-01-01T00:00:00Z'
    store.accessGrants.update(id, { starts_at: '2025-01-01T00:00:00Z', ends_at: past })
    await office.write(person() + grant({ ends_at: past }))
    await office.apply('-refresh-only')
    for (const there of [true, false]) {
      // Seam may keep it for a while, or not at all.
      if (!there) store.accessGrants.delete(id)
      office.sandbox.clearRequests()
      t.deepEqual(await office.changes(), [], `there: ${there}`)
      await office.apply('-refresh-only')
      await office.apply()
      t.deepEqual(writes(office.sandbox), [])
      const held = (await office.resources()).find(({ address }) => address.endsWith('grant.ana'))
      t.true(held?.values['ended'])
      t.is(held?.values['id'], id)
    }
    const other = await terraformFolder(t, person() + grant({ ends_at: past }), {
      sandbox: office.sandbox,
    })
    t.regex((await other.run('plan')).stderr, /ends_at/, 'a new one that has ended is refused')

    await office.write(person() + grant({ ends_at: '2033-01-01T00:00:00Z' }))
    t.deepEqual(await office.changes(), ['delete-create seam_access_grant.ana'])
    await office.apply()
    t.not(await idOf(office, 'seam_access_grant.ana'), id)
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)

some('Leaving: a grant whose time is over is renamed and destroyed without an error', async (t) => {
  const office = await terraformFolder(t, person() + grant())
  await office.apply()
  const id = await idOf(office, 'seam_access_grant.ana')
  const past = '2026-01-01T00:00:00Z'
  office.sandbox.store.accessGrants.update(id, {
    starts_at: '2025-01-01T00:00:00Z',
    ends_at: past,
  })
  await office.write(person() + grant({ ends_at: past, name: 'Visit' }))
  await office.apply()
  t.deepEqual(await office.changes(), [])
  office.sandbox.store.accessGrants.delete(id)
  await office.write(person() + grant({ ends_at: past, name: 'Another visit' }))
  await office.apply()
  t.deepEqual(await office.changes(), [])
  await office.destroy()
  t.deepEqual(await office.resources(), [])
})
