import { id } from '../schema'
import { flagOf, idFact, recordFact, textFact, textOf } from './answers'
import { defineLookup, oneOrNone } from './lookup'

export const workspaceLookup = defineLookup({
  name: 'workspace',
  about: 'Tells of the workspace that the credentials are for.',
  page: 'https://docs.seam.co/latest/api/workspaces/get',
  id: 'workspace_id',
  by: {},
  fields: {
    workspace_id: id('Its id.').computed(),
    name: textOf('Its name.'),
    company_name: textOf('The company to whom it belongs.'),
    organization_id: idFact('The organization to which it belongs.'),
    is_sandbox: flagOf('Whether its devices are only simulated.'),
    is_suspended: flagOf('Whether it is suspended.'),
    is_publishable_key_auth_enabled: flagOf('Whether front ends may use its publishable key.'),
    publishable_key: textFact('The key for front ends.'),
    connect_partner_name: textFact('The name that people see where they connect an account.'),
    connect_webview_customization: recordFact('The look of that page.', {
      inviter_logo_url: textFact('The logo.'),
      logo_shape: textFact('`circle` or `square`.'),
      primary_button_color: textFact('The color of its button.'),
      primary_button_text_color: textFact('The color of the words on it.'),
      success_message: textFact('What it says at the end.'),
    }),
  },
  candidates: (seam) => oneOrNone(seam, '/workspaces/get', {}, 'workspace'),
})
