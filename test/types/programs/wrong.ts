// What a program must not write: each error is expected, and missed where it stays away.
import * as seam from 'seam-iac'
import { startSandbox } from 'seam-iac/sandbox'
import { v1 } from 'seam-iac/dynamic'

const id = '70000000-0000-4000-8000-000000000001'
const person = { userIdentityId: id, spaceIds: [id] }

// @ts-expect-error the methods are missing
new seam.AccessGrant('a', person)
// @ts-expect-error the person is missing
new seam.AccessGrant('b', { spaceIds: [id], requestedAccessMethods: [{ mode: 'code' }] })
// @ts-expect-error no arguments at all
new seam.AccessGrant('c')
// @ts-expect-error there is no such mode
new seam.AccessGrant('d', { ...person, requestedAccessMethods: [{ mode: 'pin' }] })
// @ts-expect-error a mode is spelled as Seam spells it
new seam.AccessGrant('e', { ...person, requestedAccessMethods: [{ mode: 'mobileKey' }] })
// @ts-expect-error a PIN is text: a number loses its leading zeros
new seam.AccessGrant('f', { ...person, requestedAccessMethods: [{ mode: 'code', code: 1234 }] })
// @ts-expect-error a property is misspelt
new seam.AccessGrant('g', { ...person, requestedAccessMethods: [{ mode: 'code' }], spaceId: id })
// @ts-expect-error a property is spelled as on the wire
new seam.UserIdentity('h', { full_name: 'Ana' })
// @ts-expect-error an output is no input
new seam.UserIdentity('i', { userIdentityId: id })
// @ts-expect-error one space is a list of one
new seam.Space('j', { name: 'Lab', acsEntranceIds: id })
// @ts-expect-error a space has a name
new seam.Space('k', {})
// @ts-expect-error a nested property is misspelt
new seam.Space('l', { name: 'Lab', customerData: { timezone: 'UTC' } })
// @ts-expect-error a membership is in a group
new seam.AccessGroupMembership('m', { acsUserId: id })
// @ts-expect-error there is no such option
new seam.UserIdentity('n', {}, { protected: true })

const lab = new seam.Space('lab', { name: 'Lab' })
// @ts-expect-error an output is no text
export const text: string = lab.spaceId
// @ts-expect-error an output that may be missing is not always there
export const key: seam.SpaceArgs = { name: lab.customerKey }
// @ts-expect-error an output cannot be set
lab.spaceKey = lab.name
// @ts-expect-error a space has no such output
export const grants: unknown = lab.accessGrantIds

// @ts-expect-error there is no way to look that up
export const lookup: unknown = seam.getSpace({ floor: 3 })
// @ts-expect-error a lookup is a promise
export const found: string = seam.getSpace({ name: 'Lab' }).spaceId
// @ts-expect-error the members of which group?
export const members: unknown = seam.getAccessGroupMembers({})
// @ts-expect-error there is no such condition
export const valid: unknown = seam.getCredentialsWithAccess({ acsEntranceId: id, includeIf: ['x'] })
// @ts-expect-error a secret in an answer is an output
export const pin: Promise<string | undefined> = seam
  .getAcsCredential({ acsCredentialId: id })
  .then((found) => found.code)
// @ts-expect-error a port is a number
export const sandbox: unknown = startSandbox({ port: '8080' })
// @ts-expect-error a class is named by its name
export const handlers: unknown = v1(7)
// @ts-expect-error the client is not public
export const client: unknown = seam.Seam
