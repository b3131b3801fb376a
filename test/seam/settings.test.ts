import test from 'ava'
import { resolveSettings, Seam, SeamSettingsError, type SeamSettings } from '../../src/seam'
import { local } from './wire'

const workspaceId = '10000000-0000-4000-8000-000000000001'

const unusable: Record<string, [settings: SeamSettings, message: RegExp]> = {
  'nothing set': [
    {},
    /^No Seam credentials\. Set SEAM_API_KEY, or tell the provider: in Pulumi, pulumi config set --secret/,
  ],
  'an API key and a personal access token': [
    { apiKey: 'seam_one', personalAccessToken: 'seam_at_two', workspaceId },
    /^Both an API key and a personal access token are set\. Unset SEAM_API_KEY or/,
  ],
  'a personal access token without its workspace': [
    { personalAccessToken: 'seam_at_two' },
    /Set SEAM_WORKSPACE_ID \(or seam:workspaceId in Pulumi, workspace_id in Terraform\)/,
  ],
  'an API key where a personal access token belongs': [
    { personalAccessToken: 'seam_one', workspaceId },
    /^The personal access token does not begin with seam_at\./,
  ],
  'a personal access token where an API key belongs': [
    { apiKey: 'seam_at_two' },
    /^The API key is a personal access token: set SEAM_PERSONAL_ACCESS_TOKEN/,
  ],
  'a client session token': [
    { apiKey: 'seam_cst_three' },
    /^The API key is a client session token, which cannot manage access: use an API key\.$/,
  ],
  'a publishable key': [
    { apiKey: 'seam_pk_four' },
    /^The API key is a publishable key, which cannot manage access: use an API key\.$/,
  ],
  'the key of something else': [
    { apiKey: 'sk_live_five' },
    /^The API key does not begin with seam_\. Copy it again/,
  ],
  'an endpoint without a scheme': [
    { apiKey: 'seam_one', endpoint: 'connect.getseam.com' },
    /^SEAM_ENDPOINT must be an http\(s\) address, such as https:\/\/connect\.getseam\.com$/,
  ],
  'a host and a port': [{ apiKey: 'seam_one', endpoint: 'localhost:3000' }, /^SEAM_ENDPOINT must/],
  'an endpoint of another scheme': [
    { apiKey: 'seam_one', endpoint: 'file:///etc/passwd' },
    /^SEAM_ENDPOINT must be/,
  ],
}

for (const [what, [settings, message]] of Object.entries(unusable)) {
  test(`Settings: ${what} is an error that says what to set`, (t) => {
    const error = t.throws(() => new Seam(settings), { instanceOf: SeamSettingsError, message })
    for (const credential of [settings.apiKey, settings.personalAccessToken]) {
      if (credential) {
        t.false(String(error).includes(credential), 'and does not show the credential')
      }
    }
  })
}

type Resolution = [given: SeamSettings, env: Record<string, string>, resolved: SeamSettings]

const given = {
  apiKey: 'seam_given',
  workspaceId: 'given',
  endpoint: 'http://given',
}

const resolutions: Record<string, Resolution> = {
  'what is given is taken': [given, {}, given],
  'the environment beats what is given': [
    given,
    { SEAM_API_KEY: 'seam_env', SEAM_ENDPOINT: 'http://env', SEAM_WORKSPACE_ID: 'env' },
    { apiKey: 'seam_env', workspaceId: 'env', endpoint: 'http://env' },
  ],
  'one kind of credential in the environment replaces the other kind that is given': [
    given,
    { SEAM_PERSONAL_ACCESS_TOKEN: 'seam_at_env' },
    { personalAccessToken: 'seam_at_env', workspaceId: 'given', endpoint: 'http://given' },
  ],
  'both kinds in the environment are passed on, to be refused': [
    {},
    { SEAM_API_KEY: 'seam_env', SEAM_PERSONAL_ACCESS_TOKEN: 'seam_at_env' },
    { apiKey: 'seam_env', personalAccessToken: 'seam_at_env' },
  ],
  'a blank variable counts as unset': [
    given,
    { SEAM_API_KEY: '', SEAM_ENDPOINT: ' ', SEAM_WORKSPACE_ID: '\n' },
    given,
  ],
  'the line end of a file is no part of a key': [
    { workspaceId: ' given\n' },
    { SEAM_API_KEY: 'seam_env\r\n', SEAM_ENDPOINT: 'http://env\n' },
    { apiKey: 'seam_env', workspaceId: 'given', endpoint: 'http://env' },
  ],
  'the name that the vendor’s SDKs use for the endpoint works': [
    given,
    { SEAM_API_URL: 'http://sdk' },
    { ...given, endpoint: 'http://sdk' },
  ],
  'SEAM_ENDPOINT comes before SEAM_API_URL': [
    {},
    { SEAM_API_URL: 'http://sdk', SEAM_ENDPOINT: 'http://env' },
    { endpoint: 'http://env' },
  ],
}

for (const [what, [settings, env, resolved]] of Object.entries(resolutions)) {
  test(`Settings: ${what}`, (t) => t.deepEqual(resolveSettings(settings, env), resolved))
}

test('Settings: an API key is sent as a bearer token', async (t) => {
  const { seam, sandbox } = await local(t)
  const workspace = await seam.read<{ workspace_id: string }>('/workspaces/get', {}, 'workspace')
  t.is(workspace.workspace_id, sandbox.workspaceId)
})

test('Settings: a personal access token goes with its workspace', async (t) => {
  const { sandbox } = await local(t)
  const { endpoint, personalAccessToken } = sandbox
  const at = (id: string) => new Seam({ endpoint, personalAccessToken, workspaceId: id })
  await t.notThrowsAsync(at(sandbox.workspaceId).read('/workspaces/get', {}, 'workspace'))
  const elsewhere = '10000000-0000-4000-8000-0000000000ff'
  await t.throwsAsync(at(elsewhere).read('/workspaces/get', {}, 'workspace'), { message: /401/ })
})

test('Settings: a slash at the end of the endpoint means nothing', async (t) => {
  const { sandbox } = await local(t)
  const seam = new Seam({ endpoint: `${sandbox.endpoint}//`, apiKey: sandbox.apiKey })
  await seam.read('/workspaces/get', {}, 'workspace')
  t.is(sandbox.requests[0]?.path, '/workspaces/get')
})
