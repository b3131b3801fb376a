import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { ask, deployment } from '../fixtures/building'
import { isQuick, shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 6)

const pin = '8675309'
const program = `
const seam = require('seam-iac')
const ana = new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' })
const grant = new seam.AccessGrant('ana-lobby', {
  userIdentityId: ana.userIdentityId,
  spaceIds: ['${officeIds.spaces.lobby}'],
  requestedAccessMethods: [{ mode: 'code', code: '${pin}' }, { mode: 'mobile_key' }],
  name: process.env.NAME,
})
exports.url = grant.instantKeyUrl
exports.token = grant.clientSessionToken
exports.methods = grant.requestedAccessMethods
exports.seen = seam.getAccessGrantOutput({ accessGrantId: grant.accessGrantId }).instantKeyUrl
exports.name = seam.getAccessGrantOutput({ accessGrantId: grant.accessGrantId }).displayName
`

/**
 * What was said, without the engine's own log: at this verbosity it holds every message between the
 * engine and its plugins, the secrets of all providers included.
 */
const linesOf = (said: string[]) =>
  said
    .join('\n')
    .split('\n')
    .filter((line) => !/^[IWEF]\d{4} [\d:.]+ +\d+ \w+\.go:\d+\]/.test(line))

some(
  'Secrets: no PIN, token, key or instant-key URL is readable in state, output or logs',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program)
    const logs = ['--logtostderr', '-v=9']
    const said: string[] = []
    const keep = ({ stdout, stderr }: { stdout: string; stderr: string }) =>
      said.push(stdout, stderr)
    keep(await stack.preview('--diff', ...logs))
    keep(await stack.up(...logs))
    const grant = sandbox.store.accessGrants
      .all()
      .find(({ access_grant_key: key }) => key?.startsWith('iac-'))!
    keep(await stack.preview('--diff', { env: { NAME: 'Lobby' } }))
    keep(await stack.preview('--save-plan', 'plan.json', { env: { NAME: 'Lobby' } }))
    keep(await stack.up('--diff', { env: { NAME: 'Lobby' } }))
    if (!isQuick) keep(await stack.refresh('--diff'))
    sandbox.fault({ path: '/access_grants/update', kind: 'status', status: 400, times: 1 })
    keep(await stack.up('--diff', { env: { NAME: 'Lab' }, expectFailure: true }))
    const plan = await readFile(join(stack.folder, 'plan.json'), 'utf8')
    const stored = plan + (await stack.everythingStored())
    const { name } = await stack.outputs()
    t.is(name, 'Lobby', 'the record around a secret stays readable')
    t.regex(
      stored,
      /"exports\.handler=require\(\\"seam-iac\/dynamic\\"\)\.v1\(\\"AccessGrant\\"\)"/,
    )

    const { access_grant: answer = {} } = await ask(sandbox, '/access_grants/get', {
      access_grant_id: grant.access_grant_id,
    })
    const secrets = {
      'the API key': sandbox.apiKey,
      'the PIN': pin,
      'the instant-key URL': String(answer['instant_key_url']),
      'the client session token': String(answer['client_session_token']),
    }
    for (const [what, secret] of Object.entries(secrets)) {
      t.regex(secret, /^\S{5,}$/)
      t.not(secret, 'undefined')
      t.false(stored.includes(secret), `${what} is in no file`)
      const line = linesOf(said).find((one) => one.includes(secret))
      t.is(line, undefined, `${what} is in no output`)
    }
    keep(await stack.destroy())
  },
)

some('Secrets: by what a door opens is readable beside a PIN, unless it is secret', async (t) => {
  const { stack } = await deployment(
    t,
    `
const pulumi = require('@pulumi/pulumi')
const seam = require('seam-iac')
const mode = process.env.MODE === 'secret' ? pulumi.secret('code') : 'code'
new seam.AccessGrant('ana-lobby', {
  userIdentityId: new seam.UserIdentity('ana', { fullName: 'Ana Ruiz' }).userIdentityId,
  spaceIds: ['${officeIds.spaces.lobby}'],
  requestedAccessMethods: [{ mode, code: process.env.PIN }, { mode: 'card' }],
})
`,
  )
  const planned = async (env: Record<string, string>) => {
    const { stdout } = await stack.preview('--json', '--show-sames', { env })
    const { steps } = JSON.parse(stdout) as {
      steps: { op: string; urn: string; newState: { inputs: Record<string, unknown> } }[]
    }
    const { op, newState } = steps.find(({ urn }) => urn.endsWith('::ana-lobby'))!
    t.is(newState.inputs['requestedAccessMethods'], '[secret]')
    return [op, newState.inputs['__modes']]
  }
  t.deepEqual(await planned({ PIN: pin }), ['create', 'code* card'])
  await stack.up({ env: { PIN: pin } })
  t.deepEqual(await planned({ PIN: pin }), ['same', 'code* card'])
  t.deepEqual(await planned({ PIN: '8675310' }), ['update', 'code! card'])
  await stack.up({ env: { PIN: '8675310' } })
  t.deepEqual(await planned({ PIN: '8675310' }), ['same', 'code* card'])
  t.deepEqual(await planned({ PIN: '8675310', MODE: 'secret' }), ['same', undefined])
  await stack.destroy()
})

some('Secrets: state holds less than 150 bytes a resource to find its code', async (t) => {
  const { stack } = await deployment(t, program)
  await stack.up()
  for (const { inputs, outputs } of await stack.resources('')) {
    for (const properties of [inputs, outputs]) {
      const text = properties?.['__provider']
      if (text !== undefined) t.true(String(text).length < 75, String(text))
    }
  }
  await stack.destroy()
})

some(
  'Secrets: the API key is taken from secret configuration, and refused as plain text',
  async (t) => {
    const { sandbox, stack } = await deployment(t, program, { env: { SEAM_API_KEY: '' } })
    const missing = await stack.up({ expectFailure: true })
    t.regex(
      missing.stdout + missing.stderr,
      /Set SEAM_API_KEY, or: pulumi config set --secret seam:apiKey/,
    )

    await stack.setConfig('seam:apiKey', sandbox.apiKey, true)
    await stack.up()
    t.is((await stack.resources('AccessGrant')).length, 1)
    t.false((await stack.everythingStored()).includes(sandbox.apiKey))
    await stack.destroy()

    await stack.setConfig('seam:apiKey', sandbox.apiKey, false)
    const plain = await stack.up({ expectFailure: true })
    t.regex(
      plain.stdout + plain.stderr,
      /seam:apiKey stands in the stack's configuration as plain text/,
    )
    t.false((plain.stdout + plain.stderr).includes(sandbox.apiKey))
  },
)

some('Secrets: a personal access token works with its workspace', async (t) => {
  const { sandbox, stack } = await deployment(t, program, { env: { SEAM_API_KEY: '' } })
  const env = { SEAM_PERSONAL_ACCESS_TOKEN: sandbox.personalAccessToken }
  const missing = await stack.up({ env, expectFailure: true })
  t.regex(missing.stdout + missing.stderr, /Set SEAM_WORKSPACE_ID/)
  await stack.up({ env: { ...env, SEAM_WORKSPACE_ID: sandbox.workspaceId } })
  await stack.destroy({ env: { ...env, SEAM_WORKSPACE_ID: sandbox.workspaceId } })
  t.is(sandbox.store.accessGrants.all().length, 1)
})
