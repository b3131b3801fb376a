import { lookups } from '../../../src/lookups'
import { resources } from '../../../src/resources'
import { registryFolders, registryPages } from '../registry'
import { indexPage } from './index-page'
import { lookupPage } from './lookup-page'
import { resourcePage } from './resource-page'

/** Folders in which every page is generated. */
export const generatedFolders = ['docs/resources', 'docs/lookups', ...registryFolders]

/** The pages of the reference, by file. */
export const pages: Record<string, () => string> = {
  ...Object.fromEntries(
    resources.map((one) => [`docs/resources/${one.name}.md`, () => resourcePage(one)]),
  ),
  ...Object.fromEntries(
    lookups.map((one) => [`docs/lookups/${one.name}.md`, () => lookupPage(one)]),
  ),
  ...registryPages,
  'docs/README.md': indexPage,
}
