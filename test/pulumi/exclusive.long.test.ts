import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { deployment, writes } from '../fixtures/building'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const { accessGroups, acsUsers, credentials } = officeIds
const group = accessGroups.employees

const program = `
const seam = require('seam-iac')
new seam.AccessGroupMembersExclusive('employees', {
  acsAccessGroupId: '${group}',
  acsUserIds: ['${acsUsers.saltoAna}', '${acsUsers.saltoElena}'],
})
if (process.env.EDGE) {
  new seam.AccessGroupMembership('ben', {
    acsAccessGroupId: '${group}',
    acsUserId: '${acsUsers.saltoBen}',
  })
}
`

some('4.12: a preview names whom an exclusive set removes, and only they go', async (t) => {
  const { sandbox, stack } = await deployment(t, program)
  const members = () =>
    sandbox.store.memberships
      .where('acs_access_group_id', group)
      .map(({ acs_user_id: id }) => id)
      .sort()
  const others = () => sandbox.store.memberships.all().length - members().length
  const elsewhere = others()
  const { stdout } = await stack.preview('--diff')
  t.regex(stdout, new RegExp(`removes *: \\[\\s*\\[0\\]: "Ben Okafor \\(${acsUsers.saltoBen}\\)"`))
  t.regex(
    (await stack.preview()).stdout,
    /warning: Removes from access group .* who is not in the list: Ben Okafor/,
  )
  t.deepEqual(writes(sandbox), [])

  await stack.up()
  t.deepEqual(members(), [acsUsers.saltoAna, acsUsers.saltoElena].sort())
  t.is(others(), elsewhere)
  sandbox.clearRequests()
  await stack.up('--expect-no-changes')
  t.deepEqual(
    [...new Set(sandbox.requests.map(({ path }) => path))],
    ['/acs/access_groups/list_users'],
  )

  sandbox.store.memberships.add({
    membership_id: `${group}/${acsUsers.saltoBen}`,
    acs_access_group_id: group,
    acs_user_id: acsUsers.saltoBen,
  })
  t.regex((await stack.preview('--diff')).stdout, /removes.*\n.*Ben Okafor/)
  await stack.up()
  t.deepEqual(members(), [acsUsers.saltoAna, acsUsers.saltoElena].sort())
  await stack.up('--expect-no-changes')
  await stack.destroy()
  t.is(members().length, 2, 'destroy leaves the members')
})

some('4.12: a membership beside an exclusive set of its group fails the preview', async (t) => {
  const { sandbox, stack } = await deployment(t, program, { env: { EDGE: 'yes' } })
  const { stdout } = await stack.preview({ expectFailure: true })
  t.regex(stdout, /is managed by another AccessGroupMember(ship|sExclusive) of this program/)
  t.deepEqual(writes(sandbox), [])
})

some('Credential: its PIN is nowhere in plain, and changes in place', async (t) => {
  const { sandbox, stack } = await deployment(
    t,
    `
const seam = require('seam-iac')
new seam.AcsCredential('farid', {
  acsUserId: '${acsUsers.brivoFarid}',
  accessMethod: 'code',
  code: process.env.PIN,
})`,
    { env: { PIN: '730581' } },
  )
  await stack.up()
  const [held] = await stack.resources('AcsCredential')
  t.is(sandbox.store.acsCredentials.get(held!.id!)?.code, '730581')
  const changed = await stack.up('--diff', { env: { PIN: '248163' } })
  t.is(sandbox.store.acsCredentials.get(held!.id!)?.code, '248163')
  const everything = (await stack.everythingStored()) + changed.stdout + changed.stderr
  t.notRegex(everything, /730581|248163/)
  await stack.up('--expect-no-changes', { env: { PIN: '248163' } })
  await stack.destroy()
  t.false(sandbox.store.acsCredentials.has(held!.id!))
})

some(
  'Credential: metadata that Seam answers is an output, also where none was given',
  async (t) => {
    const { sandbox, stack } = await deployment(
      t,
      `
const seam = require('seam-iac')
const card = seam.AcsCredential.get('hugo', '${credentials.hugoKeyCard}')
const phone = new seam.AcsCredential('grace', {
  acsUserId: '${acsUsers.brivoGrace}',
  accessMethod: 'mobile_key',
  adopt: true,
})
exports.card = card.visionlineMetadata.cardId
exports.phone = phone.assaAbloyVostioMetadata.endpointId
exports.none = phone.visionlineMetadata.apply((metadata) => metadata === undefined)`,
    )
    const metadata = { assa_abloy_vostio_metadata: { endpoint_id: 'phone-1' } }
    sandbox.store.acsCredentials.update(credentials.gracePhone, metadata)
    await stack.up()
    t.deepEqual(await stack.outputs(), { card: 'card-5519027', none: true, phone: 'phone-1' })
    await stack.destroy()
  },
)

const moving = `
const seam = require('seam-iac')
new seam.AccessGroupMembersExclusive('members', {
  acsAccessGroupId: process.env.GROUP,
  acsUserIds: ['${acsUsers.saltoBen}'],
})
`

some('Exclusive: whom it removes is said once, when it moves to another group too', async (t) => {
  const { stack } = await deployment(t, moving)
  await stack.up({ env: { GROUP: accessGroups.cleaners } })
  const { diagnostics = [] } = await stack.previewJson({ env: { GROUP: accessGroups.employees } })
  const told = diagnostics.filter(({ message }) => message.includes('Ana Torres'))
  t.is(told.length, 1, told.map(({ message }) => message).join(''))
  await stack.destroy()
})
