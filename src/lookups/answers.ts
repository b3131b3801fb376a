import { flag, id, instant, text } from '../schema'

export { createdAt, displayName, errors, warnings, workspaceId } from '../resources'

/** Members of answers, which no program gives. */
export const textOf = (about: string) => text(about).computed()
export const flagOf = (about: string) => flag(about).computed()
export const instantOf = (about: string) => instant(about).computed()
export const system = id('The access control system.').computed()
export const connectedAccountId = id('The connected account.').computed()
