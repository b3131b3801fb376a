import { isWire } from '../../schema'
import { ReviewError } from '../errors'
import type { Kept } from '../plan/kept'
import { resourcesIn, type StateDocument, type StateResource } from './document'
import { parsed } from './read'
import { sideOf } from './sides'
import { typeOf } from './types'

const command = 'terraform show -json'

function managedIn(text: string): StateResource[] {
  const state = parsed(text, 'The state', command)
  if (!isWire(state) || !('format_version' in state)) {
    throw new ReviewError(`The state cannot be read. Take it with: ${command}`)
  }
  return resourcesIn(state as StateDocument).filter(({ mode }) => mode === 'managed')
}

/** The addresses of all that is in a state. */
export const terraformAddresses = (text: string): Set<string> =>
  new Set(managedIn(text).map(({ address }) => address))

/** The objects of ours in what `terraform show -json` printed of a state. */
export const readTerraformState = (text: string): Kept[] =>
  managedIn(text).flatMap((one) => {
    const type = typeOf(one)
    const side = type && sideOf(type, { values: one.values, secrets: one.sensitive_values })
    const id = one.values?.['id']
    if (!side || typeof id !== 'string') return []
    return [{ id, inputs: side.inputs, isGone: false, isUnfinished: false }]
  })
