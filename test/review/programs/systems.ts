import { officeIds, type Sandbox } from '../../../src/sandbox'
import { idOf, resource, without, type Program, type Scene } from './language'

const { accessGroups, acsUsers, entrances, systems, userIdentities } = officeIds

const exclusive = (name: string, group: string, users: readonly string[], more = '') =>
  resource(
    'AccessGroupMembersExclusive',
    name,
    `acsAccessGroupId: '${group}', acsUserIds: ${JSON.stringify(users)}, ${more}`,
  )

const membership = (name: string, group: string, who: string) =>
  resource('AccessGroupMembership', name, `acsAccessGroupId: '${group}', ${who}`)

const credential = (name: string, doors: readonly string[], more: string, options = '') =>
  resource(
    'AcsCredential',
    name,
    `allowedAcsEntranceIds: ${JSON.stringify(doors)}, ${more}`,
    options,
  )

const staff = [acsUsers.saltoAna, acsUsers.saltoBen, acsUsers.saltoChloe]
const mia = (more = '') =>
  resource('AcsUser', 'mia', `acsSystemId: '${systems.brivo}', fullName: 'Mia Berg', ${more}`)
const faridPin = (code: string) =>
  `acsUserId: '${acsUsers.brivoFarid}', accessMethod: 'code', code: '${code}'`
const graceCard = `acsUserId: '${acsUsers.brivoGrace}', accessMethod: 'card'`

const system: Program = {
  ...exclusive('employees', accessGroups.employees, staff),
  ...exclusive('cleaners', accessGroups.cleaners, [acsUsers.saltoElena], 'removeOnDestroy: true'),
  ...mia(),
  ...membership('mia-it', accessGroups.itStaff, `acsUserId: ${idOf('mia')}`),
  ...membership('hugo-lab', accessGroups.labTeam, `acsUserId: '${acsUsers.brivoHugo}'`),
  ...membership('grace-lab', accessGroups.labTeam, `userIdentityId: '${userIdentities.grace}'`),
  ...credential('farid-pin', [entrances.roof], faridPin('730581')),
  ...credential('grace-card', [entrances.roof, entrances.storage], graceCard),
}

const joins =
  (group: string, user: string) =>
  ({ store }: Sandbox) =>
    store.memberships.add({
      membership_id: `${group}/${user}`,
      acs_access_group_id: group,
      acs_user_id: user,
    })

const memberships = {
  ...without(system, 'hugo-lab'),
  ...membership('hugo-it', accessGroups.itStaff, `acsUserId: '${acsUsers.brivoHugo}'`),
  ...membership('farid-it', accessGroups.itStaff, `acsUserId: '${acsUsers.brivoFarid}'`),
}

/** Groups, users and credentials of access control systems. */
export const systemsScene: Scene = {
  before: system,
  cases: {
    'exclusive-shrink': {
      after: {
        ...system,
        ...exclusive('employees', accessGroups.employees, staff.slice(0, 2)),
      },
      withNames: true,
    },
    'exclusive-intruder': {
      behind: joins(accessGroups.employees, acsUsers.saltoDev),
      withNames: true,
    },
    'exclusive-destroyed': {
      after: without(system, 'employees', 'cleaners'),
      withNames: true,
    },
    memberships: { after: memberships, withNames: true },
    'memberships-without-names': { after: memberships },
    'membership-by-other-id': {
      after: {
        ...system,
        ...membership('grace-lab', accessGroups.labTeam, `acsUserId: '${acsUsers.brivoGrace}'`),
      },
      withNames: true,
    },
    'user-suspended': { after: { ...system, ...mia('isSuspended: true') }, withNames: true },
    'user-scheduled': {
      after: { ...system, ...mia(`accessSchedule: { endsAt: '2030-06-30T00:00:00Z' }`) },
      withNames: true,
    },
    'user-deleted': { after: without(system, 'mia', 'mia-it'), withNames: true },
    'credential-removed': { after: without(system, 'farid-pin'), withNames: true },
    'credential-reissued': {
      after: {
        ...system,
        ...credential('farid-pin', [entrances.roof], faridPin('248163')),
        ...credential('grace-card', [entrances.roof, entrances.gymDoor], graceCard),
      },
      withNames: true,
    },
    'drift-member': {
      command: 'refresh',
      behind: (sandbox) => {
        joins(accessGroups.employees, acsUsers.saltoDev)(sandbox)
        sandbox.store.memberships.delete(`${accessGroups.labTeam}/${acsUsers.brivoHugo}`)
      },
      withNames: true,
    },
  },
}

/** Groups that others keep so far. */
export const untouchedScene: Scene = {
  before: {},
  cases: {
    'exclusive-made': {
      after: exclusive('employees', accessGroups.employees, [
        acsUsers.saltoAna,
        acsUsers.saltoChloe,
      ]),
      withNames: true,
    },
  },
}
