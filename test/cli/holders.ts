import type { Sandbox } from '../../src/sandbox'

/** The names of the grants that a provider has created. */
export const holders = ({ store }: Sandbox) =>
  store.accessGrants
    .all()
    .filter(({ access_grant_key: key }) => key?.startsWith('iac-'))
    .map(({ name }) => name)
    .sort()
