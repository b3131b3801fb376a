import test from 'ava'
import { check, create, read, remove, Session } from '../../src/provider'
import {
  accessGroupMembersExclusive,
  accessGroupMembership,
  acsUser,
  space,
} from '../../src/resources'
import { officeIds } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { redact, SeamIacError } from '../../src/seam'
import { json, wire } from '../seam/wire'
import { cases, lea, pin } from './faults/cases'
import { failure, leftBy, office, planned, seed } from './office'

const { accessGroups, systems } = officeIds

const steers = /[^\P{Cc}\n\t]|[\u202a-\u202e]/u

const names: Record<string, string> = {
  markup: '<script>alert(1)</script><!-- {{7*7}} `id` -->',
  'escapes of a terminal': '\u001b[2J\u001b]0;owned\u0007\u001b[31mLea\r\u009b1A',
  'new lines': 'Lea\nerror: all is well\r\n::set-output name=x::y',
  'ten thousand characters': 'Lea '.repeat(2_500),
  'text in another order': '\u202eaeL\u2066',
  quotes: `"'; drop table people; -- \\`,
}

for (const [what, name] of Object.entries(names)) {
  test(`Hostile: a name of ${what} is kept as it is, and told without what steers`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const user = { ...lea, acs_system_id: systems.saltoKs, full_name: name }
    const made = await create(acsUser, session, planned(acsUser, user))
    t.is(sandbox.store.acsUsers.get(made.id)?.full_name, name)
    t.is((await read(acsUser, newSession(), made.id, leftBy(made)))?.inputs['full_name'], name)

    sandbox.store.fail(made.id, { error_code: 'failed', message: name })
    const told = await read(acsUser, newSession(), made.id, leftBy(made))
    t.is(told?.notices?.length, 1)
    t.notRegex(redact(told!.notices!.join()), steers)

    const group = sandbox.store.acsAccessGroups.update(accessGroups.employees, { name })!
    const { acs_access_group_id } = group
    const edge = { acs_access_group_id, acs_user_id: made.id }
    const member = await create(
      accessGroupMembership,
      session,
      planned(accessGroupMembership, edge),
    )
    const held = await failure(remove(acsUser, newSession(), made.id, made.outputs), SeamIacError)
    t.notRegex(redact(held.message), steers)
    await remove(accessGroupMembership, newSession(), member.id, member.outputs)
    await remove(acsUser, newSession(), made.id, made.outputs)
    t.false(sandbox.store.acsUsers.has(made.id))
  })
}

const keys = [
  'key\r\nx-evil: 1',
  '__proto__',
  'constructor',
  '../../etc/passwd',
  '%00',
  '‹key›?x=1#',
]

for (const key of keys) {
  test(`Hostile: the key ${JSON.stringify(key)} names one object and nothing else`, async (t) => {
    const { sandbox, session, newSession } = await office(t)
    const before = sandbox.store.spaces.size
    const given = { name: 'Annex', space_key: key }
    const made = await create(space, session, planned(space, given), seed)
    const error = await failure(
      create(space, newSession(), planned(space, given), seed),
      SeamIacError,
    )
    t.notRegex(redact(error.message), steers)
    t.is(sandbox.store.spaces.find('space_key', key)?.space_id, made.id)
    t.true(sandbox.requests.every(({ path }) => path.startsWith('/spaces/')))
    t.is(sandbox.store.spaces.size, before + 1)
    await remove(space, newSession(), made.id, made.outputs)
    t.is(sandbox.store.spaces.size, before)
  })
}

for (const apiKey of ['seam_a\r\nx-evil: 1', 'seam_a\u0000b', 'seam_ключ', 'seam_a\u001b[31m']) {
  test(`Hostile: the API key ${JSON.stringify(apiKey)} is refused, and not shown`, async (t) => {
    const { sandbox } = await office(t)
    const session = new Session()
    session.configure({ endpoint: sandbox.endpoint, apiKey })
    const error = await t.throwsAsync(
      create(space, session, planned(space, { name: 'Annex' }), seed),
    )
    t.true(error instanceof SeamIacError, String(error))
    t.false(error.message.includes(apiKey) || error.message.includes('x-evil'), error.message)
    t.deepEqual(sandbox.requests, [])
  })
}

const inherited = JSON.parse(
  '{"__proto__":{"polluted":true},"constructor":{"polluted":true}}',
) as Wire

for (const [name, [definition, given]] of Object.entries(cases)) {
  test(`Hostile: members that objects inherit are no inputs of a ${name}`, (t) => {
    const { problems } = check(
      definition,
      { ...given, ...inherited },
      { seed },
      new Session().facts,
    )
    t.deepEqual(problems.map(({ path }) => path[0]).sort(), ['__proto__', 'constructor'])
    t.is(({} as Wire)['polluted'], undefined)
  })
}

test('Hostile: an error that quotes what was sent shows neither PIN nor key', async (t) => {
  let apiKey = ''
  const { endpoint } = await wire(t, (response, _nth, { body, headers }) => {
    apiKey = String(headers.authorization).slice('Bearer '.length)
    const message = `\u001b[31m${JSON.stringify(body)} ${headers.authorization}`
    json(response, 400, {
      error: { type: message, message, validation_errors: { _errors: [message] } },
    })
  })
  const session = new Session(20)
  session.configure({ endpoint, apiKey: 'seam_test_quoted_12345' })
  const [definition, given] = cases['grant']!
  const error = await failure(
    create(definition, session, planned(definition, given), seed),
    SeamIacError,
  )
  t.is(apiKey, 'seam_test_quoted_12345')
  t.false(error.message.includes(pin) || error.message.includes(apiKey), error.message)
  t.notRegex(error.message, steers)
})

test('Hostile: a group with more members than a call has arguments is read', async (t) => {
  const { session } = await office(t)
  const { endpoint } = await wire(t, (response) => {
    const member = (_: unknown, at: number) => ({
      acs_user_id: `user-${at}`,
      pending_mutations: null,
    })
    json(response, 200, { ok: true, acs_users: Array.from({ length: 200_000 }, member) })
  })
  session.configure({ endpoint, apiKey: 'seam_test_many' })
  const seen = await read(accessGroupMembersExclusive, session, accessGroups.employees)
  t.is((seen?.outputs['acs_user_ids'] as string[]).length, 200_000)
})
