import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { terraformFolder } from '../fixtures/terraform'
import { shareOf } from '../fixtures/share'

const some = shareOf(test, 6)

const { spaces, userIdentities } = officeIds

const grant = (more: string) => `
resource "seam_access_grant" "ivan" {
  user_identity_id = "${userIdentities.ivan}"
${more}
}
`
const methods = 'requested_access_methods = [{ mode = "code" }]'
const lobby = `space_ids = ["${spaces.lobby}"]`

/** The errors in what the engine said: each with what it says and the line that it points to. */
const errorsIn = (said: string) =>
  said
    .split(/^Error: /m)
    .slice(1)
    .map((text) => text.replace(/\n/g, ' ').replace(/ +/g, ' '))

const wrong: readonly (readonly [what: string, config: string, expected: RegExp])[] = [
  [
    'a time without an offset',
    grant(`${lobby}\n${methods}\nends_at = "2031-01-01T10:00:00"`),
    /`ends_at` must be an ISO 8601 date and time with an offset.* ends_at = "2031/,
  ],
  [
    'an end before the beginning',
    grant(
      `${lobby}\n${methods}\nstarts_at = "2032-01-01T10:00:00Z"\nends_at = "2031-01-01T10:00:00Z"`,
    ),
    /`ends_at` .* ends_at = "2031/,
  ],
  [
    'an id that is none',
    grant(`space_ids = ["lobby"]\n${methods}`),
    /must be an id of Seam \(a UUID\).* space_ids = \["lobby"\]/,
  ],
  ['no doors', grant(methods), /a grant opens something|`space_ids`/],
  [
    'a mode that there is not',
    grant(`${lobby}\nrequested_access_methods = [{ mode = "pin" }]`),
    /`requested_access_methods\[0\]\.mode` must be one of code, card, mobile_key, cloud_key.* requested_access_methods =/,
  ],
  [
    'a PIN with a card',
    grant(`${lobby}\nrequested_access_methods = [{ mode = "card", code = "1234" }]`),
    /`requested_access_methods\[0\]\.code` .* requested_access_methods =/,
  ],
]

for (const [what, config, expected] of wrong) {
  some(
    `Refused: ${what} is one error at its attribute, and nothing is asked of Seam`,
    async (t) => {
      const office = await terraformFolder(t, config)
      office.sandbox.clearRequests()
      const { code, stdout, stderr } = await office.run('validate')
      t.is(code, 1)
      const errors = errorsIn(stdout + stderr)
      t.is(errors.length, 1, stdout + stderr)
      t.regex(errors[0]!, expected)
      t.deepEqual(office.sandbox.requests, [])
    },
  )
}

some('Refused: a wrong key is one error that says what to set', async (t) => {
  const office = await terraformFolder(t, grant(`${lobby}\n${methods}`))
  office.sandbox.store.apiKey = 'seam_testAnother_One'
  const errors = errorsIn(await office.failedApply())
  t.is(errors.length, 1)
  t.regex(errors[0]!, /SEAM_API_KEY/)
})

for (const status of [401, 403, 500]) {
  some(
    `Refused: a refresh that Seam answers with ${status} leaves the state byte for byte`,
    async (t) => {
      const office = await terraformFolder(t, grant(`${lobby}\n${methods}`), {
        settings: 'retry_timeout = "1s"',
      })
      await office.apply()
      const before = await office.stateText()
      office.sandbox.fault({ kind: 'status', status })
      for (const args of [
        ['refresh'],
        ['apply', '-auto-approve', '-refresh-only'],
        ['destroy', '-auto-approve'],
      ]) {
        const done = await office.run(...args)
        t.is(done.code, 1, args[0])
        t.is(errorsIn(done.stdout + done.stderr).length, 1, done.stdout + done.stderr)
        t.is(await office.stateText(), before, args[0])
      }
      office.sandbox.clearFaults()
      t.deepEqual(await office.changes(), [])
      await office.destroy()
    },
  )
}

some(
  'Refused: a configuration that is known only after the deployment makes no call and no error',
  async (t) => {
    const config = (endpoint: string, key: string) => `
    terraform {
      required_providers {
        seam = { source = "seam-iac/seam" }
      }
    }
    resource "terraform_data" "key" { input = "${key}" }
    provider "seam" {
      endpoint = "${endpoint}"
      api_key  = terraform_data.key.output
    }
    ${grant(`${lobby}\n${methods}`)}`
    const office = await terraformFolder(t, '')
    const { endpoint, apiKey } = office.sandbox
    await office.writeAll(config(endpoint, apiKey))
    office.sandbox.clearRequests()
    t.deepEqual(await office.changes(), [
      'create seam_access_grant.ivan',
      'create terraform_data.key',
    ])
    t.deepEqual(office.sandbox.requests, [])
    await office.apply()
    t.deepEqual(await office.changes(), [])
    await office.destroy()
  },
)
