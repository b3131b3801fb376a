import * as pulumi from '@pulumi/pulumi'
import type { SeamResource as Definition } from '../../resources'

type Options = pulumi.CustomResourceOptions

/** The hidden input with what the program leaves to others, as paths. */
export const ignoredIn = ({ ignoreChanges = [] }: pulumi.ResourceOptions): string =>
  ignoreChanges.join(' ')

const ownLife =
  'The option deletedWith is left out: deleting something else in Seam does not delete this for certain, and the engine would forget it while it still opens doors. It is deleted by itself.'

function tell(resource: pulumi.Resource | undefined): void {
  pulumi.log.warn(ownLife, resource).catch(() => {})
}

/**
 * Options as they suit objects that only this provider deletes: without `deletedWith`, and with a
 * look at what parents and transformations make of them.
 *
 * @param self the resource, once there is one
 */
export function suited(
  definition: Definition,
  opts: Options,
  self: () => pulumi.Resource | undefined,
): Options {
  const { deletedWith, ...rest } = opts
  if (deletedWith) setImmediate(() => tell(self()))
  if (!mayDiffer(definition, rest)) return rest
  return { ...rest, transforms: [...(rest.transforms ?? []), lookedAt(definition, self)] }
}

/** Whether the engine may come to have other options than these. A look at them costs a call. */
function mayDiffer(definition: Definition, { id, parent, transforms, transformations }: Options) {
  // Tests with mocks have no engine, and know no such transforms.
  if (id !== undefined || !pulumi.runtime.hasEngine()) return false
  const stack = pulumi.runtime.getStackResource() as { __transformations?: unknown[] } | undefined
  const around = [transforms, transformations, stack?.__transformations]
  return (
    definition.survey !== undefined ||
    parent !== undefined ||
    around.some((list) => list && list.length > 0)
  )
}

/** Sees the options as the engine has them: those of parents and of earlier transformations included. */
const lookedAt =
  (definition: Definition, self: () => pulumi.Resource | undefined): pulumi.ResourceTransform =>
  ({ props, opts }) => {
    if (opts.deletedWith) tell(self())
    const { deletedWith, ...own } = opts
    if (!definition.survey) return deletedWith ? { props, opts: own } : undefined
    return { props: { ...props, __ignored: ignoredIn(opts) }, opts: own }
  }
