/** How a resource tells Pulumi that it is the one that had another URN, as a program writes it. */
export function toldRename(address: string, old: string): string {
  const [here, there] = [address, old].map((urn) => urn.split('::').slice(0, 3).join('::'))
  const quoted = (text: string) => `'${text.replace(/['\\]/g, '\\$&')}'`
  return `aliases: [${here === there ? `{ name: ${quoted(nameOf(old))} }` : quoted(old)}]`
}

/** `urn:pulumi:<stack>::<project>::<types of the parents$type>::<name>` */
export function partsOf(urn: string) {
  const [head = '', project = '', , ...name] = urn.split('::')
  return { stack: head.replace(/^urn:pulumi:/, ''), project, name: name.join('::') }
}

export const nameOf = (urn: string) => partsOf(urn).name

/** `project/stack`; a plan that failed early tells it at most beside its errors. */
export function stackOf(all: readonly { urn?: string }[]): string {
  const urn = all.find((one) => one.urn)?.urn
  if (!urn) return ''
  const { project, stack } = partsOf(urn)
  return `${project}/${stack}`
}
