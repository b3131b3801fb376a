import type { Called } from '../schema'

/** What plans refer to and nobody declares here: doors, groups and systems are made elsewhere. */
export const elsewhere: Readonly<Record<string, Called>> = {
  acs_entrance: { noun: 'entrance', is: 'door', named: ['name', 'display_name'] },
  device: { noun: 'lock', is: 'door', named: ['name', 'display_name'] },
  acs_access_group: { noun: 'access group', is: 'place', named: ['name', 'display_name'] },
  acs_system: { noun: 'access control system', is: 'place', named: ['name', 'display_name'] },
}
