import { request, type IncomingHttpHeaders } from 'node:http'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import type { Sandbox } from '../../src/sandbox'
import { start } from './client'

interface Sent {
  readonly method?: string
  readonly path: string
  readonly headers?: Record<string, string>
  readonly body?: string
}

interface Heard {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

/** A call with exactly these headers, as a browser makes it; `fetch` sets the Host itself. */
function say({ endpoint }: Sandbox, { method = 'POST', path, headers, body }: Sent) {
  return new Promise<Heard>((resolve, reject) => {
    const sent = request(endpoint + path, { method, ...(headers && { headers }) }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      answer.on('end', () => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const json = { 'content-type': 'application/json' }
const emptied = { path: '/_sandbox/seed', body: '{"name":"empty"}' }

async function withData(t: ExecutionContext) {
  const folder = mkdtempSync(join(tmpdir(), 'seam-sandbox-'))
  t.teardown(() => rmSync(folder, { recursive: true }))
  const dataFile = join(folder, 'data.json')
  return { ...(await start(t, { dataFile })), dataFile }
}

for (const [what, headers] of Object.entries({
  'plain text, which a browser sends to any site': { 'content-type': 'text/plain' },
  'no content type': {},
  'a form': { 'content-type': 'application/x-www-form-urlencoded' },
  'JSON from another origin': { ...json, origin: 'https://evil.example' },
  'JSON from another port of this machine': { ...json, origin: 'http://localhost:1' },
  'JSON from a page without an origin of its own': { ...json, origin: 'null' },
  'JSON by a name that leads here': { ...json, host: 'evil.example' },
  'JSON by a name that begins as a loopback name': { ...json, host: 'localhost.evil.example' },
})) {
  test(`Sandbox: the control API takes no seed as ${what}`, async (t) => {
    const { sandbox, dataFile } = await withData(t)
    const before = readFileSync(dataFile, 'utf8')
    const heard = await say(sandbox, { ...emptied, headers })
    t.true([400, 403].includes(heard.status), heard.text)
    t.is(heard.headers['access-control-allow-origin'], undefined)
    t.is(readFileSync(dataFile, 'utf8'), before)
    t.true(sandbox.store.acsEntrances.size > 0)
  })
}

for (const [method, path] of [
  ['GET', '/_sandbox/store'],
  ['GET', '/_sandbox/requests'],
  ['DELETE', '/_sandbox/requests'],
  ['POST', '/_sandbox/settle'],
  ['POST', '/_sandbox/faults'],
  ['PATCH', '/_sandbox/store/spaces/x'],
  ['OPTIONS', '/_sandbox/store'],
  ['GET', '/workspaces/get'],
  ['POST', '/access_grants/create'],
  ['GET', '/nowhere'],
] as const) {
  test(`Sandbox: ${method} ${path} neither answers nor acts for a page of another site`, async (t) => {
    const { sandbox } = await start(t)
    const authorization = `Bearer ${sandbox.apiKey}`
    for (const foreign of [{ host: 'evil.example:80' }, { origin: 'https://evil.example' }]) {
      const headers: Record<string, string> = { ...json, authorization, ...foreign }
      const heard = await say(sandbox, { method, path, headers })
      t.is(heard.status, 403)
      t.false(heard.text.includes(sandbox.apiKey))
      t.regex(heard.text, /"type":"forbidden"/)
    }
    t.is(sandbox.requests.length, 0)
  })
}

test('Sandbox: every loopback name is answered, with the origin that goes with it', async (t) => {
  const { sandbox } = await start(t)
  const { port } = new URL(sandbox.endpoint)
  for (const name of ['127.0.0.1', 'localhost', 'LOCALHOST', '[::1]']) {
    const host = `${name}:${port}`
    for (const headers of [{ host }, { host, origin: `http://${host}` }]) {
      const heard = await say(sandbox, { method: 'GET', path: '/_sandbox/store', headers })
      t.is(heard.status, 200, host)
    }
  }
  t.is((await say(sandbox, { ...emptied, headers: json })).status, 200)
})

test('Sandbox: the control API opens no file of the machine', async (t) => {
  const { sandbox, dataFile } = await withData(t)
  const secret = `${dataFile}.secret`
  writeFileSync(secret, 'root:x:0:0:a secret')
  for (const name of [secret, '/etc/passwd', '../package.json', '', 'constructor', 7, null]) {
    const body = JSON.stringify({ name })
    const heard = await say(sandbox, { ...emptied, headers: json, body })
    t.is(heard.status, 400)
    t.notRegex(heard.text, /secret|root:x|ENOENT/)
  }
  t.true(sandbox.store.acsEntrances.size > 0)
  await t.throwsAsync(sandbox.reseed(secret), { message: /it is not JSON$/ })
})
