/**
 * The text that a resource carries in state. Pulumi runs it to find the code of the resource, in
 * every later deployment too: it leads to the installed package, and must keep working for ever.
 */
export const providerText = (resource: string): string =>
  `exports.handler=require("seam-iac/dynamic").v1("${resource}")`
