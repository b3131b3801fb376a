import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { officeIds, startSandbox, type Sandbox } from '../../src/sandbox'
import { capture } from '../../tools/engine/process.js'
import { ensureTerraform } from '../../tools/engine/terraform.js'
import { ask } from '../fixtures/building'
import { relayed } from '../fixtures/relay'
import { address, wantedEngine } from '../fixtures/terraform'
import { installedPlugin, processesOf } from '../fixtures/terraform-plugin'

const { spaces, systems, acsUsers, accessGroups } = officeIds
const deadline = 180_000

/** What happens in the middle of an apply, and when. */
export interface Point {
  readonly what: 'kill -9 of all' | 'kill -9 of the engine alone' | 'Ctrl-C'
  /** What the apply does: everything is new, or everything changes. */
  readonly of: 'a creation' | 'a change'
  /** At which call of the apply. */
  readonly call: number
  /** Before Seam has the call, or when it has done it and nobody has the answer yet. */
  readonly when: 'before' | 'after'
}

interface Grant {
  readonly room: string
  readonly end: string
}

interface Wanted {
  readonly ana: string
  readonly people: readonly string[]
  readonly grants: Readonly<Record<string, Grant>>
  readonly group: string
}

const first: Wanted = {
  ana: 'Ana Ruiz',
  people: ['ben', 'chloe'],
  grants: {
    ana: { room: spaces.lobby, end: '2031' },
    ben: { room: spaces.lobby, end: '2031' },
    chloe: { room: spaces.lobby, end: '2031' },
  },
  group: accessGroups.employees,
}

/** A new name, end, room and group, somebody who leaves and somebody who comes. */
const second: Wanted = {
  ana: 'Ana Ruiz Soto',
  people: ['ben', 'dev'],
  grants: {
    ana: { room: spaces.lobby, end: '2032' },
    ben: { room: spaces.lab, end: '2031' },
    dev: { room: spaces.garage, end: '2033' },
  },
  group: accessGroups.cleaners,
}

const person = (name: string, fullName: string) => `
resource "seam_user_identity" "${name}" {
  full_name     = "${fullName}"
  email_address = "${name}@example.com"
}
`

const grant = (name: string, { room, end }: Grant) => `
resource "seam_access_grant" "${name}" {
  user_identity_id         = seam_user_identity.${name}.id
  space_ids                = ["${room}"]
  ends_at                  = "${end}-01-01T00:00:00Z"
  requested_access_methods = [{ mode = "code" }]
  lifecycle { create_before_destroy = ${name === 'ben'} }
}
`

const member = (name: string, group: string, user: string) => `
resource "seam_access_group_membership" "${name}" {
  acs_access_group_id = "${group}"
  acs_user_id         = ${user}
}
`

/** Three people with a grant each, a user of a system, and two members of a group. */
const configFor = ({ ana, people, grants, group }: Wanted) =>
  [
    `terraform {\n required_providers {\n seam = { source = "${address}" }\n }\n}\n`,
    person('ana', ana),
    ...people.map((name) => person(name, name)),
    ...Object.entries(grants).map(([name, one]) => grant(name, one)),
    `resource "seam_acs_user" "eve" {
      acs_system_id = "${systems.saltoKs}"
      full_name     = "Eve Novak"
    }`,
    member('eve', group, 'seam_acs_user.eve.id'),
    member('dev', group, `"${acsUsers.saltoDev}"`),
  ].join('')

/** Everything in the sandbox that is not of its seed, in words; what is there twice is told twice. */
function held({ store }: Sandbox, seed: Set<string>) {
  const people = store.userIdentities.all().filter((one) => !seed.has(one.user_identity_id))
  const nameOf = (id: string | undefined) =>
    people.find((one) => one.user_identity_id === id)?.full_name ?? `nobody (${id})`
  const users = store.acsUsers.all().filter((one) => one.full_name === 'Eve Novak')
  const eves = new Set(users.map((one) => one.acs_user_id))
  return {
    people: people.map((one) => one.full_name).sort(),
    grants: store.accessGrants
      .all()
      .filter((one) => !seed.has(one.access_grant_id))
      .map((one) => {
        const [room] = one.space_ids
        return `${nameOf(one.user_identity_id)} ${room} ${one.ends_at?.slice(0, 4)}`
      })
      .sort(),
    users: users.length,
    members: store.memberships
      .all()
      .map((one) => ({ ...one, key: `${one.acs_user_id} in ${one.acs_access_group_id}` }))
      .filter(({ key }) => !seed.has(key))
      .map(({ acs_user_id: user, acs_access_group_id: group, key }) =>
        eves.has(user) ? `Eve in ${group}` : key,
      )
      .sort(),
  }
}

const everything = ({ store }: Sandbox) =>
  new Set([
    ...store.userIdentities.all().map((one) => one.user_identity_id),
    ...store.accessGrants.all().map((one) => one.access_grant_id),
    ...store.memberships.all().map((one) => `${one.acs_user_id} in ${one.acs_access_group_id}`),
  ])

function expected({ ana, people, grants, group }: Wanted) {
  const fullName = (name: string) => (name === 'ana' ? ana : name)
  return {
    people: [ana, ...people].sort(),
    grants: Object.entries(grants)
      .map(([name, { room, end }]) => `${fullName(name)} ${room} ${end}`)
      .sort(),
    users: 1,
    members: [`${acsUsers.saltoDev} in ${group}`, `Eve in ${group}`].sort(),
  }
}

/** A building with its relay, the built plugin, and the CLI. */
async function building(t: ExecutionContext) {
  const sandbox = await startSandbox({ seed: 'office' })
  t.teardown(() => sandbox.stop())
  const seed = everything(sandbox)
  sandbox.fault({ kind: 'latency', ms: 20 })
  const { relay, ...behind } = await relayed(t, sandbox)
  const { command } = await ensureTerraform(wantedEngine)
  const { folder, plugin, ...installed } = await installedPlugin(t)
  const env = {
    ...installed.env,
    SEAM_ENDPOINT: behind.sandbox.endpoint,
    SEAM_API_KEY: sandbox.apiKey,
  }
  const run = (...args: string[]) =>
    capture(command, [args[0]!, '-no-color', ...args.slice(1)], { cwd: folder, env, deadline })
  const must = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(...args)
    t.is(code, 0, `${args.join(' ')}\n${stdout}${stderr}`)
  }
  return {
    sandbox,
    relay,
    plugin,
    run,
    must,
    held: () => held(sandbox, seed),
    write: (wanted: Wanted) => writeFile(join(folder, 'main.tf'), configFor(wanted)),
    start: (...args: string[]) => spawn(command, args, { cwd: folder, env, detached: true }),
    state: () => readFile(join(folder, 'terraform.tfstate'), 'utf8'),
    mendState: () => mendState(join(folder, 'terraform.tfstate')),
  }
}

/**
 * Terraform writes the state of a folder in place: where it is killed in the middle of that, there is
 * half a file beside the state of before. Other backends do not.
 */
async function mendState(file: string): Promise<void> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  try {
    if (text !== undefined) JSON.parse(text)
  } catch {
    await rm(file)
    await copyFile(`${file}.backup`, file).catch(() => {})
  }
}

type Building = Awaited<ReturnType<typeof building>>

/** Applies a plan and, at its point, does what is to happen; answers what the engine said. */
async function applyUntil({ relay, start }: Building, point: Point): Promise<string> {
  const engine = start('apply', '-no-color', 'plan.bin')
  const { pid = 0 } = engine
  relay.actAt({
    ...point,
    isLost: point.what === 'kill -9 of all' && point.when === 'before',
    act() {
      if (point.what === 'Ctrl-C') process.kill(-pid, 'SIGINT')
      else process.kill(point.what === 'kill -9 of all' ? -pid : pid, 'SIGKILL')
    },
  })
  let said = ''
  for (const stream of [engine.stdout, engine.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (said += text))
  }
  await once(engine, 'close')
  return said
}

/** Applies; what has no key, and was left behind, is named by the error and then deleted by hand. */
async function applyThroughTwins(t: ExecutionContext, { run, must, sandbox }: Building) {
  const { code, stdout, stderr } = await run('apply', '-auto-approve')
  if (code === 0) return
  const said = (stdout + stderr).replace(/[\s│]+/g, ' ')
  const errors = said.split(/Error: /).slice(1)
  t.is(errors.length, 1, said)
  const [, id = ''] = /Seam has seam_acs_user like this one already: (\S+)\./.exec(said) ?? []
  t.is(sandbox.store.acsUsers.get(id)?.full_name, 'Eve Novak', said)
  await ask(sandbox, '/acs/users/delete', { acs_user_id: id })
  await must('apply', '-auto-approve')
}

/** What an interrupted engine has saved: every object that Seam has of it. */
function mustHold(t: ExecutionContext, state: string, { sandbox }: Building, seed: Set<string>) {
  const { userIdentities: people, accessGrants, acsUsers: users } = sandbox.store
  const ours = [
    ...people.all().map((one) => one.user_identity_id),
    ...accessGrants.all().map((one) => one.access_grant_id),
    ...users
      .all()
      .filter((one) => one.full_name === 'Eve Novak')
      .map((one) => one.acs_user_id),
  ].filter((id) => !seed.has(id))
  t.deepEqual(
    ours.filter((id) => !state.includes(id)),
    [],
    'the state has all that was made',
  )
}

/** Interrupts an apply at a point; the next one ends with exactly what is wanted. */
export async function interruptedAt(t: ExecutionContext, point: Point): Promise<void> {
  t.timeout(600_000)
  const office = await building(t)
  const { sandbox, relay, must } = office
  const seed = everything(sandbox)
  if (point.of === 'a change') {
    await office.write(first)
    await must('apply', '-auto-approve')
  }
  const wanted = point.of === 'a change' ? second : first
  await office.write(wanted)
  await must('plan', '-out=plan.bin')

  const said = await applyUntil(office, point)
  t.true(relay.calls >= point.call, `only ${relay.calls} calls`)
  const gone = Date.now() + 10_000
  while ((await processesOf(office.plugin)).length > 0 && Date.now() < gone) await sleep(50)
  t.deepEqual(await processesOf(office.plugin), [], 'no plugin is left')
  relay.actAt()

  if (point.what === 'Ctrl-C') {
    t.regex(said, /Interrupt received/)
    mustHold(t, await office.state(), office, seed)
    await must('apply', '-auto-approve')
  } else {
    await office.mendState()
    await applyThroughTwins(t, office)
  }
  t.deepEqual(office.held(), expected(wanted))
  await must('plan', '-detailed-exitcode')
}
