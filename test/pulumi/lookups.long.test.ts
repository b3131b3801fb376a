import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 4)

const { spaces, entrances, accessGroups, acsUsers, systems } = officeIds
const { credentials, userIdentities } = officeIds

some('Lookups: find by id, key and name, and take and give outputs', async (t) => {
  const { stack } = await deployment(
    t,
    `
    const pulumi = require('@pulumi/pulumi')
    const seam = require('seam-iac')
    module.exports = async () => {
      const lobby = await seam.getSpace({ spaceKey: 'lobby' })
      const system = seam.getAcsSystemOutput({ name: 'Main Building' })
      const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz', userIdentityKey: 'staff-7' })
      return {
        lobby: lobby.spaceId,
        lobbyName: (await seam.getSpace({ spaceId: '${spaces.lobby}' })).name,
        system: system.acsSystemId,
        timeZone: system.location.timeZone,
        door: seam.getEntranceOutput({ name: 'Front Door', acsSystemId: system.acsSystemId }).acsEntranceId,
        group: seam.getAccessGroupOutput({ name: pulumi.secret('Cleaners') }).acsAccessGroupId,
        user: seam.getAcsUserOutput({ acsUserId: '${acsUsers.brivoHugo}' }).fullName,
        ana: seam.getUserIdentityOutput({ userIdentityId: ana.userIdentityId }).userIdentityKey,
      }
    }
    `,
  )
  await stack.preview()
  await stack.up()
  const outputs = await stack.outputs()
  t.like(outputs, {
    lobby: spaces.lobby,
    lobbyName: 'Lobby',
    system: systems.saltoKs,
    timeZone: 'Europe/Berlin',
    door: entrances.frontDoor,
    group: accessGroups.cleaners,
    ana: 'staff-7',
  })
  const { deployment: state } = await stack.exportState()
  const exported = state.resources?.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs
  t.is(typeof exported?.['group'], 'object', 'what follows from a secret is one')
  t.is(exported?.['door'], entrances.frontDoor, 'and nothing else')
  await stack.destroy()
})

some('Lookups: no match and two matches are errors that say what there is', async (t) => {
  const ask = (call: string) => `require('seam-iac').${call}`
  const { sandbox, stack } = await deployment(t, ask(`getSpaceOutput({ name: 'Lobbby' })`))
  const none = await stack.preview({ expectFailure: true })
  t.regex(none.stdout + none.stderr, /getSpace: No space with `name` "Lobbby" in this workspace/)

  const twin = sandbox.store.spaces.add({
    ...sandbox.store.spaces.get(spaces.lobby)!,
    space_id: '80000000-0000-4000-8000-000000000077',
    space_key: 'lobby-2',
  })
  await stack.writeProgram(ask(`getSpaceOutput({ name: 'Lobby' })`))
  const two = await stack.preview({ expectFailure: true })
  t.true((two.stdout + two.stderr).includes(spaces.lobby))
  t.true((two.stdout + two.stderr).includes(twin.space_id))

  await stack.writeProgram(ask(`getSpaceOutput({ name: 'Lobby', spaceKey: 'lobby' })`))
  const both = await stack.preview({ expectFailure: true })
  t.regex(both.stdout + both.stderr, /getSpace: `\w+` cannot stand beside `\w+`: give only one/)
})

const listing = `
  const seam = require('seam-iac')
  module.exports = async () => {
    const ivan = new seam.AccessGrant('ivan', {
      userIdentityId: '${userIdentities.ivan}',
      spaceIds: ['${spaces.lobby}'],
      requestedAccessMethods: [{ mode: 'code', code: '730164' }],
    })
    const methods = seam.getAccessMethodsOutput({ accessGrantId: ivan.accessGrantId })
    const related = seam.getAccessGrantRelatedOutput({
      accessGrantId: ivan.accessGrantId,
      include: ['acs_entrances', 'access_methods'],
    })
    const door = { acsEntranceId: '${entrances.frontDoor}' }
    const { acsCredentials } = await seam.getCredentialsWithAccess(door)
    const { accessGrants } = await seam.getUnmanagedAccessGrants()
    const credential = await seam.getAcsCredential({ acsCredentialId: '${credentials.anaPin}' })
    return {
      methods,
      pin: methods.accessMethods[0].code,
      modes: methods.accessMethods.apply((all) => all.map(({ mode }) => mode)),
      doors: related.acsEntrances.apply((all) => all.map((one) => one.displayName).sort()),
      credentials: acsCredentials,
      credential,
      unmanaged: accessGrants.map((grant) => grant.displayName),
      workspace: (await seam.getWorkspace()).name,
    }
  }
`

some('Lookups: lists wait for what they ask about, and keep their PINs', async (t) => {
  const { stack } = await deployment(t, listing)
  const preview = await stack.preview()
  t.regex(preview.stdout, /modes\s*: \[?(output<string>|unknown|\[unknown\])/i)
  const up = await stack.up()
  const said = [preview, up].map(({ stdout, stderr }) => stdout + stderr).join()
  t.notRegex(said, /730164|204816/)

  const { deployment: state } = await stack.exportState()
  t.notRegex(JSON.stringify(state), /730164|204816/, 'no PIN stands in plain state')
  const shown = state.resources?.find(({ type }) => type === 'pulumi:pulumi:Stack')?.outputs
  t.like(shown, { modes: ['code'], doors: ['Front Door', 'Lobby Turnstile'] })
  t.like(shown, { workspace: 'Office Sandbox' })
  const [method] = (shown?.['methods'] as { accessMethods: Record<string, unknown>[] })
    .accessMethods
  t.like(method, { mode: 'code', isIssued: true }, 'what stands around a secret is readable')
  t.is(typeof method?.['code'], 'object')
  t.like(shown?.['credential'], { acsCredentialId: credentials.anaPin, accessMethod: 'code' })
  t.like(await stack.outputs(), { pin: '730164', credential: { code: '204816' } })
  await stack.destroy()
})

some('Lookups: what is of another system is found by the preview', async (t) => {
  const { sandbox, stack } = await deployment(t, '')
  const count = sandbox.store.memberships.size
  const user = (system: string) =>
    `seam.getAcsUserOutput({ fullName: 'Ana Torres', acsSystemId: '${system}' }).acsUserId`
  const group = `seam.getAccessGroupOutput({ name: 'Cleaners' }).acsAccessGroupId`
  const door = `seam.getEntranceOutput({ name: 'Front Door', acsSystemId: '${systems.saltoKs}' }).acsEntranceId`
  const mixed = {
    membership: `new seam.AccessGroupMembership('m', { acsAccessGroupId: ${group}, acsUserId: ${user(systems.brivo)} })`,
    'an awaited membership': `module.exports = async () => {
      const { acsUserId } = await seam.getAcsUser({ fullName: 'Ana Torres', acsSystemId: '${systems.brivo}' })
      new seam.AccessGroupMembership('m', { acsAccessGroupId: '${accessGroups.cleaners}', acsUserId })
      new seam.AccessGroupMembership('n', { acsAccessGroupId: (await seam.getAccessGroup({ name: 'Cleaners' })).acsAccessGroupId, acsUserId })
    }`,
    credential: `new seam.AcsCredential('c', { accessMethod: 'card', acsUserId: ${user(systems.brivo)}, allowedAcsEntranceIds: [${door}] })`,
  }
  for (const [what, program] of Object.entries(mixed)) {
    await stack.writeProgram(`const seam = require('seam-iac')\n${program}`)
    const { stdout, stderr } = await stack.preview({ expectFailure: true })
    t.true(
      (stdout + stderr).includes(`of access control system ${systems.brivo}`) ||
        (stdout + stderr).includes(`is of ${systems.brivo}`),
      what,
    )
  }
  await stack.writeProgram(`const seam = require('seam-iac')
    new seam.AccessGroupMembership('m', { acsAccessGroupId: ${group}, acsUserId: ${user(systems.saltoKs)} })`)
  await stack.up()
  const [kept] = await stack.resources('seam:AccessGroupMembership')
  t.false('__systems' in { ...kept?.inputs, ...kept?.outputs })
  await stack.destroy()
  t.is(sandbox.store.memberships.size, count)
})
