import { id, textSet, type Wire } from '../schema'
import {
  asList,
  createdAt,
  customMetadata,
  displayName,
  errors,
  flagFact,
  flagOf,
  recordFact,
  textFact,
  textOf,
  warnings,
} from './answers'

/** What a connected account has, where it stands among what relates to something. */
export const connectedAccountFields = {
  connected_account_id: id('Its id.').computed(),
  account_type: textFact('The kind of account, such as `salto_ks`.'),
  account_type_display_name: textOf('The same, in the words of its maker.'),
  display_name: displayName,
  accepted_capabilities: textSet('What it may be used for.').computed(),
  automatically_manage_new_devices: flagOf('Whether new devices are managed at once.'),
  user_identifier: recordFact('Who signed in there.', {
    api_url: textFact('Address of the service.'),
    email: textFact('E-mail address.'),
    exclusive: flagFact('Whether nobody else uses the account.'),
    phone: textFact('Phone number.'),
    username: textFact('Name of the user.'),
  }),
  customer_key: textFact('The customer to whom it belongs.'),
  default_checkin_time: textFact('When its guests arrive.'),
  default_checkout_time: textFact('When its guests leave.'),
  ical_feed_origin: textFact('Where its calendar comes from.'),
  ical_url: textFact('The address of its calendar.').secret(),
  time_zone: textFact('IANA time zone.'),
  image_url: textFact('A picture of its make.'),
  custom_metadata: customMetadata,
  created_at: createdAt.sometimes(),
  errors,
  warnings,
}

export const asAccount = (account: Wire): Wire => ({
  ...account,
  custom_metadata: asList(account['custom_metadata']),
})
