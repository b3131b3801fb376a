import test from 'ava'
import * as pulumi from '@pulumi/pulumi'
import { UserIdentity } from '../../src/index'

/** The seed that a resource of this organization hands to its provider. */
async function seedIn(organization: string, stack = 'prod', project = 'office'): Promise<string> {
  let seed = 'none'
  const mocks: pulumi.runtime.Mocks = {
    newResource({ inputs, name }) {
      seed = String(inputs['__seed'])
      return { id: `${name}-id`, state: inputs as Record<string, unknown> }
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  }
  await pulumi.runtime.setMocks(mocks, project, stack, false, organization)
  const person = new UserIdentity('ana', { fullName: 'Ana Ruiz' })
  await new Promise((resolve) => person.id.apply(resolve))
  return seed
}

test.serial(
  '4.1: equal programs of two organizations, stacks or projects have keys of their own',
  async (t) => {
    const seeds = [
      await seedIn('acme'),
      await seedIn('globex'),
      await seedIn('acme', 'dev'),
      await seedIn('acme', 'prod', 'lab'),
    ]
    t.is(new Set(seeds).size, seeds.length)
    t.is(await seedIn('acme'), seeds[0]!)
    for (const seed of seeds) t.regex(seed, /^[0-9a-f]{12}$/)
  },
)
