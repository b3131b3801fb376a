// What a program may write, and the types of what it gets. Compiled by ../types.long.test.ts.
import * as pulumi from '@pulumi/pulumi'
import * as seam from 'seam-iac'
import { AccessGrant, SeamApiError, type AccessGrantArgs, type Note } from 'seam-iac'
import { v1 } from 'seam-iac/dynamic'
import { officeIds, startSandbox, type Sandbox, type SandboxOptions } from 'seam-iac/sandbox'

const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz', emailAddress: pulumi.output('') })
const nobody = new seam.UserIdentity('nobody')
const lab = new seam.Space('lab', {
  name: 'Lab',
  acsEntranceIds: [officeIds.entrances.labEntrance],
  customerData: { timeZone: 'Europe/Berlin', address: undefined },
})
const pin: pulumi.Output<string> = pulumi.secret('0471')
const args: AccessGrantArgs = {
  userIdentityId: ana.userIdentityId,
  spaceIds: [lab.spaceId, officeIds.spaces.lobby],
  requestedAccessMethods: [
    { mode: 'code', code: pin },
    { mode: 'mobile_key', instantKeyMaxUseCount: 2 },
  ],
  endsAt: undefined,
}
const grant = new AccessGrant('ana-lab', args, { protect: true, dependsOn: [lab, nobody] })
const member = new seam.AccessGroupMembership(
  'ana-staff',
  { acsAccessGroupId: officeIds.accessGroups.employees, userIdentityId: ana.id },
  { parent: ana, deleteBeforeReplace: true },
)

export const outputs: {
  id: pulumi.Output<string>
  startsAt: pulumi.Output<string>
  endsAt: pulumi.Output<string | undefined>
  methodIds: pulumi.Output<string[]>
  mode: pulumi.Output<'code' | 'card' | 'mobile_key' | 'cloud_key' | undefined>
  warnings: pulumi.Output<Note[]>
  firstWarning: pulumi.Output<string | undefined>
  entrances: pulumi.Output<number>
  zone: pulumi.Output<string | undefined>
  membership: pulumi.Output<string>
} = {
  id: grant.accessGrantId,
  startsAt: grant.startsAt,
  endsAt: grant.endsAt,
  methodIds: grant.accessMethodIds,
  mode: grant.requestedAccessMethods.apply((methods) => methods[0]?.mode),
  warnings: grant.warnings,
  firstWarning: grant.warnings.apply((warnings) => warnings[0]?.warningCode),
  entrances: lab.acsEntranceCount,
  zone: lab.customerData.apply((data) => data?.timeZone),
  membership: member.membershipId,
}

const known: seam.Space = seam.Space.get('known', officeIds.spaces.gym)
const something: unknown = known
export const isGrant: boolean = AccessGrant.isInstance(something)
if (AccessGrant.isInstance(something)) something.accessGrantKey.apply((key) => key.length)
export const type: string = AccessGrant.__pulumiType

export async function lookups(): Promise<string> {
  const space = await seam.getSpace({ name: 'Lobby' })
  const door = await seam.getEntrance({ name: 'Front Door', spaceId: space.spaceId })
  const user = await seam.getAcsUser({ acsUserId: officeIds.acsUsers.saltoAna })
  const person = await seam.getUserIdentity({ emailAddress: 'ana@example.com' })
  const system = await seam.getAcsSystem({ name: 'Main Building' })
  const group = seam.getAccessGroupOutput({ name: 'Staff', acsSystemId: system.acsSystemId })
  const lookedUp: pulumi.Output<string> = group.apply((found) => found.acsAccessGroupId)
  new seam.AccessGroupMembership('m', { acsAccessGroupId: lookedUp, acsUserId: user.acsUserId })
  const old = await seam.getAccessGrant({ accessGrantKey: 'old' })
  return [door.displayName, person.displayName, old.accessGrantId].join()
}

export async function lists(): Promise<pulumi.Output<string | undefined>[]> {
  const { workspaceId } = await seam.getWorkspace()
  const { accessGrants } = await seam.getUnmanagedAccessGrants()
  const related = await seam.getAccessGrantRelated({
    accessGrantKey: workspaceId,
    include: ['spaces', 'access_methods'],
  })
  const { events } = await seam.getAccessGrantEvents({
    accessGrantIds: accessGrants.map((one) => one.accessGrantId),
    eventTypes: ['access_grant.created'],
    since: '2026-01-01T00:00:00Z',
  })
  const { acsCredentials } = await seam.getCredentialsWithAccess({
    acsEntranceId: events[0]?.acsEntranceId ?? '',
    includeIf: ['visionline_metadata.is_valid'],
  })
  return [...related.accessMethods, ...acsCredentials].map((one) => one.code)
}

const members = seam.getAccessGroupMembersOutput({ acsAccessGroupId: member.acsAccessGroupId })
const methods = seam.getAccessMethodsOutput({ accessGrantId: grant.accessGrantId })
export const names: pulumi.Output<string[]> = members.acsUsers.apply((users) =>
  users.map((user) => user.displayName),
)
export const pins: pulumi.Output<(string | undefined)[]> = methods.apply(({ accessMethods }) =>
  pulumi.all(accessMethods.map((method) => method.code)),
)
export const online: pulumi.Output<boolean | undefined> = seam
  .getDeviceOutput({ name: 'Lobby' })
  .properties.apply((properties) => properties.online)
export const spaceNames: pulumi.Output<string[]> = seam
  .getSpacesOutput()
  .spaces.apply((spaces) => spaces.map((one) => one.name))

export async function building(): Promise<void> {
  const options: SandboxOptions = { seed: 'office', port: 0 }
  const sandbox: Sandbox = await startSandbox(options)
  sandbox.fault({ path: '/spaces/get', kind: 'status', status: 503, times: 1 })
  const { method, path, status }: { method: string; path: string; status: number } =
    sandbox.requests[0]!
  const named: string | undefined = sandbox.store.spaces.get(officeIds.spaces.lab)?.name
  pulumi.log.info([sandbox.endpoint, sandbox.apiKey, method, path, status, named].join())
  await sandbox.stop()
}

export function explain(error: unknown): string {
  if (!(error instanceof SeamApiError)) return String(error)
  const { status, requestId, validation } = error
  return `${status.toFixed()} ${requestId?.length} ${Object.values(validation).flat().join()}`
}

export const handlers: object = v1('AccessGrant')()
