import { acsCredential } from '../resources'
import { fieldsOf, id, type Field } from '../schema'
import { flagFact, idFact, recordFact, system } from './answers'
import { defineLookup, oneOrNone, told } from './lookup'

const { fields } = acsCredential

/** A record of which a program gives some members, as Seam answers it. */
const answered = (about: string, { kind }: Field) => recordFact(about, told(fieldsOf(kind)!))

export const acsCredentialLookup = defineLookup({
  name: 'acs_credential',
  about: 'Finds a credential of an access control system (a PIN, card or mobile key) by its id.',
  page: 'https://docs.seam.co/latest/api/acs/credentials/get',
  id: 'acs_credential_id',
  by: { acs_credential_id: id('Its id.') },
  fields: {
    ...fields,
    acs_system_id: system,
    user_identity_id: idFact('The person who holds it.'),
    is_multi_phone_sync_credential: flagFact('Whether it is for several phones of one person.'),
    visionline_metadata: answered(
      'What only credentials of Visionline have.',
      fields.visionline_metadata,
    ),
    assa_abloy_vostio_metadata: answered(
      'What only credentials of Assa Abloy Vostio have.',
      fields.assa_abloy_vostio_metadata,
    ),
  },
  candidates: (seam, selector) =>
    oneOrNone(seam, '/acs/credentials/get', selector, 'acs_credential'),
})
