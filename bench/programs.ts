import { join } from 'node:path'
import { buildingIds } from '../src/sandbox'

/** How many spaces the building has; grants are dealt out to them. */
export const spaces = 20

/** The inputs of one grant, by Seam's names. */
export const grantOf = (number: number, name = `Grant ${number}`) => ({
  user_identity_id: buildingIds.userIdentity(number),
  space_ids: [buildingIds.space((number % spaces) + 1)],
  requested_access_methods: [{ mode: 'code' }],
  starts_at: '2030-01-01T08:00:00.000Z',
  ends_at: '2031-01-01T08:00:00.000Z',
  name,
})

const usual = join(__dirname, 'usual-provider/access-grant.js')

/** Declares the grants of `grants.json`, whose names the environment variable EDITED changes. */
const program = (load: string, spelling: string) => `
const { AccessGrant } = ${load}
const camel = (name) => name.replace(/_./g, ([, letter]) => letter.toUpperCase())
const inCamel = (record) =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [camel(name), value]))
const asIs = (record) => record
require('./grants.json').forEach((grant, index) => {
  const isEdited = process.env.EDITED && index % 10 === 0
  const name = isEdited ? grant.name + ' (edited)' : grant.name
  new AccessGrant('grant-' + (index + 1), ${spelling}({ ...grant, name }))
})
`

/** Programs that declare the same grants, by this package and by a provider written as usual. */
export const programs = {
  ours: program("require('seam-iac')", 'inCamel'),
  usual: program(`require(${JSON.stringify(usual)})`, 'asIs'),
}
export type Contender = keyof typeof programs
export const contenders: Contender[] = ['ours', 'usual']
