import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { copyFile, link, mkdtemp, rm, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionContext } from 'ava'
import { officeIds, type Sandbox } from '../../src/sandbox'
import { enginesFolder, repository } from '../../tools/engine/folders.js'
import { stateFile } from '../../tools/engine/workspace.js'
import { ask, deployment, writes } from '../fixtures/building'
import type { PulumiStack } from '../fixtures/pulumi'

const { spaces, accessGroups } = officeIds
const rooms = [spaces.lobby, spaces.lab, spaces.offices, spaces.garage]
const groups = [accessGroups.employees, accessGroups.labTeam]

/** What a round wants: 12 people, a grant each, 6 memberships; every round edits some of each. */
interface Wanted {
  people: { name: string; fullName: string; room: string; endsAt: string; key?: string }[]
  members: { name: string; person: string; group: string }[]
}

function wantedIn(round: number): Wanted {
  const people = Array.from({ length: 12 }, (_, at) => {
    const name = `person-${at % 4 === 3 ? at + (round % 3) * 100 : at}`
    return {
      name,
      fullName: `${name} ${at % 3 === 0 ? round : ''}`.trim(),
      room: rooms[(at % 2 === 0 ? at : at + round) % rooms.length]!,
      endsAt: `${2031 + ((at + round) % 3)}-01-01T00:00:00Z`,
      ...(at % 5 === 1 && { key: `own-${name}` }),
    }
  })
  const members = people
    .filter((_, at) => at % 2 === 0)
    .map(({ name }, at) => ({ name, person: name, group: groups[(at + round) % 2]! }))
  return { people, members }
}

/** The same people with other names and ends: what was under way then differs from what is wanted. */
const edited = ({ people, members }: Wanted): Wanted => ({
  people: people.map((one) => ({
    ...one,
    fullName: `${one.fullName} II`,
    endsAt: '2036-01-01T00:00:00Z',
  })),
  members,
})

const programFor = (wanted: Wanted) => `
const seam = require('seam-iac')
const wanted = ${JSON.stringify(wanted)}
const ids = {}
for (const { name, fullName, room, endsAt, key } of wanted.people) {
  const person = new seam.UserIdentity(name, { fullName })
  ids[name] = person.id
  new seam.AccessGrant(name, {
    userIdentityId: person.id, spaceIds: [room], endsAt,
    // A key of the program's own does not say who made the object, so the program has to.
    ...(key && { accessGrantKey: key, adopt: true, deleteAdopted: true }),
    requestedAccessMethods: [{ mode: 'code' }],
  })
}
for (const { name, person, group } of wanted.members) {
  new seam.AccessGroupMembership(name, { acsAccessGroupId: group, userIdentityId: ids[person] })
}
`

/** Everything in the sandbox that is not of its seed, in words. */
function held({ store }: Sandbox, seed: Set<string>) {
  const people = store.userIdentities.all().filter((one) => !seed.has(one.user_identity_id))
  const nameOf = (id: string | undefined) =>
    people.find((one) => one.user_identity_id === id)?.full_name ?? `nobody (${id})`
  const grants = store.accessGrants.all().filter((one) => !seed.has(one.access_grant_id))
  const members = store.memberships
    .all()
    .flatMap(({ acs_user_id: user, acs_access_group_id: group }) => {
      const person = store.acsUsers.get(user)?.user_identity_id
      return seed.has(user) ? [] : [`${nameOf(person)} in ${group}`]
    })
  return {
    people: people.map(({ full_name: name }) => name).sort(),
    grants: grants
      .map(
        (one) =>
          `${nameOf(one.user_identity_id)} ${one.space_ids.join()} ${one.ends_at?.slice(0, 4)}`,
      )
      .sort(),
    members: members.sort(),
  }
}

function expected({ people, members }: Wanted) {
  const nameOf = (person: string) => people.find(({ name }) => name === person)!.fullName
  return {
    people: people.map(({ fullName }) => fullName).sort(),
    grants: people.map((one) => `${one.fullName} ${one.room} ${one.endsAt.slice(0, 4)}`).sort(),
    members: members.map(({ person, group }) => `${nameOf(person)} in ${group}`).sort(),
  }
}

/** The processes that run in a folder, with their command lines. */
const processesIn = (folder: string) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== folder) return []
        return [{ pid: Number(pid), command: readFileSync(`/proc/${pid}/cmdline`, 'utf8') }]
      } catch {
        return []
      }
    })

const providersIn = (folder: string) =>
  processesIn(folder).filter(({ command }) => /node.*dynamic-provider/.test(command))

function kill(pid: number) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}

type Victim = 'the CLI' | 'the provider' | 'both'
const victims: Victim[] = ['the CLI', 'the provider', 'both']

/** Starts an up, and kills as soon as it is time. */
async function killOnce(isTime: () => boolean, stack: PulumiStack, victim: Victim) {
  const args = ['--non-interactive', 'up', '--yes', '--skip-preview', '--stack', 'test']
  const cli: ChildProcess = spawn('pulumi', args, {
    cwd: stack.folder,
    env: stack.env,
    stdio: 'ignore',
  })
  const ended = once(cli, 'exit')
  while (cli.exitCode === null && !isTime()) await sleep(2)
  if (victim !== 'the CLI') providersIn(stack.folder).forEach(({ pid }) => kill(pid))
  if (victim !== 'the provider') kill(cli.pid!)
  await ended
}

/** A CLI with the vendor's own provider host beside it, so that nothing but this package ends it. */
async function vendorHost(t: ExecutionContext, stack: PulumiStack): Promise<void> {
  const folder = await mkdtemp(join(enginesFolder, 'vendor-host-'))
  t.teardown(() => rm(folder, { recursive: true, force: true }))
  await link(stack.engine.command, join(folder, 'pulumi'))
  await symlink(
    join(dirname(stack.engine.command), 'pulumi-language-nodejs'),
    join(folder, 'pulumi-language-nodejs'),
  )
  const host = 'pulumi-resource-pulumi-nodejs'
  await symlink(join(repository, 'node_modules/@pulumi/pulumi', host), join(folder, host))
  stack.env['PATH'] = `${folder}:${process.env['PATH']}`
}

/**
 * Pulumi's file backend writes a state, and the notes beside it, in place: an engine that is killed in
 * the middle leaves half a file, beside the state of the step before. Other backends do not.
 */
async function mendState(stack: PulumiStack): Promise<void> {
  const file = stateFile(dirname(stack.folder), 'program', 'test')
  const isWhole = (path: string) => {
    try {
      return Boolean(JSON.parse(readFileSync(path, 'utf8')))
    } catch {
      return false
    }
  }
  if (!isWhole(file)) await copyFile(`${file}.bak`, file)
  if (!isWhole(`${file}.attrs`)) await rm(`${file}.attrs`, { force: true })
}

const paths: Record<string, [path: string, id: string]> = {
  UserIdentity: ['/user_identities/delete', 'user_identity_id'],
  AccessGrant: ['/access_grants/delete', 'access_grant_id'],
}

/** Deploys, and deletes what each refusal names; answers how many there were. */
async function upThroughRefusals(stack: PulumiStack, sandbox: Sandbox): Promise<number> {
  const refusal = /(\w+) (\S+) \(of \S+\) has the key of this resource/g
  for (let refusals = 0; ;) {
    const failure = await stack.up().then(
      () => undefined,
      (error: Error) => error,
    )
    if (!failure) return refusals
    const named = new Map([...failure.message.matchAll(refusal)].map(([, kind, id]) => [id, kind]))
    if (named.size === 0) throw failure
    for (const [id, kind] of named) {
      const [path, name] = paths[kind!]!
      // A grant goes with its person.
      await ask(sandbox, path, { [name]: id }).catch(() => undefined)
    }
    refusals += named.size
  }
}

/**
 * Kills while two new people are created and nobody has been told of them yet: one at least has a key
 * that the program does not own, so that an edit meets what the killed run has left.
 */
async function killInCreates(stack: PulumiStack, sandbox: Sandbox, victim: Victim): Promise<void> {
  const path = '/user_identities/create'
  sandbox.fault({ path, kind: 'slow-body', ms: 3_000 })
  const isCreated = (one: Sandbox['requests'][number]) => one.path === path && one.status === 200
  await killOnce(() => sandbox.requests.filter(isCreated).length >= 2, stack, victim)
  sandbox.clearFaults()
}

/** As many rounds as there are; each kills at a later write than the one before. */
export const allRounds = Array.from({ length: 30 }, (_, round) => round)

/** Kills a deployment in each round, and lets the next one finish: it holds exactly what is wanted. */
export async function killedIn(t: ExecutionContext, rounds: readonly number[]): Promise<void> {
  const { sandbox, stack } = await deployment(t, programFor(wantedIn(0)))
  t.timeout(1_500_000, 'a deployment that is killed, and one that finishes, for each round')
  await vendorHost(t, stack)
  const { store } = sandbox
  const seed = new Set([
    ...store.userIdentities.all().map((one) => one.user_identity_id),
    ...store.accessGrants.all().map((one) => one.access_grant_id),
    ...store.acsUsers.all().map((one) => one.acs_user_id),
  ])
  for (const round of rounds) {
    const wanted = wantedIn(round)
    const victim = victims[round % victims.length]!
    await stack.writeProgram(programFor(wanted))
    sandbox.clearRequests()
    const isEdited = round % 5 === 2
    const point = 1 + Math.floor(round * (round === 0 ? 1 : 0.9))
    await (isEdited
      ? killInCreates(stack, sandbox, victim)
      : killOnce(() => writes(sandbox).length >= point, stack, victim))
    const told = `round ${round}: ${victim} killed ${isEdited ? 'in creates' : `at write ${point}`}`

    const gone = Date.now() + 5_000
    while (processesIn(stack.folder).length > 0 && Date.now() < gone) await sleep(50)
    t.deepEqual(processesIn(stack.folder), [], `${told}: no process is left after 5 s`)

    await mendState(stack)

    await stack.run('cancel', '--yes', '--stack', 'test').catch(() => undefined)
    if (isEdited) {
      await stack.writeProgram(programFor(edited(wanted)))
      const refusals = await upThroughRefusals(stack, sandbox)
      t.true(refusals > 0, `${told}: the edit met what the killed run had left`)
      t.deepEqual(held(sandbox, seed), expected(edited(wanted)), `${told}, then edited`)
    } else {
      await stack.up()
      t.deepEqual(held(sandbox, seed), expected(wanted), told)
    }
  }
  await stack.destroy()
  t.deepEqual(held(sandbox, seed), { people: [], grants: [], members: [] })
}
