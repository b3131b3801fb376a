import { officeIds } from '../../../src/sandbox'
import { grant, person, pin, resource, without, type Program, type Scene } from './language'

const { spaces, entrances, grants, userIdentities } = officeIds

const taken: Program = {
  ...person('ivan', 'Ivan Novak', `userIdentityKey: 'ivan', adopt: true`),
  ...resource('Space', 'gym', `name: 'Gym', spaceKey: 'gym', adopt: true`),
  ...resource(
    'AccessGrant',
    'front-desk',
    `userIdentityId: '${userIdentities.grace}', spaceIds: ['${spaces.lobby}'], acsEntranceIds: ['${entrances.storage}'], ${pin}, name: 'Front desk', adoptUnmanagedAccessGrantId: '${grants.unmanagedFrontDesk}'`,
  ),
  ...grant('ivan-gym', ['gym']),
}

/** People and doors that were there before the program. */
export const adoptionScene: Scene = {
  before: {},
  cases: { adoption: { after: taken, withNames: true } },
}

export const adoptedScene: Scene = {
  before: taken,
  cases: {
    'adopted-let-go': { after: without(taken, 'ivan', 'gym', 'front-desk', 'ivan-gym') },
    'adopted-no-change': {},
  },
}
