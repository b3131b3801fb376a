import { paired, type Wire } from '../schema'
import { isAmbiguous, unlessGone, type Seam } from '../seam'
import {
  asMethods,
  goingMethods,
  idsOf,
  isSameMoment,
  livingMethods,
  methodList,
  noteRequests,
  requested,
} from './access-methods'
import { allOf, isGoing, sighted } from './common'

const isKept = ([one, other]: [Wire, Wire | undefined]) =>
  other !== undefined && requested(one) === requested(other)

/** The entries of the one list that the other one does not have. */
const only = (one: unknown, other: unknown): Wire[] =>
  paired(methodList, asMethods(one), asMethods(other))
    .filter((pair) => !isKept(pair))
    .map(([method]) => method)

interface Lists {
  before: { requested_access_methods: Wire[] }
  after: { requested_access_methods: Wire[] }
}

/** Requests what is new, then takes away what is no longer wanted; answers what stays all the same. */
export async function changeMethods(
  seam: Seam,
  access_grant_id: string,
  { before, after }: Lists,
  outputs: Wire,
): Promise<string[]> {
  const grant = await seam.read<Wire>('/access_grants/get', { access_grant_id }, 'access_grant')
  noteRequests(seam.fresh, grant)
  const known = { inputs: before, outputs, given: new Set<string>() }
  const living = livingMethods(grant, await goingMethods(seam.fresh, grant, known))
  const unwanted = only(before.requested_access_methods, after.requested_access_methods)
  const own = ownMethods(before.requested_access_methods, outputs, living)
  const gone = unwanted.map((method) => own.get(method)).filter((method) => method !== undefined)
  // An interrupted update may have left what nobody knows of.
  const unknown = living.filter((method) => ![...own.values()].includes(method))
  const wanted = lacking(
    only(after.requested_access_methods, before.requested_access_methods),
    unknown,
  )
  const there = asMethods(grant['requested_access_methods'])
  if (wanted.length > 0) await request(seam, access_grant_id, wanted, there)
  if (gone.length === 0) return []
  const stays = living.filter((method) => !gone.includes(method)).flatMap(idsOf)
  return deleteMethods(seam, grant, gone, new Set(stays))
}

/**
 * Of the living methods of a grant, which one each of the inputs stands for. State knows them by
 * their ids or by when they were requested: one that is not there any more is nobody else.
 */
function ownMethods(inputs: Wire[], outputs: Wire, living: readonly Wire[]): Map<Wire, Wire> {
  const rest = new Set(living)
  const own = new Map<Wire, Wire>()
  const match = (input: Wire, method: Wire | undefined) => {
    if (!method) return
    own.set(input, method)
    rest.delete(method)
  }
  const last = paired(methodList, inputs, asMethods(outputs['requested_access_methods']))
  for (const [input, kept] of last) {
    if (kept?.['created_at']) {
      match(
        input,
        [...rest].find((method) => isOne(method, kept)),
      )
    }
  }
  const nameless = last.flatMap(([input, kept]) => (kept?.['created_at'] ? [] : [input]))
  for (const [input, method] of paired(methodList, nameless, [...rest])) match(input, method)
  return own
}

const isOne = (method: Wire, last: Wire) =>
  idsOf(last).length > 0
    ? idsOf(last).some((id) => idsOf(method).includes(id))
    : isSameMoment(method, last) && requested(method) === requested(last)

/** Whether a method that Seam shows is what a request asks for. */
const answers = (method: Wire, { mode, code, instant_key_max_use_count: count }: Wire) =>
  method['mode'] === mode &&
  (code === undefined || method['code'] === code) &&
  (method['instant_key_max_use_count'] ?? 1) === (count ?? 1)

/** The requests that none of these methods answers. */
function lacking(wanted: Wire[], methods: Wire[]): Wire[] {
  const rest = [...methods]
  // Any PIN answers a request without a code, so those with one choose first.
  const isFree = ({ code }: Wire) => (code === undefined ? 1 : 0)
  const fixedFirst = [...wanted].sort((one, other) => isFree(one) - isFree(other))
  return fixedFirst.filter((one) => {
    const at = rest.findIndex((method) => answers(method, one))
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
}

const mostTurns = 3

/** Requests methods; after a lost answer again only when they stay unseen, for each request makes more. */
async function request(seam: Seam, access_grant_id: string, wanted: Wire[], there: Wire[]) {
  const arrived = async () => {
    const grant = await seam.read<Wire>('/access_grants/get', { access_grant_id }, 'access_grant')
    const isNew = (one: Wire) => there.every((old) => old['created_at'] !== one['created_at'])
    const methods = asMethods(grant['requested_access_methods']).filter(isNew)
    return lacking(wanted, methods).length === 0 || undefined
  }
  for (let turn = 1; ; turn += 1) {
    try {
      await seam.create(
        '/access_grants/request_access_methods',
        { access_grant_id, requested_access_methods: wanted.map(plain) },
        'access_grant',
      )
      return
    } catch (error) {
      if (!isAmbiguous(error) || turn === mostTurns) throw error
      if (await sighted(arrived)) return
    }
  }
}

const plain = ({ mode, code, instant_key_max_use_count: count }: Wire): Wire => ({
  mode,
  ...(code !== undefined && { code }),
  ...(count !== undefined && { instant_key_max_use_count: count }),
})

/** A PIN may serve several grants of one person, and then belongs to the others as well. */
async function deleteMethods(
  seam: Seam,
  grant: Wire,
  gone: Wire[],
  stays: ReadonlySet<string>,
): Promise<string[]> {
  const { access_grant_id, user_identity_id } = grant
  const grants = await seam.list<Wire>('/access_grants/list', { user_identity_id }, 'access_grants')
  const others = grants.filter(
    (other) => other['access_grant_id'] !== access_grant_id && !isGoing(other),
  )
  const sharer = (id: string) =>
    others.find((other) => ((other['access_method_ids'] ?? []) as string[]).includes(id))
  const ids = gone.flatMap((method) => idsOf(method).map((id) => ({ id, method })))
  const doomed = ids.filter(({ id }) => !stays.has(id))
  await allOf(
    doomed
      .filter(({ id }) => !sharer(id))
      .map(({ id }) => unlessGone(seam.write('/access_methods/delete', { access_method_id: id }))),
  )
  return doomed.flatMap(({ id, method }) => {
    const other = sharer(id)
    return other ? [stillOpens(method, other)] : []
  })
}

const stillOpens = (method: Wire, other: Wire) =>
  `The old ${method['mode'] === 'code' ? 'PIN' : String(method['mode'])} still opens: access grant ${String(other['access_grant_id'])} (${String(other['display_name'])}) of the same person uses it as well.`
