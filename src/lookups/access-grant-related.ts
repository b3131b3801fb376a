import { choiceSet, id, text, exactlyOne, isWire, type Fields, type Wire } from '../schema'
import { accessGroupLookup } from './access-group'
import { accessMethodFields } from './access-methods'
import { acsSystemLookup } from './acs-system'
import { asAccount, connectedAccountFields } from './connected-account'
import { asDevice, deviceLookup } from './device'
import { entranceLookup } from './entrance'
import { entries, type Lookup } from './lookup'
import { spaceLookup } from './space'
import { userIdentityLookup } from './user-identity'

interface Part {
  about: string
  of: Fields
  each?(entry: Wire): Wire
}

const parts: Record<string, Part> = {
  spaces: { about: 'The spaces that it names.', of: spaceLookup.fields },
  acs_entrances: {
    about: 'The entrances that it opens, named by it or in its spaces.',
    of: entranceLookup.fields,
  },
  devices: {
    about: 'The locks that it opens, named by it or in its spaces.',
    of: deviceLookup.fields,
    each: asDevice,
  },
  access_methods: { about: 'Its PINs, cards and mobile keys.', of: accessMethodFields },
  user_identities: { about: 'The person who has it.', of: userIdentityLookup.fields },
  acs_systems: { about: 'The systems of its entrances.', of: acsSystemLookup.fields },
  acs_access_groups: { about: 'Access groups that serve it.', of: accessGroupLookup.fields },
  connected_accounts: {
    about: 'The accounts that connect its doors.',
    of: connectedAccountFields,
    each: asAccount,
  },
}

const batch = (related: Wire): Wire =>
  Object.fromEntries(
    Object.entries(parts).map(([name, { each = (entry: Wire) => entry }]) => {
      const found = related[name]
      return [name, Array.isArray(found) ? found.filter(isWire).map(each) : []]
    }),
  )

const words = Object.keys(parts)

export const accessGrantRelatedLookup: Lookup = {
  name: 'access_grant_related',
  about:
    'Tells what an access grant relates to: its doors, its access methods, its person, and the systems behind them.',
  page: 'https://docs.seam.co/latest/api/access_grants/get_related',
  by: {
    access_grant_id: id('The grant, by its id.').optional(),
    access_grant_key: text('The grant, by its key.').optional(),
    include: choiceSet('Only these; the other lists are empty.', words).optional(),
    exclude: choiceSet('All but these; their lists are empty.', words).optional(),
  },
  rules: [exactlyOne('access_grant_id', 'access_grant_key')],
  fields: Object.fromEntries(
    Object.entries(parts).map(([name, { about, of }]) => [name, entries(about, of)]),
  ),
  async answer(seam, { access_grant_id, access_grant_key, ...wanted }) {
    const grant =
      access_grant_id === undefined
        ? { access_grant_keys: [access_grant_key] }
        : { access_grant_ids: [access_grant_id] }
    return batch(
      await seam.read<Wire>('/access_grants/get_related', { ...grant, ...wanted }, 'batch'),
    )
  },
}
