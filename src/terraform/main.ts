#!/usr/bin/env node
import { ProviderServer } from './server/provider'
import { serve } from './wire/serve'

serve(new ProviderServer()).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
