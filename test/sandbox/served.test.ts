import test from 'ava'
import { endpoints, unserved } from '../../src/sandbox/endpoints'
import { apiPaths } from '../fixtures/openapi'
import { start } from './client'

const served = endpoints.map(({ path }) => path)

test('Sandbox: every call of the document is served, or known not to be', (t) => {
  const known = [...served.filter((path) => apiPaths.has(path)), ...unserved.keys()]
  t.deepEqual(known.sort(), [...apiPaths.keys()].sort())
})

for (const [path, why] of unserved) {
  test(`Sandbox: ${path} says that it is not served, and why`, async (t) => {
    const { refused, sandbox } = await start(t)
    const { status, error } = await refused(path)
    t.is(status, 501)
    t.like(error, {
      type: 'not_implemented',
      message: `The sandbox does not serve ${path}. ${why}`,
    })
    t.is(sandbox.requests.length, 1)
  })
}
