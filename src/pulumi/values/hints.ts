import type { Hint } from '../../schema'

/** What people can do, in Pulumi's words. */
export const hints: Readonly<Record<Hint, string>> = {
  'refresh-and-deploy': 'run that again with --refresh',
  'forget-one': 'run pulumi state delete for one of the two',
  'delete-first': 'set the resource option deleteBeforeReplace to true',
  'create-first': 'Where the new one comes first',
  'tell-rename': 'give the new one the option aliases with the old name',
  'asked-replacement': 'after --replace or a taint, it is the one to be replaced: add --refresh',
  namespace: 'seam:namespace in the configuration of the stack',
}
