import { join, resolve } from 'node:path'

/** The repository's own folder. */
export const repository = resolve(__dirname, '../..')

/** Where installed engines are kept: ignored by git, safe to delete. */
export const enginesFolder = join(repository, '.engines')

/** Where stacks of this repository live on a developer's machine: ignored by git. */
export const localFolder = join(repository, '.local')
