import type { Sandbox } from '../../../src/sandbox'
import type { GuardName, ReviewSettings } from '../../../src/review'

/** Statements of a program by name: an edit leaves some out, says others anew, and adds some. */
export type Program = Readonly<Record<string, string>>

/** Something that a review must tell. */
export interface Case {
  /** What is deployed after the edit; what is deployed already where nothing is said. */
  readonly after?: Program
  /** What others do to the building before the engine looks. */
  readonly behind?: (sandbox: Sandbox) => unknown
  /** `refresh` looks for what has changed behind the back. */
  readonly command?: 'preview' | 'refresh'
  /** Further arguments of the command. */
  readonly with?: readonly string[]
  /** A preview lists what stays as it is, unless this is set. */
  readonly withoutSames?: boolean
  /** The command must fail. */
  readonly fails?: boolean
  /** The state as it is exported goes into the review as well. */
  readonly withState?: boolean
  /** The report has the names that Seam knows. */
  readonly withNames?: boolean
  readonly settings?: ReviewSettings
  readonly allow?: readonly GuardName[]
  readonly timeZone?: string
}

/** Cases that begin with the same deployment. */
export interface Scene {
  readonly before: Program
  /** Written without indentation, since it is large. */
  readonly isLarge?: boolean
  readonly cases: Readonly<Record<string, Case>>
}

export const sourceOf = (program: Program): string =>
  [
    `const seam = require('seam-iac')`,
    `const pulumi = require('@pulumi/pulumi')`,
    'const its = {}',
    ...Object.values(program),
    '',
  ].join('\n')

/** A program without some of its statements. */
export const without = (program: Program, ...names: string[]): Program =>
  Object.fromEntries(Object.entries(program).filter(([name]) => !names.includes(name)))

/** A resource: its properties, and its options, as they stand in a program. */
export const resource = (type: string, name: string, properties: string, options = '') => ({
  [name]: `its[${JSON.stringify(name)}] = new seam.${type}(${JSON.stringify(name)}, { ${properties} }${options && `, { ${options} }`})`,
})

export const idOf = (name: string): string => `its[${JSON.stringify(name)}].id`

export const person = (name: string, fullName: string, more = '', options = '') =>
  resource('UserIdentity', name, `fullName: ${JSON.stringify(fullName)}, ${more}`, options)

export const space = (name: string, title: string, entrances: readonly string[], more = '') =>
  resource(
    'Space',
    name,
    `name: ${JSON.stringify(title)}, acsEntranceIds: ${JSON.stringify(entrances)}, ${more}`,
  )

export const pin = `requestedAccessMethods: [{ mode: 'code' }]`
export const card = `requestedAccessMethods: [{ mode: 'card' }]`
export const fixedPin = (code: string) =>
  `requestedAccessMethods: [{ mode: 'code', code: '${code}' }]`

/** A grant `ana-lab` is of `ana`. */
export const grant = (name: string, spaces: readonly string[], more = pin, options = '') => {
  const [who = name] = name.split('-')
  const doors = spaces.map((one) => (one.includes('-0000-') ? `'${one}'` : idOf(one)))
  return resource(
    'AccessGrant',
    name,
    `userIdentityId: ${idOf(who)}, spaceIds: [${doors.join(', ')}], ${more}`,
    options,
  )
}
