/** `["a.b"]` or `[0]`. */
const index = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/.source

const indexAtEnd = new RegExp(`${index}$`)
const indexAtStart = new RegExp(`^${index}`)
const indexOfModule = new RegExp(`${index}(?=\\.)`, 'g')
const modules = new RegExp(`^(?:module\\.[^.[]+(?:${index})?\\.)+`)

/** The address without the instance: `module.floor["2"].x.y` of `module.floor["2"].x.y["a"]`. */
export const resourceOf = (address: string): string => address.replace(indexAtEnd, '')

/** The instance within its resource: `["a"]`, or nothing. */
export const instanceOf = (address: string): string => indexAtEnd.exec(address)?.[0] ?? ''

/** The instance with which a text begins, if it does. */
export const leadingInstance = (text: string): string => indexAtStart.exec(text)?.[0] ?? ''

/** The modules around it, with a dot behind; empty where it stands in none. */
export const modulesOf = (address: string): string => modules.exec(address)?.[0] ?? ''

/** An address as it is declared: `module.floor["2"].x.y["a"]` is `module.floor.x.y`. */
export const declaration = (address: string): string =>
  resourceOf(address).replace(indexOfModule, '')

/** The name of an instance in its configuration, without its type. */
export const shortName = (address: string, type: string): string =>
  address.slice(prefixOf(address, type).length)

/** What stands before that name: `module.floor["2"].x.` */
export const prefixOf = (address: string, type: string): string =>
  address.slice(0, modulesOf(address).length + type.length + 1)
