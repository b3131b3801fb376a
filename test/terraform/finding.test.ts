import { readFile } from 'node:fs/promises'
import test, { type ExecutionContext } from 'ava'
import { startSandbox, officeIds, type Sandbox } from '../../src/sandbox'
import { fromDynamic, toDynamic } from '../../src/terraform/wire/dynamic-value'
import { pluginClient } from '../fixtures/plugin-client'
import { terraformFolder } from '../fixtures/terraform'

const { accessGroups, userIdentities, spaces } = officeIds

type Wire = Record<string, unknown>

/** What an engine of a newer version than there is here would call. */
async function client(t: ExecutionContext, { endpoint, apiKey }: Sandbox) {
  const engine = await pluginClient(t)
  const call = (name: string, request: object): Promise<any> => engine.ask(name, request)
  const { provider, list_resource_schemas: schemas } = await call('GetProviderSchema', {})
  // An engine sends every attribute.
  const whole = ({ block: { attributes = [] } }: any, values: Wire) =>
    toDynamic({ ...Object.fromEntries(attributes.map(({ name }: any) => [name, null])), ...values })
  const list = (type: string, config: Wire, more: object = {}) =>
    engine.askForAll('ListResource', {
      type_name: type,
      config: whole(schemas[type], config),
      ...more,
    })
  await call('ConfigureProvider', { config: whole(provider, { endpoint, api_key: apiKey }) })
  return { call, list }
}

const idOf = (event: any) => (fromDynamic(event.identity.identity_data) as Wire)['id']

async function office(t: ExecutionContext) {
  const sandbox = await startSandbox({ seed: 'office' })
  t.teardown(() => sandbox.stop())
  return { sandbox, ...(await client(t, sandbox)) }
}

test('Finding: people, spaces, grants and memberships are listed with the filters of the API', async (t) => {
  const { sandbox, call, list } = await office(t)
  const { list_resource_schemas: schemas } = await call('GetProviderSchema', {})
  t.deepEqual(Object.keys(schemas).sort(), [
    'seam_access_grant',
    'seam_access_group_membership',
    'seam_space',
    'seam_user_identity',
  ])
  const people = await list('seam_user_identity', {})
  t.is(people.length, sandbox.store.userIdentities.size)
  t.deepEqual((await list('seam_user_identity', { search: 'Ivan' })).map(idOf), [
    userIdentities.ivan,
  ])
  t.is((await list('seam_user_identity', {}, { limit: 2 })).length, 2)
  const [lab] = await list('seam_space', { search: 'Lab' }, { include_resource_object: true })
  t.is(lab.display_name, 'Lab')
  const object = fromDynamic(lab.resource_object) as Wire
  t.is(object['id'], spaces.lab)
  t.is(object['name'], 'Lab')
  const group = { acs_access_group_id: accessGroups.employees }
  const members = await list('seam_access_group_membership', group)
  const users = sandbox.store.memberships
    .all()
    .filter((one) => one.acs_access_group_id === accessGroups.employees)
  t.deepEqual(
    members.map(idOf).sort(),
    users.map((one) => `${accessGroups.employees}/${one.acs_user_id}`).sort(),
  )
  t.true(members.length > 1)
})

test('Finding: a list that Seam refuses, or that is asked wrongly, says why', async (t) => {
  const { sandbox, list } = await office(t)
  const [wrong] = await list('seam_access_group_membership', { acs_access_group_id: 'no id' })
  t.is(wrong.diagnostic.length, 1)
  t.regex(wrong.diagnostic[0].summary, /acs_access_group_id/)
  sandbox.fault({ kind: 'status', status: 403 })
  const [refused] = await list('seam_space', {})
  t.is(refused.diagnostic.length, 1)
})

test('Finding: what another provider has of an object of Seam is moved to this one', async (t) => {
  const { call } = await office(t)
  const state = (values: object) => ({ json: Buffer.from(JSON.stringify(values)) })
  const moved = await call('MoveResourceState', {
    source_provider_address: 'registry.example/acme/rest',
    source_type_name: 'rest_object',
    source_state: state({ id: userIdentities.ivan, path: '/user_identities' }),
    target_type_name: 'seam_user_identity',
  })
  t.is((fromDynamic(moved.target_state) as Wire)['id'], userIdentities.ivan)
  const refused = await call('MoveResourceState', {
    source_type_name: 'rest_object',
    source_state: state({ path: '/user_identities' }),
    target_type_name: 'seam_user_identity',
  })
  t.regex(refused.diagnostics[0].summary, /rest_object has no id/)
})

test('Finding: PINs are read for what runs now, and stand in no state', async (t) => {
  const pin = '736251'
  const config = `
resource "seam_access_grant" "ivan" {
  user_identity_id         = "${userIdentities.ivan}"
  space_ids                = ["${spaces.lab}"]
  requested_access_methods = [{ mode = "code", code_wo = "${pin}", code_wo_version = 1 }]
}
ephemeral "seam_access_codes" "ivan" {
  access_grant_id = seam_access_grant.ivan.id
}
resource "terraform_data" "asks" {
  input = 1
  provisioner "local-exec" {
    command = "printf %s \\"$PIN\\" > pin.txt"
    environment = {
      PIN = join(",", [for method in ephemeral.seam_access_codes.ivan.access_methods : method.code])
    }
  }
}`
  const folder = await terraformFolder(t, config)
  await folder.apply()
  t.is(await readFile(`${folder.folder}/pin.txt`, 'utf8'), pin)
  t.false((await folder.stateText()).includes(pin))
  t.deepEqual(await folder.changes(), [])
  await folder.destroy()
})

test('Finding: a person is imported by key, and a membership by its group and user', async (t) => {
  const config = (more: string) => `
resource "seam_user_identity" "ana" {
  full_name         = "Ana"
  user_identity_key = "staff-7"
}
${more}`
  const folder = await terraformFolder(t, config(''))
  await folder.apply()
  await folder.run('state', 'rm', 'seam_user_identity.ana')
  const [member] = folder.sandbox.store.memberships.all()
  const { acs_access_group_id: group, acs_user_id: user } = member!
  await folder.write(
    config(`
import {
  to = seam_user_identity.ana
  id = "staff-7"
}
import {
  to = seam_access_group_membership.one
  id = "${group}/${user}"
}
resource "seam_access_group_membership" "one" {
  acs_access_group_id = "${group}"
  acs_user_id         = "${user}"
}`),
  )
  const { stdout } = await folder.apply()
  t.regex(stdout, /2 imported, 0 added, 0 changed, 0 destroyed/)
  t.deepEqual(await folder.changes(), [])
})
