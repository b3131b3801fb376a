import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** The two executables that a CLI built from its Go module lacks, and what serves in their place. */
const shims = {
  'pulumi-language-nodejs': 'language-host.mjs',
  'pulumi-resource-pulumi-nodejs': 'dynamic-provider.mjs',
}

/** An executable that Pulumi needs for Node programs. */
export type ShimName = keyof typeof shims

/** Every executable that Pulumi needs for Node programs. */
export const shimNames = Object.keys(shims) as ShimName[]

const MARK = '# seam-iac: stands in where the official release is not installed.'

/**
 * Writes an executable into a folder that has none of this name. `exec` makes the process node
 * itself, so that a signal meant for it is not caught by a shell. The path is looked up from where
 * the file is when it runs, so a moved checkout still works.
 */
export function provideShim(folder: string, name: ShimName): void {
  const file = join(folder, name)
  if (existsSync(file) && !isOutdated(file, textOf(folder, name))) return
  mkdirSync(folder, { recursive: true })
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, textOf(folder, name), { mode: 0o755 })
  renameSync(unfinished, file)
}

function textOf(folder: string, name: ShimName): string {
  const script = join(relative(folder, __dirname), shims[name])
  return `#!/bin/sh\n${MARK}\nexec node "\${0%/*}/${script}" "$@"\n`
}

function isOutdated(file: string, wanted: string): boolean {
  if (statSync(file).size > 1000) return false // An official executable.
  const text = readFileSync(file, 'utf8')
  return text.includes(MARK) && text !== wanted
}
