import {
  flag,
  id,
  instant,
  integer,
  isWire,
  number,
  record,
  records,
  text,
  type Fields,
} from '../schema'

export { createdAt, displayName, errors, warnings, workspaceId } from '../resources'

/** Members of answers, which no program gives. */
export const textOf = (about: string) => text(about).computed()
export const flagOf = (about: string) => flag(about).computed()
export const instantOf = (about: string) => instant(about).computed()
export const system = id('The access control system.').computed()
export const connectedAccountId = id('The connected account.').computed()

/** The same, where not every object has them. */
export const textFact = (about: string) => textOf(about).sometimes()
export const flagFact = (about: string) => flagOf(about).sometimes()
export const instantFact = (about: string) => instantOf(about).sometimes()
export const idFact = (about: string) => id(about).computed().sometimes()
export const integerFact = (about: string) => integer(about).computed().sometimes()
export const numberFact = (about: string) => number(about).computed().sometimes()
export const recordFact = <F extends Fields>(about: string, fields: F) =>
  record(about, fields).computed().sometimes()

/** A person's own keys and values; as a list, since their names must stay as they are. */
export const customMetadata = records('What a program or a person noted on it.', {
  name: textOf('The name of the note.'),
  value: textOf('What it says; true and false as words.'),
}).computed()

export const asList = (metadata: unknown) =>
  Object.entries(isWire(metadata) ? metadata : {}).map(([name, value]) => ({
    name,
    value: String(value),
  }))
