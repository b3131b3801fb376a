import { isWire, type Wire } from '../../schema'
import { coreName, type ResourceType } from '../../terraform/schema/surface'
import { ReviewError } from '../errors'
import type { Action, Change, EngineWords, Plan, Side } from '../plan/plan'
import { boundTogether, withoutRenames } from '../plan/renames'
import { withKnown } from '../plan/sides'
import { declaration, instanceOf, prefixOf, shortName } from './addresses'
import { declaredIn, type Declared } from './configuration'
import { constructsOf, type Constructs } from './constructs'
import { resourcesIn, type PlanDocument, type ResourceChange, type StateResource } from './document'
import { Instances } from './instances'
import { linksOf } from './links'
import { differing, ofNew, sideOf, written } from './sides'
import { typeOf } from './types'

const command = 'terraform show -json <plan file>'

/** The document in what `terraform show -json` printed. */
export function parsePlan(text: string): PlanDocument {
  const plan: unknown = parsed(text, 'The plan', command)
  // A configuration without a resource has no list of changes.
  const isPlan = isWire(plan) && ('resource_changes' in plan || 'planned_values' in plan)
  if (isPlan && 'format_version' in plan) return plan as unknown as PlanDocument
  throw new ReviewError(
    `The plan cannot be read: it has no list of changes. Take it with: ${command}`,
  )
}

export function parsed(text: string, what: string, command: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch {
    throw new ReviewError(
      `${what} cannot be read: it is no JSON document. Take it with: ${command}`,
    )
  }
}

/** Whether a text is a plan of Terraform or OpenTofu. */
export const isTerraformPlan = (text: string): boolean =>
  /^\uFEFF?\s*\{\s*"format_version"/.test(text.slice(0, 200))

/**
 * What `terraform show -json` printed of a plan.
 *
 * @param stack what tells the plan from others of the repository: Terraform does not say
 * @param looksOnly it was made with `-refresh-only`
 */
export function readTerraform(text: string, stack: string, looksOnly = false): Plan {
  const document = parsePlan(text)
  const state = document.prior_state ? resourcesIn(document.prior_state) : []
  const declared = declaredIn(document)
  const constructs = constructsOf(document)
  const listed = looksOnly ? looked(document, state) : changesOf(document)
  const instances = new Instances([
    ...listed.map(({ address }) => address),
    ...state.map(({ address }) => address),
  ])
  const listing = listed
    .flatMap((one) => changeOf(one, declared, instances, looksOnly))
    .map((one) => (constructs ? asConstruct(constructs, one) : one))
  const changes = looksOnly ? listing : withoutRenames(listing)
  const linked = listed.flatMap(({ address, deposed, change }) => {
    const action = actionOf(change.actions)
    return action ? [{ address, action, isDeposed: deposed !== undefined }] : []
  })
  return {
    stack,
    changes,
    isDrift: looksOnly,
    others: listed.flatMap(otherOf),
    links: linksOf(linked, declared, instances, state, boundTogether(changes)),
    isWhole: document.complete !== false,
    errors: document.errored
      ? [{ message: 'Terraform could not plan all of it.', name: undefined }]
      : [],
    warnings: [],
    spell: constructs?.spell ?? ((name) => name),
    words: { ...words, ...constructs?.words },
  }
}

/** A change under the name that a program of constructs has for it. */
function asConstruct(constructs: Constructs, change: Change): Change {
  const address = change.prefix + change.name
  const path = constructs.pathOf(declaration(address))
  return path === undefined ? change : { ...change, name: path + instanceOf(address), prefix: '' }
}

const words: EngineWords = {
  rename: 'a moved block',
  renamed: (address, old) => `moved { from = ${old}, to = ${address} }`,
  ways: 'Add these blocks, or give the new one adopt = true to take over what the old one has.',
  whole: 'Take it without `-target`.',
  restore: 'seam-iac up',
}

/** What a plan does, by address. */
export const actionsIn = (text: string): ReadonlyMap<string, string> =>
  new Map(
    changesOf(parsePlan(text))
      .filter(({ change }) => actionOf(change.actions) !== 'keep')
      .map(({ address, deposed = '', change }) => [
        address + deposed,
        change.actions.join(' and '),
      ]),
  )

const changesOf = ({ resource_changes: all = [] }: PlanDocument) =>
  all.filter(({ mode }) => mode === 'managed')

/** What has changed in Seam, and all that has not. */
function looked({ resource_drift: drift = [] }: PlanDocument, state: readonly StateResource[]) {
  const drifted = drift.filter(({ mode }) => mode === 'managed')
  const addresses = new Set(drifted.map(({ address }) => address))
  const others = state
    .filter(({ mode, address }) => mode === 'managed' && !addresses.has(address))
    .map(({ values = {}, sensitive_values: secrets = {}, ...one }): ResourceChange => ({
      ...one,
      change: {
        actions: ['no-op'],
        before: values,
        after: values,
        before_sensitive: secrets,
        after_sensitive: secrets,
      },
    }))
  return [...drifted, ...others]
}

const actions: Readonly<Record<string, Action>> = {
  'no-op': 'keep',
  create: 'create',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
}

const actionOf = (all: readonly string[]): Action | undefined =>
  all.length > 1 ? 'replace' : actions[all[0]!]

function otherOf(one: ResourceChange): { address: string; action: string }[] {
  const action = actionOf(one.change.actions)
  const isChange = action !== undefined && action !== 'keep'
  return typeOf(one) || !isChange ? [] : [{ address: one.address, action }]
}

function sidesOf(
  type: ResourceType,
  { change }: ResourceChange,
  configured: ReadonlySet<string> | undefined,
): { before: Side | undefined; after: Side | undefined } {
  const { before: was, after: is } = change
  const before = sideOf(type, { values: was, secrets: change.before_sensitive }, configured)
  const next = sideOf(
    type,
    { values: is, unknowns: change.after_unknown, secrets: change.after_sensitive },
    configured,
  )
  const after = next && was && is ? written(type, next, was, is) : next
  return { before, after }
}

function changeOf(
  resource: ResourceChange,
  declared: ReadonlyMap<string, Declared>,
  instances: Instances,
  isDrift: boolean,
): Change[] {
  const { address, change, deposed } = resource
  const type = typeOf(resource)
  const action = actionOf(change.actions)
  if (!type || !action) return []
  const { definition } = type
  const own = declared.get(declaration(address))
  const configured = own && new Set(Object.keys(own.references).map((name) => coreName(type, name)))
  const { before, after: next } = sidesOf(type, resource, isDrift ? undefined : configured)
  const isNew = action === 'create' || action === 'replace'
  const after = next && withKnown(isNew ? ofNew(next) : next, before, isNew, definition)
  const isImport = change.importing !== undefined
  const id = (change.before as Wire | null)?.['id']
  const isLeftover = deposed !== undefined
  const isWritten = action === 'update' || action === 'replace'
  return [
    {
      address: isLeftover ? `${address} (${String(id)})` : address,
      name: shortName(address, resource.type),
      prefix: prefixOf(address, resource.type),
      definition,
      action: isImport && action === 'keep' ? 'create' : action,
      id: typeof id === 'string' ? id : undefined,
      before: action === 'create' ? undefined : before,
      after: action === 'delete' ? undefined : (after ?? before),
      changed: isWritten || isDrift ? differing(before, after) : [],
      replacing: (change.replace_paths ?? []).map(([name]) => coreName(type, String(name))),
      isDrift,
      isRetained: change.actions.length > 1 && change.actions.includes('forget'),
      isImported: isImport,
      isLeftover,
      isDeleteFirst: action === 'replace' && change.actions[0] === 'delete',
      references: own ? referencesOf(address, own, instances, type) : {},
    },
  ]
}

function referencesOf(
  address: string,
  own: Declared,
  instances: Instances,
  type: ResourceType,
): Record<string, readonly string[]> {
  const entries = Object.entries(own.references)
    .map(([name, names]) => [coreName(type, name), instances.namedBy(address, names)])
    .filter(([, found]) => found!.length > 0)
  return Object.fromEntries(entries) as Record<string, readonly string[]>
}
