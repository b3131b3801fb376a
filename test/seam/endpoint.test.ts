import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer as createHttpServer } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import test, { type ExecutionContext } from 'ava'
import { AxiosError } from 'axios'
import { generate } from 'selfsigned'
import { Seam, SeamLostAnswerError } from '../../src/seam'
import { lossReason } from '../../src/seam/loss'
import { shouldRepeat, type Intent } from '../../src/seam/retry'
import { repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { cleanEnvironment } from '../fixtures/pulumi'
import { apiKey, json } from './wire'

/** A server that ends with its test, and how many connections were made to it. */
async function listening(t: ExecutionContext, server: Server) {
  const made = { connections: 0 }
  server.on('connection', () => (made.connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { made, host: `127.0.0.1:${(server.address() as AddressInfo).port}` }
}

/** A Seam whose certificate nobody has signed but itself. */
async function selfSigned(t: ExecutionContext, name: string) {
  const { private: key, cert } = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: name }] }],
  })
  const server = createHttpsServer({ key, cert }, (_request, response) =>
    json(response, 200, { ok: true, space: {} }),
  )
  return { cert, ...(await listening(t, server)) }
}

const calls: Record<Intent, (seam: Seam) => Promise<unknown>> = {
  read: (seam) => seam.read('/spaces/get', {}, 'space'),
  write: (seam) => seam.write('/spaces/update', {}),
  create: (seam) => seam.create('/spaces/create', {}, 'space'),
}

const failure = async (t: ExecutionContext, endpoint: string, intent: Intent = 'read') => {
  const call = calls[intent](new Seam({ endpoint, apiKey }))
  return (await t.throwsAsync(call, { instanceOf: SeamLostAnswerError })).message
}

for (const intent of Object.keys(calls) as Intent[]) {
  test(`Endpoint: an unknown certificate authority ends a ${intent} at the first try`, async (t) => {
    const { host, made } = await selfSigned(t, 'localhost')
    const told = await failure(t, `https://name:word@${host}`, intent)
    t.true(told.includes(`there is no secure connection to https://${host} (DEPTH_ZERO_SELF_`))
    t.regex(told, /Is SEAM_ENDPOINT right\? .* NODE_EXTRA_CA_CERTS\.$/)
    t.is(made.connections, 1)
  })
}

test('Endpoint: one without TLS ends at the first try', async (t) => {
  const { host, made } = await listening(t, createHttpServer())
  const told = await failure(t, `https://${host}`)
  t.true(told.includes(`there is no secure connection to https://${host} (`), told)
  t.is(made.connections, 1)
})

test('Endpoint: a certificate for another name ends at the first try', async (t) => {
  const { host, made, cert } = await selfSigned(t, 'other.example')
  const folder = await mkdtemp(join(tmpdir(), 'authority-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  const authority = join(folder, 'authority.pem')
  await writeFile(authority, cert)
  const ask = `
    const { Seam } = require('./src/seam')
    new Seam({ endpoint: 'https://${host}', apiKey: '${apiKey}' })
      .read('/spaces/get', {}, 'space')
      .catch(({ message }) => console.log(message))`
  const { stdout } = await capture(process.execPath, ['--import=tsx', '--eval', ask], {
    cwd: repository,
    // Node reads its authorities when it starts.
    env: { ...cleanEnvironment(), NODE_EXTRA_CA_CERTS: authority },
    deadline: 180_000,
  })
  t.true(stdout.includes(`to https://${host} (ERR_TLS_CERT_ALTNAME_INVALID)`), stdout)
  t.is(made.connections, 1)
})

test('Endpoint: a name that there is not is told as such', async (t) => {
  const told = await failure(t, 'http://no..such')
  t.regex(told, /there is no no\.\.such \(ENOTFOUND\)\. Is SEAM_ENDPOINT right\?/)
})

const attempt = (code: string, syscall?: string) => {
  const cause = Object.assign(new Error(code), { code, syscall })
  const config = { intent: 'read', beganAt: Date.now() } as never
  return AxiosError.from(cause, undefined, config)
}

for (const code of [
  'EACCES',
  'EPERM',
  'ENOTFOUND',
  'ERR_INVALID_URL',
  'EPROTO',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]) {
  test(`Endpoint: ${code} is final`, (t) => t.false(shouldRepeat(attempt(code, 'connect'))))
}

for (const code of ['EACCES', 'EPERM']) {
  test(`Endpoint: ${code} is told with the endpoint, and without what signs in to it`, (t) => {
    t.is(
      lossReason(attempt(code, 'connect'), 'https://name:word@seam.example/api'),
      `this machine forbids to connect to https://seam.example (${code}). Ask whoever looks after its firewall.`,
    )
  })
}

for (const code of ['ECONNREFUSED', 'EAI_AGAIN', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE']) {
  test(`Endpoint: ${code} may pass`, (t) => t.true(shouldRepeat(attempt(code))))
}
