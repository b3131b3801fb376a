import { join } from 'node:path'
import { ownInstallation } from '../terraform/install/engine-settings'
import { lockPlugin } from '../terraform/install/lock-file'
import { platform, putPlugin, runsHere, source } from '../terraform/install/plugin'
import * as cdktf from './library'

/** Runs of HCP Terraform take place there. */
const remote = 'linux_amd64'

/**
 * Puts the plugin beside a stack that is synthesized, where an engine looks first, and notes it in the
 * lock file of the stack: `deploy` then needs no registry, no flag and no settings.
 */
export function deliverPlugin(stack: cdktf.TerraformStack, session: cdktf.ISynthesisSession): void {
  const folder = join(session.outdir, session.manifest.forStack(stack).workingDirectory)
  putPlugin(join(folder, 'terraform.d/plugins'), [
    ...new Set(runsHere ? [platform(), remote] : [remote]),
  ])
  const isForCdktf = process.env['CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS'] !== undefined
  lockPlugin(join(folder, '.terraform.lock.hcl'), isForCdktf)
}

/** Why an engine on this machine would not find it there. */
export function obstacle(): string | undefined {
  if (!runsHere) {
    return `On Windows an engine starts only executables, and the plugin of ${source} is a script. Deploy from WSL.`
  }
  const settings = ownInstallation()
  return settings === undefined
    ? undefined
    : `${settings} has a provider_installation block, so the engine takes ${source} only from where that says. Run \`npx seam-iac install terraform --folder <a filesystem_mirror of it>\`, or leave the block out.`
}
