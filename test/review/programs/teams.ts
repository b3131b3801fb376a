import { officeIds, type Store } from '../../../src/sandbox'
import { ask } from '../../fixtures/building'
import {
  card,
  fixedPin,
  grant,
  idOf,
  person,
  pin,
  resource,
  space,
  without,
  type Program,
  type Scene,
} from './language'

const { entrances, spaces } = officeIds

const reception = 'reception'

const places: Program = {
  ...space(reception, 'Reception', [entrances.frontDoor, entrances.lobbyTurnstile]),
  ...space('studio', 'Studio', [entrances.quietOffice, entrances.meetingRoom]),
  ...space('lab', 'Lab', [entrances.labEntrance, entrances.labBench]),
  ...space('servers', 'Server Room', [entrances.serverRoom], `spaceKey: 'servers'`),
}

const untilJune = `${card}, endsAt: '2031-06-30T18:00:00+02:00'`

const team: Program = {
  ...places,
  ...person('ana', 'Ana Ruiz', `emailAddress: 'ana@example.com', phoneNumber: '+14155550123'`),
  ...person('bo', 'Bo Lindgren'),
  ...person('carla', 'Carla Neri'),
  ...person('dayo', 'Dayo Adeyemi', 'deleteCascade: true'),
  ...person('emre', 'Emre Kaya'),
  ...person('gita', 'Gita Rao'),
  ...grant('ana-studio', [reception, 'studio']),
  ...grant('ana-reception', [reception], card),
  ...grant('bo-lab', [reception, 'lab'], untilJune),
  ...grant('carla-studio', ['studio']),
  ...grant('dayo-lab', ['lab'], fixedPin('471147')),
  ...grant('emre-servers', ['servers'], `${pin}, endsAt: '2030-12-31T18:00:00+01:00'`),
  ...grant('gita-lab', ['lab'], `${pin}, endsAt: '2030-01-31T18:00:00+01:00'`),
}

const hana = person('hana', 'Hana Sato')
const hanaStarts = `${pin}, startsAt: '2030-04-01T08:00:00+02:00'`

/** A team of people, with grants on spaces of the program. */
export const teams: Scene = {
  before: team,
  cases: {
    'no-change': {},
    'new-hire': {
      after: { ...team, ...hana, ...grant('hana-studio', [reception, 'studio'], hanaStarts) },
    },
    'new-hire-all-new': {
      after: {
        ...team,
        ...hana,
        ...space('workshop', 'Workshop', [entrances.garageGate]),
        ...grant('hana-workshop', ['workshop', reception], hanaStarts),
      },
    },
    leaver: { after: without(team, 'ana', 'ana-studio', 'ana-reception') },
    'guards-in-berlin': {
      after: without(team, 'bo', 'bo-lab', 'emre', 'emre-servers'),
      timeZone: 'Europe/Berlin',
      settings: {
        guards: {
          'removal-limit': { count: 20, percent: 25 },
          protected: { people: ['bo lindgren'], doors: ['Server Room'] },
        },
      },
      allow: ['removal-limit'],
    },
    'move-of-team': {
      after: { ...without(team, 'bo-lab'), ...grant('bo-studio', [reception, 'studio'], card) },
    },
    extension: {
      after: {
        ...team,
        ...grant('bo-lab', [reception, 'lab'], `${card}, endsAt: '2032-06-30T18:00:00+02:00'`),
        ...grant('emre-servers', ['servers']),
      },
    },
    'early-end': {
      after: {
        ...team,
        ...grant('bo-lab', [reception, 'lab'], `${card}, endsAt: '2030-03-31T18:00:00+02:00'`),
        ...grant('emre-servers', ['servers'], `${pin}, endsAt: '2030-02-28T18:00:00+01:00'`),
      },
    },
    'doors-changed': { after: { ...team, ...grant('carla-studio', ['studio', 'lab']) } },
    'doors-exchanged': { after: { ...team, ...grant('carla-studio', ['lab']) } },
    gap: { after: { ...team, ...grant('dayo-lab', ['lab', 'servers'], fixedPin('471147')) } },
    'pin-changed': { after: { ...team, ...grant('dayo-lab', ['lab'], fixedPin('815815')) } },
    'method-changed': { after: { ...team, ...grant('carla-studio', ['studio'], card) } },
    renamed: {
      after: {
        ...without(team, 'carla-studio'),
        ...person('bo', 'Bo Lindgren-Holm'),
        ...grant('carla-design', ['studio'], pin, `aliases: [{ name: 'carla-studio' }]`),
        ...grant('dayo-lab', ['lab'], `${fixedPin('471147')}, name: 'Dayo in the lab'`),
      },
    },
    'all-removed': { after: {} },
    'ended-removed': { after: without(team, 'gita-lab') },
    'person-deleted-with-all': { after: without(team, 'dayo', 'dayo-lab') },
    'one-of-two-removed': { after: without(team, 'ana-reception') },
    'space-doors': {
      after: { ...team, ...space('lab', 'Lab', [entrances.labEntrance, entrances.gymDoor]) },
      withNames: true,
    },
    'space-replaced': {
      after: {
        ...team,
        ...space('servers', 'Server Room', [entrances.serverRoom], `spaceKey: 'machines'`),
      },
    },
    'space-removed': {
      after: {
        ...without(team, 'studio'),
        ...grant('ana-studio', [reception]),
        ...onlyReception(),
      },
    },
    'replaced-on-request': {
      with: [
        '--replace',
        'urn:pulumi:test::program::pulumi-nodejs:dynamic/seam:AccessGrant::bo-lab',
      ],
    },
    'existing-space': {
      after: {
        ...team,
        ...grant('gita-lab', [spaces.gym, spaces.offices], pin),
        ...grant('emre-servers', ['servers', spaces.garage]),
      },
    },
    'existing-space-with-names': {
      after: {
        ...team,
        ...grant('gita-lab', [spaces.gym, spaces.offices], pin),
        ...grant('emre-servers', ['servers', spaces.garage]),
      },
      withNames: true,
    },
    'unknown-values': {
      after: {
        ...without(team, 'emre-servers'),
        ...hana,
        soon: `const soon = its.hana.createdAt.apply((at) => String(Number(at.slice(0, 4)) + 1) + at.slice(4))`,
        ...grant('emre-servers', ['servers'], `${pin}, endsAt: soon`),
        ...resource(
          'AccessGrant',
          'hana-somewhere',
          `userIdentityId: ${idOf('hana')}, spaceIds: its.hana.id.apply(() => ['${spaces.gym}']), ${pin}, endsAt: soon`,
        ),
      },
    },
    'without-sames': { after: without(team, 'ana-reception', 'bo-lab'), withoutSames: true },
    'without-sames-with-state': {
      after: without(team, 'ana-reception', 'bo-lab'),
      withoutSames: true,
      withState: true,
    },
    'failed-invalid': {
      after: {
        ...without(team, 'ana', 'ana-studio', 'ana-reception'),
        ...hana,
        ...grant('hana-lab', ['lab'], `${pin}, endsAt: 'next summer'`),
        ...grant('carla-studio', ['studio'], `requestedAccessMethods: [{ mode: 'key' }]`),
      },
      fails: true,
    },
    'failed-program': {
      after: {
        ...without(team, 'ana', 'ana-studio', 'ana-reception'),
        broken: `throw new Error('There is no team <b>marketing</b> in policy.json')`,
      },
      fails: true,
    },
    'method-added': {
      after: {
        ...team,
        ...grant(
          'carla-studio',
          ['studio'],
          `requestedAccessMethods: [{ mode: 'code' }, { mode: 'card' }]`,
        ),
      },
    },
    'drift-deleted': {
      command: 'refresh',
      behind: ({ store }) => {
        for (const grant of grantsOf(store, 'Carla Neri')) {
          store.accessGrants.delete(grant.access_grant_id)
        }
        for (const person of store.userIdentities.all()) {
          if (person.full_name !== 'Dayo Adeyemi') continue
          store.userIdentities.delete(person.user_identity_id)
          for (const grant of grantsOf(store, undefined)) {
            store.accessGrants.delete(grant.access_grant_id)
          }
        }
      },
    },
    'drift-window': {
      command: 'refresh',
      behind: ({ store }) => {
        for (const [name, ends_at] of [
          ['Bo Lindgren', null],
          ['Ana Ruiz', '2030-05-01T00:00:00.000Z'],
        ] as const) {
          for (const { access_grant_id: id } of grantsOf(store, name)) {
            store.accessGrants.update(id, { ends_at })
          }
        }
      },
    },
    'drift-method': {
      command: 'refresh',
      behind: async (sandbox) => {
        for (const { access_grant_id } of grantsOf(sandbox.store, 'Carla Neri')) {
          await ask(sandbox, '/access_grants/request_access_methods', {
            access_grant_id,
            requested_access_methods: [{ mode: 'card' }],
          })
        }
      },
    },
    'drift-doors': {
      command: 'refresh',
      behind: ({ store }) => {
        for (const { name, space_id, acs_entrance_ids } of store.spaces.all()) {
          if (name !== 'Studio') continue
          store.spaces.update(space_id, {
            acs_entrance_ids: [...acs_entrance_ids.slice(1), entrances.serverRoom],
          })
        }
      },
      withNames: true,
    },
  },
}

/** The grants of a person, or those whose person is gone. */
const grantsOf = ({ accessGrants, userIdentities }: Store, name: string | undefined) =>
  accessGrants.all().filter(({ user_identity_id: who }) => {
    return userIdentities.get(who ?? '')?.full_name === name
  })

function onlyReception(): Program {
  return grant('carla-studio', [reception])
}
