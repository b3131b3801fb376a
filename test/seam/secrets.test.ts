import { inspect } from 'node:util'
import test, { type ExecutionContext } from 'ava'
import { NotOursError, PartialFailure } from '../../src/provider'
import { hide, redact, Seam, SeamIacError, SeamSettingsError } from '../../src/seam'
import { apiKey, breakOff, json, wire, type Answer } from './wire'

const pin = '471147'
hide(pin)

const prints: Record<string, (error: unknown) => string> = {
  inspect: (error) => inspect(error, { depth: 20, showHidden: true }),
  getters: (error) => inspect(error, { depth: 20, getters: true }),
  String,
  stack: (error) => String((error as Error).stack),
  JSON: (error) => JSON.stringify(error),
  members: (error) => JSON.stringify(Object.entries(error as object)),
}

function assertSilent(t: ExecutionContext, error: unknown): void {
  t.true(error instanceof SeamIacError, String(error))
  for (const [how, print] of Object.entries(prints)) {
    const printed = print(error)
    t.false(printed.includes(apiKey), `the key, by ${how}: ${printed}`)
    t.false(printed.includes(pin), `the PIN, by ${how}: ${printed}`)
    t.notRegex(printed, /authorization|bearer/i, `a header, by ${how}`)
  }
}

const grant = { requested_access_methods: [{ mode: 'code', code: pin }] }

const faults: Record<string, Answer> = {
  'a refusal': (response) => json(response, 400, { error: { type: 'invalid_input' } }),
  'an unauthorized call': (response) => json(response, 401, { error: { type: 'unauthorized' } }),
  'a missing object': (response) => json(response, 404, { error: { type: 'space_not_found' } }),
  'a proxy’s page': (response) => response.writeHead(502).end('<html></html>'),
  'a page with 200': (response) => response.writeHead(200).end('<html></html>'),
  'an answer without its object': (response) => json(response, 200, {}),
  'a redirect': (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
  'a rate limit': (response) => json(response, 429, {}, { 'retry-after': '86400' }),
  'a cut connection': (response) => response.socket?.destroy(),
  'an answer that breaks off': breakOff,
  silence: () => {},
  'an error that echoes what was sent': (response, _nth, { body, headers }) =>
    json(
      response,
      400,
      {
        error: {
          type: 'invalid_input',
          message: `No: ${JSON.stringify(body)}, "${pin}" (${pin}), with ${headers.authorization?.slice(7)}.`,
          validation_errors: {
            _errors: [`PIN ${pin} is taken`],
            requested_access_methods: {
              0: { code: { _errors: [`${pin} is taken by '${pin}'`, apiKey] } },
            },
          },
        },
      },
      { 'seam-request-id': 'request-1' },
    ),
}

for (const [what, answer] of Object.entries(faults)) {
  test(`Errors: ${what} shows neither the key nor the PIN that was sent`, async (t) => {
    const { seam } = await wire(t, answer, 500)
    const error: unknown = await seam.create('/access_grants/create', grant, 'access_grant').then(
      () => undefined,
      (reason: unknown) => reason,
    )
    assertSilent(t, error)
  })
}

test('Errors: what is left of a message that echoed secrets still helps', async (t) => {
  const { seam } = await wire(t, faults['an error that echoes what was sent']!)
  const error = await t.throwsAsync(seam.create('/access_grants/create', grant, 'access_grant'))
  t.regex(error.message, /"code":"\[secret\]"/)
  t.regex(error.message, /requested_access_methods\.0\.code: \[secret\] is taken by '\[secret\]'/)
  t.regex(error.message, /\nSeam's request id: request-1$/)
})

test('Errors: settings that are refused are not shown', (t) => {
  const personalAccessToken = apiKey
  for (const settings of [
    { apiKey, personalAccessToken: 'seam_at_1' },
    { personalAccessToken, workspaceId: '1' },
    { apiKey, endpoint: `ftp://${apiKey}` },
  ]) {
    const error = t.throws(() => new Seam(settings), { instanceOf: SeamSettingsError })
    assertSilent(t, error)
  }
})

test('Errors: a partial failure knows the PIN, and does not show it', (t) => {
  const failure = new PartialFailure('1', grant, { ...grant, client_session_token: pin }, 'half')
  t.deepEqual(failure.inputs, grant)
  t.deepEqual(failure.outputs['requested_access_methods'], grant.requested_access_methods)
  assertSilent(t, failure)
  assertSilent(t, new NotOursError('taken'))
})

const redactions: [text: string, shown: string][] = [
  [`code ${pin}.`, 'code [secret].'],
  [`{"code":"${pin}"}`, '{"code":"[secret]"}'],
  [`code=${pin}&x`, 'code=[secret]&x'],
  [`${pin} and ${pin}`, '[secret] and [secret]'],
  [`id 12345678-${pin}-4000`, 'id 12345678-[secret]-4000'],
  [`code${pin}x`, 'code[secret]x'],
  [`id 12345678-4711-4000-8000-000000${pin}`, `id 12345678-4711-4000-8000-000000${pin}`],
  [`id 00${pin}-4711-4000-8000-000000000001`, `id 00${pin}-4711-4000-8000-000000000001`],
  [`9${pin}9`, `9${pin}9`],
]

for (const [text, shown] of redactions) {
  test(`Errors: "${text}" is shown as "${shown}"`, (t) => t.is(redact(text), shown))
}

const steering: [what: string, text: string, shown: string][] = [
  ['colours', '\u001b[31mred\u001b[0m', 'red'],
  ['a title', '\u001b]0;owned\u0007name', 'name'],
  ['a link', '\u001b]8;;http://evil.example\u0007here\u001b]8;;\u0007', 'here'],
  ['a cleared screen', 'a\u001b[2J\u001b[Hb', 'ab'],
  ['a line that writes over another', 'refused\rallowed', 'refusedallowed'],
  ['other control characters', 'a\u0000b\u0008c\u007fd\u009b31me', 'abcde'],
  ['text in another order', 'a\u202egnp.exe\u2066b', 'agnp.exeb'],
  ['lines and tabs, which stay', 'a\n\tb', 'a\n\tb'],
  ['letters of all kinds, which stay', 'Ünïçødé 門 🚪 ‹name›', 'Ünïçødé 門 🚪 ‹name›'],
]

for (const [what, text, shown] of steering) {
  test(`Errors: what is shown cannot steer a terminal: ${what}`, (t) => t.is(redact(text), shown))
}

test('Errors: control characters do not hide a secret', (t) => {
  t.is(redact(`code ${pin.slice(0, 3)}\u0000${pin.slice(3)}`), 'code [secret]')
})

test('Errors: a refusal that would steer a terminal is shown without that', async (t) => {
  const { seam } = await wire(t, (response) => {
    const evil = '\u001b[2Jevil\r'
    const validation_errors = { [evil]: { _errors: [evil] } }
    json(response, 400, { error: { type: evil, message: evil, validation_errors } })
  })
  const error = await t.throwsAsync(seam.write('/spaces/delete', {}))
  t.is(error.message, 'Seam refused /spaces/delete: evil (400 evil)\nevil: evil')
})

test('Errors: a hidden text is taken literally', (t) => {
  hide('a.c+(d')
  t.is(redact('see a.c+(d here, not abc'), 'see [secret] here, not abc')
})
