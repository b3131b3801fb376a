import {
  choice,
  idSet,
  isWire,
  number,
  paired,
  text,
  type Fields,
  type Known,
  type Wire,
} from '../schema'
import { isAmbiguous, unlessGone, type Reader, type Seam } from '../seam'
import { createdAt, displayName, isGoing, sighted } from './common'

/** The entries of an access grant's `requested_access_methods`. */
export const accessMethod = {
  mode: choice('How the doors are opened.', ['code', 'card', 'mobile_key', 'cloud_key']),
  code: text(
    'A PIN of the caller’s choice, with mode `code`: 4 to 9 digits. Seam takes another where a lock cannot have it.',
    { pattern: /^\d{4,9}$/, mustBe: '4 to 9 digits' },
  )
    .optional()
    .secret(),
  instant_key_max_use_count: number(
    'How often the instant key can be claimed, with mode `mobile_key`; 1 when left out.',
    1,
  )
    .optional()
    .otherwise(1),
  display_name: displayName.sometimes(),
  created_at: createdAt.sometimes(),
  created_access_method_ids: idSet('The access methods made for it.').computed().sometimes(),
} satisfies Fields

export const asMethods = (value: unknown): Wire[] =>
  Array.isArray(value) ? value.filter(isWire) : []

/** State spells a moment its own way: without the zeros that end its milliseconds. */
const isSameMoment = (one: unknown, other: unknown) =>
  Date.parse(String(one)) === Date.parse(String(other))

const idsOf = (method: Wire) => (method['created_access_method_ids'] ?? []) as string[]

/**
 * A method that was deleted may stay in the list of what was requested. One whose access methods are
 * all gone is dead; one that never had any may still get them, if it is wanted and no other is it.
 */
export function withoutDeadMethods(grant: Wire, going: readonly string[], known?: Known): Wire {
  const there = (grant['access_method_ids'] ?? []) as string[]
  const live = new Set(there.filter((id) => !going.includes(id)))
  const before = asMethods(known?.outputs['requested_access_methods'])
  const had = (method: Wire) =>
    before.some(
      (one) =>
        one['mode'] === method['mode'] &&
        isSameMoment(one['created_at'], method['created_at']) &&
        idsOf(one).length > 0,
    )
  const methods = asMethods(grant['requested_access_methods'])
  const working = methods.filter((method) => idsOf(method).some((id) => live.has(id)))
  const coming = methods.filter((method) => idsOf(method).length === 0 && !had(method))
  const awaited = known ? new Set(missing(known, working, coming)) : new Set(coming)
  return {
    ...grant,
    access_method_ids: [...live],
    requested_access_methods: methods.filter(
      (method) => working.includes(method) || awaited.has(method),
    ),
  }
}

/** Of the methods that are on their way, those that the program wants and does not have yet. */
function missing({ inputs }: Known, working: Wire[], coming: Wire[]): Wire[] {
  const rest = [...working]
  const wanted = asMethods(inputs['requested_access_methods']).filter((method) => {
    const at = rest.findIndex((one) => requested(one) === requested(method))
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return paired(accessMethod, wanted, coming).flatMap(([, seen]) => (seen ? [seen] : []))
}

/** The access methods of a grant that are being deleted; asked only where it has more than is wanted. */
export async function goingMethods(reads: Reader, grant: Wire, known?: Known): Promise<string[]> {
  const methods = asMethods(grant['requested_access_methods'])
  const made = methods.filter((method) => idsOf(method).length > 0)
  const wanted = asMethods(known?.inputs['requested_access_methods'])
  if (!known || made.length <= wanted.length) return []
  const { access_grant_id } = grant
  const there = await reads.all<Wire>('/access_methods/list', { access_grant_id }, 'access_methods')
  return there.filter(isGoing).map((method) => String(method['access_method_id']))
}

const requested = ({ mode, code, instant_key_max_use_count: count }: Wire) =>
  JSON.stringify([mode, code ?? null, count ?? 1])

const isKept = ([one, other]: [Wire, Wire | undefined]) =>
  other !== undefined && requested(one) === requested(other)

/** The entries of the one list that the other one does not have. */
const only = (one: unknown, other: unknown): Wire[] =>
  paired(accessMethod, asMethods(one), asMethods(other))
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
): Promise<string[]> {
  const grant = await seam.read<Wire>('/access_grants/get', { access_grant_id }, 'access_grant')
  const there = asMethods(grant['requested_access_methods'])
  const wanted = lacking(
    only(after.requested_access_methods, before.requested_access_methods),
    await extra(seam, grant, before),
  )
  const unwanted = only(before.requested_access_methods, after.requested_access_methods)
  const gone = paired(accessMethod, before.requested_access_methods, there).flatMap(
    ([method, seen]) => (seen && unwanted.includes(method) ? [seen] : []),
  )
  if (wanted.length > 0) await request(seam, access_grant_id, wanted, there)
  return gone.length > 0 ? deleteMethods(seam, grant, gone) : []
}

/** The methods of a grant that work and that nobody knew of: an interrupted update may have left them. */
async function extra(seam: Seam, grant: Wire, before: Lists['before']): Promise<Wire[]> {
  const known = { inputs: before, outputs: {}, given: new Set<string>() }
  const live = withoutDeadMethods(grant, await goingMethods(seam.fresh, grant, known))
  const ids = live['access_method_ids'] as string[]
  const working = asMethods(live['requested_access_methods']).filter((method) =>
    idsOf(method).some((id) => ids.includes(id)),
  )
  const pairs = paired(accessMethod, before.requested_access_methods, working)
  return working.filter((method) => pairs.every(([, seen]) => seen !== method))
}

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
async function deleteMethods(seam: Seam, grant: Wire, gone: Wire[]): Promise<string[]> {
  const { access_grant_id, user_identity_id } = grant
  const grants = await seam.list<Wire>('/access_grants/list', { user_identity_id }, 'access_grants')
  const sharer = (id: string) =>
    grants.find(
      (other) =>
        other['access_grant_id'] !== access_grant_id &&
        ((other['access_method_ids'] ?? []) as string[]).includes(id),
    )
  const notices: string[] = []
  for (const method of gone) {
    for (const id of idsOf(method)) {
      const other = sharer(id)
      if (!other) await unlessGone(seam.write('/access_methods/delete', { access_method_id: id }))
      else notices.push(stillOpens(method, other))
    }
  }
  return notices
}

const stillOpens = (method: Wire, other: Wire) =>
  `The old ${method['mode'] === 'code' ? 'PIN' : String(method['mode'])} still opens: access grant ${String(other['access_grant_id'])} (${String(other['display_name'])}) of the same person uses it as well.`
