import { choiceSet, id } from '../schema'
import { acsCredentialLookup } from './acs-credential'
import { defineList } from './lookup'

export const credentialsWithAccessLookup = defineList({
  name: 'credentials_with_access',
  about: 'Lists the credentials (PINs, cards, mobile keys) that open an entrance.',
  page: 'https://docs.seam.co/latest/api/acs/entrances/list_credentials_with_access',
  by: {
    acs_entrance_id: id('The entrance.'),
    include_if: choiceSet('Only those of which this holds.', [
      'visionline_metadata.is_valid',
    ]).optional(),
  },
  path: '/acs/entrances/list_credentials_with_access',
  answers: 'acs_credentials',
  of: acsCredentialLookup.fields,
})
