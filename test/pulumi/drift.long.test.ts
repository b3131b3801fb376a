import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, deployment, plannedSteps, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 4)

const { accessGroups, acsUsers, entrances } = officeIds

const program = `
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const studio = new seam.Space('studio', { name: 'Studio', acsEntranceIds: ['${entrances.quietOffice}'] })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.userIdentityId,
  spaceKeys: ['lobby'],
  requestedAccessMethods: [{ mode: 'code', code: '471147' }],
  endsAt: '2031-01-01T00:00:00Z',
})
new seam.AccessGroupMembership('hugo-lab', {
  acsAccessGroupId: '${accessGroups.labTeam}',
  acsUserId: '${acsUsers.brivoHugo}',
})
exports.ana = ana.userIdentityId
exports.grant = grant.accessGrantId
exports.studio = studio.spaceId
`

some(
  'Drift: a refresh brings changes behind our back into the plan, and up undoes them',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    await stack.up()
    const { ana, grant, studio } = (await stack.outputs()) as Record<string, string>
    await stack.refresh('--expect-no-changes')

    await ask(sandbox, '/access_grants/update', {
      access_grant_id: grant,
      ends_at: '2040-01-01T00:00:00Z',
      name: 'For ever',
    })
    await ask(sandbox, '/user_identities/update', {
      user_identity_id: ana,
      full_name: 'Somebody Else',
    })
    await ask(sandbox, '/spaces/add_acs_entrances', {
      space_id: studio,
      acs_entrance_ids: [entrances.serverRoom],
    })
    t.deepEqual(await plannedSteps(stack), [], 'without a refresh nothing is undone silently')

    await stack.refresh()
    const { steps } = await stack.previewJson()
    const differences = Object.fromEntries(
      steps
        .filter(({ op }) => op === 'update')
        .map(({ urn, detailedDiff }) => [urn.split('::').at(-1), Object.keys(detailedDiff ?? {})]),
    )
    t.deepEqual(differences, {
      ana: ['fullName'],
      'ana-lobby': ['endsAt', 'name'],
      studio: ['acsEntranceIds[1]'],
    })

    sandbox.clearRequests()
    await stack.up()
    t.deepEqual(writes(sandbox).sort(), [
      '/access_grants/update',
      '/spaces/update',
      '/user_identities/update',
    ])
    const held = sandbox.store.accessGrants.get(grant!)
    t.is(held?.ends_at, '2031-01-01T00:00:00.000Z')
    t.is(held?.name, null)
    await stack.destroy()
  },
)

some('Drift: what was deleted behind our back is made again after a refresh', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up()
  const { grant } = (await stack.outputs()) as Record<string, string>
  await ask(sandbox, '/access_grants/delete', { access_grant_id: grant })
  await ask(sandbox, '/acs/access_groups/remove_user', {
    acs_access_group_id: accessGroups.labTeam,
    acs_user_id: acsUsers.brivoHugo,
  })

  await stack.refresh()
  t.deepEqual((await plannedSteps(stack)).sort(), [
    'create AccessGrant ana-lobby',
    'create AccessGroupMembership hugo-lab',
  ])
  await stack.up()
  t.not((await stack.outputs())['grant'], grant)
  t.is(
    sandbox.store.accessGrants
      .all()
      .filter(({ user_identity_id }) => user_identity_id === undefined).length,
    0,
  )

  await ask(sandbox, '/access_grants/delete', {
    access_grant_id: (await stack.outputs())['grant'],
  })
  await stack.destroy()
  t.pass('destroy takes what is gone already as gone')
})

some('Drift: a key of another workspace empties no state', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  await stack.up()
  const { deployment: before } = await stack.exportState()
  const elsewhere = await deployment(t, program, { sandbox: { seed: 'empty' } })
  const env = { SEAM_ENDPOINT: elsewhere.sandbox.endpoint, SEAM_API_KEY: elsewhere.sandbox.apiKey }

  const { stdout, stderr } = await stack.refresh({ env, expectFailure: true })
  t.true((stdout + stderr).includes(`the state is of workspace ${sandbox.workspaceId}`))
  const { deployment: after } = await stack.exportState()
  t.is(after.resources?.length, before.resources?.length)
  await stack.destroy()
})
