import { randomUUID } from 'node:crypto'

const provider =
  'urn:pulumi:test::building::pulumi:providers:pulumi-nodejs::default::3d7e7e31-053c-40e3-bc8a-fb6ee37d83f4'
const parent = 'urn:pulumi:test::building::pulumi:pulumi:Stack::building-test'

const urnOf = (type: string, name: string) =>
  `urn:pulumi:test::building::pulumi-nodejs:dynamic/seam:${type}::${name}`

/** What the engine says of a resource beside its properties. */
const around = (type: string, name: string, dependencies: Record<string, string[]>) => ({
  urn: urnOf(type, name),
  custom: true,
  type: `pulumi-nodejs:dynamic/seam:${type}`,
  parent,
  provider,
  propertyDependencies: { __provider: [], __seed: [], __urn: [], ...dependencies },
  created: '2026-03-01T09:00:00Z',
  modified: '2026-03-01T09:00:00Z',
  sourcePosition: 'project:///node_modules/seam-iac/dist/pulumi/generated/resources.js#31,9',
  stackTrace: Array.from({ length: 11 }, (_, at) => ({
    sourcePosition: `project:///node_modules/@pulumi/runtime/stack.ts#${at},28`,
  })),
})

const hidden = (type: string, name: string) => ({
  __provider: `exports.handler=require("seam-iac/dynamic").v1("${type}")`,
  __seed: '335c50607f3c',
  __urn: urnOf(type, name),
})

function person(name: string, id: string | undefined) {
  const inputs = { ...hidden('UserIdentity', name), fullName: `Person ${name}` }
  const outputs = { ...inputs, userIdentityId: id, acsUserIds: [], errors: [], warnings: [] }
  const state = { ...around('UserIdentity', name, { fullName: [] }), inputs }
  if (id === undefined) return { op: 'create', urn: state.urn, provider, newState: state }
  return {
    op: 'same',
    urn: state.urn,
    provider,
    oldState: { ...state, id, outputs },
    newState: state,
  }
}

const space = (number: number) => `80000000-0000-4000-8000-${String(number).padStart(12, '0')}`

function grant(name: string, holder: { name: string; id: string | undefined }, isNew: boolean) {
  const dependencies = { userIdentityId: [urnOf('UserIdentity', holder.name)] }
  const around_ = around('AccessGrant', name, dependencies)
  const inputs = (spaces: string[]) => ({
    ...hidden('AccessGrant', name),
    accessGrantKey: `iac-${name}`,
    endsAt: '2099-01-01T00:00:00Z',
    requestedAccessMethods: [{ mode: 'code' }],
    spaceIds: spaces,
    userIdentityId: holder.id ?? '04da6b54-80e4-46f7-96ec-b56ff0331ba9',
  })
  const after = { ...around_, inputs: inputs([space(1), space(2)]) }
  if (isNew) return { op: 'create', urn: after.urn, provider, newState: after }
  const id = randomUUID()
  const before = inputs([space(1)])
  const outputs = { ...before, accessGrantId: id, accessMethodIds: [randomUUID()], warnings: [] }
  return {
    op: 'replace',
    urn: after.urn,
    provider,
    oldState: { ...around_, id, inputs: before, outputs },
    newState: after,
    diffReasons: ['spaceIds'],
    replaceReasons: ['spaceIds'],
    detailedDiff: { 'spaceIds[1]': { kind: 'add', inputDiff: true } },
  }
}

/** What `pulumi preview --json --show-sames` prints of so many grants, each of a person of its own. */
export function plan(count: number, kind: 'added' | 'replaced'): string {
  const steps = Array.from({ length: count }, (_, at) => {
    const holder = { name: `p${at}`, id: kind === 'added' ? undefined : randomUUID() }
    return [person(holder.name, holder.id), grant(`g${at}`, holder, kind === 'added')]
  }).flat()
  return JSON.stringify({ steps, changeSummary: {} }, undefined, 4)
}
