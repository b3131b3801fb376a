import { InvalidArgumentError, Option, type Command } from 'commander'
import type { GuardName } from '../review'
import settings from '../review/schemas/settings.json'

/** What every command that reports can be told. */
export interface ReportOptions {
  readonly format: 'markdown' | 'json' | 'text'
  readonly output?: string
  readonly timeZone?: string
  readonly showContacts?: boolean
  readonly allow?: GuardName[]
}

// Commands load what they run with only when they run: the help must not wait for it.
const guardNames = Object.keys(settings.properties.guards.properties)

export function withReportOptions(command: Command, format: ReportOptions['format']): Command {
  return command
    .addOption(
      new Option('--format <format>', 'how to say it')
        .choices(['markdown', 'json', 'text'])
        .default(format),
    )
    .option('--output <file>', 'write the report to this file instead of standard output')
    .option(
      '--time-zone <zone>',
      'IANA time zone in which times are told; UTC if neither this nor seam-iac.yaml says',
      timeZone,
    )
    .option('--show-contacts', 'show e-mail addresses and phone numbers')
}

function timeZone(name: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('Not an IANA time zone, such as Europe/Berlin.')
  }
}

/** For commands that guards can stop. */
export const withGuards = (command: Command): Command =>
  command.addOption(
    new Option('--allow <guard...>', 'go on although this guard of seam-iac.yaml fires')
      .choices(guardNames)
      .default([]),
  )
