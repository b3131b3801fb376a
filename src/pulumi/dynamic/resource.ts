import * as pulumi from '@pulumi/pulumi'
import type { SeamResource as Definition } from '../../resources'
import {
  className,
  holdsSecrets,
  isAnswered,
  isFreeText,
  swapName,
  wrapSecrets,
  type Field,
  type Fields,
} from '../../schema'
import { fingerprint } from '../../provider'
import { refusePlainSecrets } from '../settings'
import { givenBy, refusal, type Refuse } from './given'
import { givenModes } from '../values/modes'
import { ignoredIn, suited } from './options'
import { systemsOf } from './systems'
import { providerText } from './text'
import { callSite, traced, withoutTraces } from './traces'

/** The type under which the engine knows a class; previews show it without the plugin's name. */
export const pulumiType = (resource: string): string => `pulumi-nodejs:dynamic/seam:${resource}`

/** Twelve hexadecimal digits that stand for this resource of this stack of this organization. */
const seedIn = (scope: string) => (urn: string) => fingerprint(`${scope} ${urn}`, 12)

/**
 * What tells equal names apart: the organization, and the namespace that the configuration gives to a
 * stack whose name another stack, in another state or formerly, has used for the same program.
 */
function scopeOfNames(): string {
  const namespace = pulumi.runtime.allConfig()['seam:namespace']
  return namespace ? `${organization()} ${namespace}` : organization()
}

/** Tests with mocks may have none. */
function organization(): string {
  try {
    return pulumi.getOrganization()
  } catch {
    return ''
  }
}

/** The field of a property; every object has inherited a `constructor`, which is none. */
const fieldOf = (fields: Fields, name: string) =>
  Object.hasOwn(fields, swapName(name)) ? fields[swapName(name)] : undefined

/**
 * The URN of a resource to be: at once, unless it has a parent, whose own may come later. It says
 * nothing of the parent: a component as a dependency stands for everything in it, and so for those
 * that wait for this resource.
 */
const urnOf = (name: string, type: string, parent: pulumi.Resource | undefined) =>
  parent
    ? pulumi.output(
        new Promise<string>((resolve) => pulumi.createUrn(name, type, parent).apply(resolve)),
      )
    : `urn:pulumi:${pulumi.getStack()}::${pulumi.getProject()}::${type}::${name}`

/** Whether there is nothing to wait for, at any depth. */
function isPlain(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (Array.isArray(value)) return value.every(isPlain)
  return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isPlain)
}

/**
 * Marks the secrets in a value, so that the rest of it stays readable. Every output costs a program
 * time, so none are made where the values are there.
 */
function guarded(name: string, field: Field, value: unknown): unknown {
  const marked = (known: unknown) =>
    wrapSecrets({ [name]: field }, { [name]: known }, pulumi.secret)[name]
  if (field.marks.secret || isPlain(value)) return marked(value)
  return pulumi.output(value as object).apply(marked)
}

/**
 * Gives properties that nobody has said a value: none, as an output. Only the program says them, and
 * each one that the engine is told of costs a program time.
 */
function fillSilent(resource: pulumi.Resource, { fields }: Definition): void {
  for (const [name, field] of Object.entries<Field>(fields as Fields)) {
    const property = swapName(name)
    if (isAnswered(field) || property in resource) continue
    Object.defineProperty(resource, property, {
      enumerable: true,
      get: () => pulumi.output(undefined),
    })
  }
}

/** What a program gives, by property: all of it can be sent, or it is refused with its path. */
function givenTo({ id }: Definition, args: object, refuse: Refuse): [string, unknown][] {
  const given = Object.entries(givenBy(args, refuse))
  for (const [name, value] of given) {
    // The SDK would drop the first two without a word, and cannot set the third.
    if (value === undefined || !['id', 'urn', swapName(id)].includes(name)) continue
    refuse(
      [name],
      name === swapName(id) ? 'is set by Seam and cannot be given' : 'is not a property',
    )
  }
  return given.filter(([, value]) => value !== undefined)
}

/** The names of texts that the program holds secret, for whoever would repeat them elsewhere. */
function secretTexts(fields: Fields, given: [string, unknown][]) {
  const texts = given.filter(([name, value]) => {
    const field = fieldOf(fields, name)
    return field && isFreeText(field) && !field.marks.secret && pulumi.Output.isInstance(value)
  }) as [string, pulumi.Output<unknown>][]
  if (texts.length === 0) return undefined
  return Promise.all(texts.map(([, value]) => pulumi.isSecret(value))).then(
    (are) => texts.flatMap(([name], at) => (are[at] ? [name] : [])).join(' ') || undefined,
  )
}

function properties({ fields, id }: Definition, given: [string, unknown][]) {
  const inputs = given.map(([name, value]) => {
    const field = fieldOf(fields, name)
    const isMarked = field && holdsSecrets({ [name]: field })
    return [name, isMarked ? guarded(name, field, value) : value]
  })
  const outputs = Object.entries<Field>(fields as Fields).filter(
    ([name, field]) => name !== id && isAnswered(field),
  )
  return {
    ...Object.fromEntries(outputs.map(([name]) => [swapName(name), undefined])),
    ...Object.fromEntries(inputs),
  }
}

const secretOutputs = (fields: Fields) =>
  Object.entries(fields)
    .filter(([, { marks }]) => marks.secret || marks.repeats !== undefined)
    .map(([name]) => swapName(name))

/** Gives properties that repeat another one the value of that, which is secret only where it is. */
function repeatOthers(resource: pulumi.Resource, { fields }: Definition): void {
  const outputs = resource as unknown as Record<string, pulumi.Output<unknown>>
  for (const [name, { marks }] of Object.entries<Field>(fields as Fields)) {
    if (marks.repeats === undefined) continue
    const property = swapName(name)
    const [own, other] = [outputs[property]!, outputs[swapName(marks.repeats)]!]
    Object.defineProperty(resource, property, {
      enumerable: true,
      get: () => other.apply((value) => value ?? own),
    })
  }
}

/** The base of every resource class of this package. */
export abstract class SeamResource extends pulumi.CustomResource {
  constructor(
    definition: Definition,
    name: string,
    args: object | undefined,
    opts: pulumi.CustomResourceOptions,
  ) {
    let self: SeamResource | undefined
    try {
      refusePlainSecrets()
      const resource = className(definition.name)
      const type = pulumiType(resource)
      const urn = urnOf(name, type, opts.parent)
      const seedOf = seedIn(scopeOfNames())
      const given = givenTo(definition, args ?? {}, refusal(`${resource} "${name}"`))
      const restore = withoutTraces()
      try {
        super(
          type,
          name,
          {
            ...properties(definition, given),
            __secrets: secretTexts(definition.fields, given),
            __modes: givenModes(definition, given),
            __systems: systemsOf(definition, given),
            __seed: typeof urn === 'string' ? seedOf(urn) : urn.apply(seedOf),
            __urn: urn,
            ...(definition.survey && { __ignored: ignoredIn(opts) }),
            __provider: providerText(resource),
          },
          pulumi.mergeOptions(
            { additionalSecretOutputs: secretOutputs(definition.fields) },
            suited(definition, opts, () => self),
          ),
        )
      } finally {
        restore()
      }
      self = this
      fillSilent(this, definition)
      repeatOthers(this, definition)
    } catch (error) {
      throw traced(error, callSite())
    }
  }
}

/** A record that only Seam writes, such as a warning; its members differ with its code. */
export interface Note {
  /** What happened, in words. */
  message: string
  /** Since when. */
  createdAt: string
  errorCode?: string
  warningCode?: string
  mutationCode?: string
  [member: string]: unknown
}

/** Whether a value is a resource of the given type, of whichever copy of this package. */
export const isOfType = (value: unknown, type: string): boolean =>
  pulumi.Resource.isInstance(value) &&
  (value.constructor as { __pulumiType?: unknown }).__pulumiType === type
