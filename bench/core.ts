// The provider core against a bare loop that repeats its very calls: what the core itself costs.
import { Agent, request } from 'node:http'
import PQueue from 'p-queue'
import { check, create, read, remove, Session, update, type Stored } from '../src/provider'
import { accessGrant } from '../src/resources/access-grant'
import type { LoggedRequest } from '../src/sandbox'
import type { Wire } from '../src/schema'
import { medians, timed, type Comparison, type Figures } from './figures'
import { grantOf, spaces } from './programs'
import { startBuilding, type Building } from './sandbox'

/** As many operations as the engine has under way on a machine with four cores. */
const concurrency = 16

async function each<T, R>(items: T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const queue = new PQueue({ concurrency })
  return Promise.all(items.map((item, index) => queue.add(() => work(item, index))))
}

const seedOf = (index: number) => index.toString(16).padStart(12, '0')

function planned(session: Session, given: Wire, index: number, before?: Wire): Wire {
  const standing = { seed: seedOf(index), before }
  const { inputs, problems } = check(accessGrant, given, standing, session.facts)
  if (problems.length > 0) throw new Error(JSON.stringify(problems))
  return inputs
}

/** What an engine has the core do, one function a command; each has a process of its own there. */
function commands(building: Building, size: number) {
  const numbers = Array.from({ length: size }, (_, index) => index + 1)
  let held: Stored[] = []
  const newSession = () => {
    const session = new Session()
    session.configure(building)
    return session
  }
  return {
    async create() {
      const session = newSession()
      held = await each(numbers, (number, index) =>
        create(accessGrant, session, planned(session, grantOf(number), index), seedOf(index)),
      )
    },
    async refresh() {
      const session = newSession()
      await each(held, (last) => read(accessGrant, session, last.id, last))
    },
    async update() {
      const session = newSession()
      const edited = held.slice(0, Math.ceil(size / 10))
      await each(edited, (last, index) => {
        const given = grantOf(index + 1, 'edited')
        const inputs = planned(session, given, index, last.inputs)
        return update(accessGrant, session, last, inputs, seedOf(index))
      })
    },
    async destroy() {
      const session = newSession()
      await each(held, ({ id, outputs }) => remove(accessGrant, session, id, outputs))
    },
  }
}

/** One call with no more around it than node needs. */
function bareCall({ endpoint, apiKey }: Building, agent: Agent, path: string, body: string) {
  const headers = { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' }
  return new Promise<string>((resolve, reject) => {
    const call = request(endpoint + path, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (more: string) => (text += more))
      response.on('end', () => {
        if (response.statusCode === 200) resolve(text)
        else reject(new Error(`${path}: ${response.statusCode} ${text}`))
      })
    })
    call.on('error', reject).end(body)
  })
}

/** Repeats calls in another building, with the ids that the same objects have there. */
function repeater(building: Building) {
  const agent = new Agent({ keepAlive: true })
  const idByKey = new Map<string, string>()
  const idThere = new Map<string, string>()
  return {
    /** @param held what the calls of the first building made */
    meet(held: Wire[]): void {
      for (const grant of held) {
        const id = idByKey.get(String(grant['access_grant_key']))
        if (id) idThere.set(String(grant['access_grant_id']), id)
      }
    },
    async repeat(calls: readonly LoggedRequest[]): Promise<void> {
      const bodies = calls.map(({ body }) =>
        JSON.stringify(body).replace(/[\da-f-]{36}/g, (id) => idThere.get(id) ?? id),
      )
      await each(bodies, async (body, index) => {
        const { path } = calls[index]!
        const answer = JSON.parse(await bareCall(building, agent, path, body)) as Wire
        if (!path.endsWith('/create')) return
        const grant = answer['access_grant'] as Wire
        idByKey.set(String(grant['access_grant_key']), String(grant['access_grant_id']))
      })
    },
    end: () => agent.destroy(),
  }
}

async function grantsOf({ endpoint }: Building): Promise<Wire[]> {
  const store = (await (await fetch(`${endpoint}/_sandbox/store`)).json()) as Wire
  return store['access_grants'] as Wire[]
}

type Step = keyof ReturnType<typeof commands>
const steps: Step[] = ['create', 'refresh', 'update', 'destroy']
type Round = Record<Step, { ours: Figures; other: Figures }>

async function round(size: number, latencyMs: number): Promise<Round> {
  const wanted = { people: size, grants: 0, spaces, latencyMs }
  const [one, other] = [await startBuilding(wanted), await startBuilding(wanted)]
  const ours = commands(one, size)
  const bare = repeater(other)
  const figures: Partial<Round> = {}
  try {
    for (const step of steps) {
      await one.clearRequests()
      const seconds = await timed(ours[step])
      const calls = await one.requests()
      bare.meet(step === 'create' ? [] : await grantsOf(one))
      const bareSeconds = await timed(() => bare.repeat(calls))
      figures[step] = {
        ours: { seconds, calls: calls.length },
        other: { seconds: bareSeconds, calls: calls.length },
      }
      if (step === 'create') bare.meet(await grantsOf(one))
    }
  } finally {
    bare.end()
    await Promise.all([one.stop(), other.stop()])
  }
  return figures as Round
}

/** Compares the core with a bare loop, for so many grants. */
export async function compareCore(
  size: number,
  rounds: number,
  latencyMs: number,
): Promise<Comparison[]> {
  // The first calls of a process compile it.
  await round(20, 0)
  const all: Round[] = []
  for (let turn = 0; turn < rounds; turn += 1) all.push(await round(size, latencyMs))
  return steps.map((step) => ({
    section: 'core',
    size,
    step,
    ours: medians(all.map((one) => one[step].ours)),
    other: medians(all.map((one) => one[step].other)),
  }))
}
