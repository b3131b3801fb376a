import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

/** `folder/workspace`: Terraform's plans do not say of which configuration they are. */
export async function workspaceLabel(stack: string | undefined): Promise<string> {
  const folder = process.cwd()
  const selected = () => readFile(join(folder, '.terraform/environment'), 'utf8').catch(() => '')
  const workspace = stack ?? process.env['TF_WORKSPACE'] ?? (await selected()).trim()
  return `${basename(folder)}/${workspace || 'default'}`
}
