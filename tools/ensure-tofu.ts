// Finds OpenTofu, or installs it into `.engines/`, and says which one it is.
import { ensureTerraform } from './engine/terraform.js'

ensureTerraform('tofu').then(
  ({ name, version }) => console.error(`Smoke tests run with ${name} ${version}`),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  },
)
