import { ProviderServer } from './server/provider'
import { engineRun, FolderRecords } from './server/run-records'
import { serve } from './wire/serve'

const records = new FolderRecords(process.env['TF_DATA_DIR'] || '.terraform', engineRun())

serve(new ProviderServer(records)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
