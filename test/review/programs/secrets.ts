import { officeIds } from '../../../src/sandbox'
import {
  fixedPin,
  grant,
  idOf,
  person,
  resource,
  space,
  type Program,
  type Scene,
} from './language'

const { acsUsers, entrances, systems } = officeIds

/** What stands in the programs below, and in no report. */
export const planted = [
  '471147',
  '815815',
  '730581',
  '248163',
  'ana@example.com',
  'ana.ruiz@private.example',
  'sam.lee@private.example',
  '+14155550123',
  '+14155550199',
  'seam_at_testSecret_Planted',
  'eyJhbGciOiJIUzI1NiJ9.cGxhbnRlZA.c2VjcmV0',
  'keys.example',
]

const [, , , , , mail, otherMail, , phone, token, jwt] = planted

const guarded = (code: string, more: string): Program => ({
  ...space('vault', `Vault https://keys.example/i/${more}?t=${jwt}`, [entrances.serverRoom]),
  ...person(
    'ana',
    `Ana Ruiz ${mail} ${phone}`,
    `emailAddress: '${mail}', phoneNumber: '+14155550123'`,
  ),
  ...person('sam', otherMail!, `emailAddress: '${otherMail}'`),
  ...grant(
    'ana-vault',
    ['vault'],
    `${fixedPin(code)}, name: 'Vault ${token} ${more}', endsAt: '2031-01-01T00:00:00Z'`,
  ),
  ...grant(
    'sam-vault',
    ['vault'],
    `requestedAccessMethods: [{ mode: 'mobile_key' }], accessGrantKey: 'www.keys.example/${more}'`,
  ),
  ...resource(
    'AcsUser',
    'lee',
    `acsSystemId: '${systems.brivo}', fullName: 'Lee ${otherMail}', emailAddress: '${otherMail}', phoneNumber: '${phone}'`,
  ),
  ...resource(
    'AcsCredential',
    'lee-pin',
    `acsUserId: ${idOf('lee')}, accessMethod: 'code', code: '${code === '471147' ? '730581' : '248163'}', allowedAcsEntranceIds: ['${entrances.roof}']`,
  ),
  ...resource(
    'AcsCredential',
    'farid-pin',
    `acsUserId: '${acsUsers.brivoFarid}', accessMethod: 'code', code: '${code}', allowedAcsEntranceIds: ['${entrances.roof}']`,
  ),
})

const one = guarded('471147', 'one')

/** PINs, tokens, addresses of keys, e-mails and phones, wherever they fit. */
export const secretsScene: Scene = {
  before: one,
  cases: {
    'secrets-changed': { after: guarded('815815', 'two') },
    'secrets-removed': { after: {} },
    'secrets-failed': {
      after: {
        ...one,
        broken: `throw new Error('No answer from https://keys.example/?t=${jwt} for ${mail} (${phone}) with ${token}')`,
      },
      fails: true,
    },
  },
}
