import test, { type ExecutionContext } from 'ava'
import fc from 'fast-check'
import {
  create,
  diff,
  PartialFailure,
  read,
  Session,
  update,
  type Stored,
} from '../../src/provider'
import { accessGrant } from '../../src/resources'
import type { Sandbox, SandboxOptions } from '../../src/sandbox'
import type { Wire } from '../../src/schema'
import { grantOf, leftBy, office, planned, seed } from './office'

const request = '/access_grants/request_access_methods'
const remove = '/access_methods/delete'
const modes = ['keep', 'remove'] as const

type Office = Awaited<ReturnType<typeof office>>

const grantWith = (methods: Wire[]) => grantOf({ requested_access_methods: methods })
const pin = (code?: string): Wire => ({ mode: 'code', ...(code && { code }) })
const card: Wire = { mode: 'card' }

const alive = ({ store }: Sandbox, id: string) =>
  store.accessMethods.pick(store.accessGrants.get(id)?.access_method_ids ?? [])

/** A grant that is edited again and again, each time by a run of its own. */
class Life {
  private kept: Stored | undefined

  constructor(private readonly office: Office) {}

  get state(): Stored {
    return this.kept!
  }

  /** Deploys, and again with the state that a failure left. */
  async deploy(methods: Wire[], tries = 1): Promise<void> {
    try {
      await this.run(methods)
    } catch (error) {
      if (!(error instanceof PartialFailure) || tries === 1) throw error
      this.kept = leftBy(error)
      await this.deploy(methods, tries - 1)
    }
  }

  /** Deploys, and keeps no state: nobody lived to write it. */
  async deployAndDie(methods: Wire[]): Promise<void> {
    const before = this.kept
    await this.run(methods)
    this.kept = before
  }

  async refresh(): Promise<void> {
    this.kept = await read(accessGrant, this.office.newSession(), this.state.id, this.state)
  }

  private async run(methods: Wire[]): Promise<void> {
    const session = this.office.newSession()
    const standing = { seed, before: this.kept?.inputs }
    const wanted = planned(accessGrant, grantWith(methods), new Session(), standing)
    if (!this.kept) this.kept = await create(accessGrant, session, wanted, seed)
    else if (diff(accessGrant, this.kept.inputs, wanted, seed).kind !== 'same') {
      this.kept = await update(accessGrant, session, this.kept, wanted, seed)
    }
  }
}

const begin = async (t: ExecutionContext, options: SandboxOptions) => {
  const there = await office(t, options)
  return { ...there, life: new Life(there) }
}

/** What is wrong with the methods of a grant, given all PINs that were ever taken away. */
function wrong(sandbox: Sandbox, { id }: Stored, wanted: Wire[], taken: Set<string>): string[] {
  const there = alive(sandbox, id)
  const fixed = wanted.flatMap(({ code }) => (typeof code === 'string' ? [code] : []))
  const count = (list: { mode: unknown }[], mode: string) =>
    list.filter((one) => one.mode === mode).length
  return [
    ...['code', 'card', 'mobile_key'].flatMap((mode) => {
      const [has, wants] = [count(there, mode), count(wanted as { mode: unknown }[], mode)]
      return has === wants ? [] : [`${has} of mode ${mode} in place of ${wants}`]
    }),
    ...fixed
      .filter((code) => there.every((method) => method.code !== code))
      .map((code) => `${code} does not open`),
    ...there.flatMap(({ code }) => (code && taken.has(code) ? [`${code} opens still`] : [])),
  ]
}

for (const requestOfDeletedMethod of modes) {
  const seam = `Seam: ${requestOfDeletedMethod} the request`

  test(`Methods: a PIN that is exchanged a second time is revoked as the first was (${seam})`, async (t) => {
    const { sandbox, life } = await begin(t, { requestOfDeletedMethod })
    for (const methods of [[pin()], [pin('4712')], [pin()], [pin('4713')]]) {
      await life.deploy(methods)
    }
    t.deepEqual(
      alive(sandbox, life.state.id).map(({ code }) => code),
      ['4713'],
    )
    t.is(sandbox.store.accessMethods.find('code', '4712'), undefined)
  })

  test(`Methods: a card is taken away as often as it was given (${seam})`, async (t) => {
    const { sandbox, life } = await begin(t, { requestOfDeletedMethod })
    for (const methods of [
      [pin('4712'), card],
      [pin('4712')],
      [card, pin('4712')],
      [pin('4712')],
    ]) {
      sandbox.clearRequests()
      await life.deploy(methods)
    }
    t.is(sandbox.requests.filter(({ path }) => path === remove).length, 1)
    t.deepEqual(
      alive(sandbox, life.state.id).map(({ mode }) => mode),
      ['code'],
    )
  })

  test(`Methods: one that somebody deleted is missed, whatever was there before it (${seam})`, async (t) => {
    const { sandbox, session, life } = await begin(t, { requestOfDeletedMethod })
    for (const methods of [[card, pin('4712')], [pin('4712')], [card, pin('4712')]]) {
      await life.deploy(methods)
    }
    const { access_method_id } = alive(sandbox, life.state.id).find(({ mode }) => mode === 'card')!
    await session.seam.write(remove, { access_method_id })
    await life.refresh()
    t.deepEqual(life.state.inputs['requested_access_methods'], [pin('4712')])
  })

  test(`Methods: what a killed run has exchanged is not taken for what it took away (${seam})`, async (t) => {
    const { sandbox, life } = await begin(t, { requestOfDeletedMethod })
    await life.deploy([pin()])
    await life.deployAndDie([pin('4712')])
    await life.deploy([pin('4712')])
    t.deepEqual(
      alive(sandbox, life.state.id).map(({ code }) => code),
      ['4712'],
    )
  })

  const method = fc.constantFrom<Wire>(pin(), pin('2481'), pin('4712'), card, {
    mode: 'mobile_key',
  })
  const methods = fc.uniqueArray(method, { maxLength: 4, selector: (one) => JSON.stringify(one) })
  const edit = fc.record({
    methods,
    then: fc.constantFrom('nothing', 'refresh', 'die', 'refuse', 'lose', 'keep'),
  })

  test(`Methods: after any edits, what is wanted lives, and no PIN that was taken away opens (${seam})`, async (t) => {
    t.timeout(600_000)
    const property = fc.asyncProperty(
      fc.array(edit, { minLength: 3, maxLength: 7 }),
      async (edits) => {
        const { sandbox, life } = await begin(t, { requestOfDeletedMethod })
        const given = new Set<string>()
        await life.deploy([pin()])
        for (const { methods: wanted, then } of edits) {
          for (const { code } of alive(sandbox, life.state.id)) if (code) given.add(code)
          if (then === 'die') await life.deployAndDie(wanted)
          if (then === 'refuse') {
            sandbox.fault({ path: request, kind: 'status', status: 400, times: 1 })
          }
          if (then === 'keep') {
            sandbox.fault({ path: remove, kind: 'status', status: 400, times: 1 })
          }
          if (then === 'lose') sandbox.fault({ path: remove, kind: 'reset-after', times: 1 })
          await life.deploy(wanted, 2)
          sandbox.clearFaults()
          if (then === 'refresh') await life.refresh()
          const randoms = wanted.some(({ mode, code }) => mode === 'code' && code === undefined)
          const kept = new Set(wanted.map(({ code }) => code))
          const taken = [...given].filter(
            (code) => !kept.has(code) && (!randoms || code.length === 4),
          )
          t.deepEqual(wrong(sandbox, life.state, wanted, new Set(taken)), [], JSON.stringify(edits))
        }
        await sandbox.stop()
      },
    )
    await fc.assert(property, { numRuns: 40, seed: 4712 })
  })
}
