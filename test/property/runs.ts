import fc from 'fast-check'

/** How a property is looked for: PROPERTY_RUNS, PROPERTY_SEED and PROPERTY_PATH explore others. */
export function runsOf(usual: { sequences: number; seed: number }) {
  const sequences = Number(process.env['PROPERTY_RUNS'] ?? usual.sequences)
  const firstSeed = Number(process.env['PROPERTY_SEED'] ?? usual.seed)
  const path = process.env['PROPERTY_PATH']
  // Dealt out to runners that work side by side.
  const runners = path ? 1 : 12
  return {
    sequences,
    hold: <T>(property: fc.IAsyncProperty<T>) =>
      Promise.all(
        Array.from({ length: runners }, (_, at) =>
          fc.assert(property, {
            numRuns: Math.ceil(sequences / runners),
            seed: firstSeed + at,
            ...(path && { path }),
            includeErrorInReport: true,
            // Looking for a smaller life takes minutes; the seed and the path that are printed repeat it.
            endOnFailure: process.env['PROPERTY_SHRINK'] === undefined,
          }),
        ),
      ),
  }
}
