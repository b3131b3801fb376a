// @ts-check
/**
 * Starts the dynamic provider of the program's own `@pulumi/pulumi`, in this very process, so that a
 * signal reaches the provider and not a shell around it; and ends it with its engine.
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { whenEngineEnds } from './engine-watch.mjs'

const engine = process.argv[2]
if (engine) whenEngineEnds(engine, () => process.exit())

// The engine starts plugins in the program's folder.
const program = createRequire(join(process.cwd(), 'package.json'))
program('@pulumi/pulumi/cmd/dynamic-provider')
