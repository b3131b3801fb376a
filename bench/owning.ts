import type { Owner } from '../test/fixtures/pulumi'

/** Runs some work for whoever owns things that have to be taken away afterwards. */
export async function owning<T>(work: (owner: Owner) => Promise<T>): Promise<T> {
  const ends: Array<() => unknown> = []
  try {
    return await work({ teardown: (end) => ends.push(end) })
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
