#!/usr/bin/env node
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { driftCommand } from './drift'
import { installCommand, uninstallCommand } from './install'
import { reviewCommand } from './review'
import { sandboxCommand } from './sandbox'
import { upCommand } from './up'

const manifest = readFileSync(join(__dirname, '../../package.json'), 'utf8')
const { version } = JSON.parse(manifest) as { version: string }

const program = new Command('seam-iac')
  .description('Access configuration for buildings, as code.')
  .version(version)
  .addCommand(reviewCommand)
  .addCommand(upCommand)
  .addCommand(driftCommand)
  .addCommand(sandboxCommand)
  .addCommand(installCommand)
  .addCommand(uninstallCommand)

program.parseAsync().catch((error: unknown) => {
  console.error(`seam-iac: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode ||= 1
})
