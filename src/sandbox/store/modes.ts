import type { Mode } from './collections'

export const modes = ['code', 'card', 'mobile_key', 'cloud_key'] as const

/** What a person calls each kind of access method. */
export const modeNames: Readonly<Record<Mode, string>> = {
  code: 'PIN Code',
  card: 'Plastic Card',
  mobile_key: 'Mobile Key',
  cloud_key: 'Cloud Key',
}
