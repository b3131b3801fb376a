const idOf = (kind: string, number: number): string =>
  `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** The ids of one kind, numbered in the order of their names. */
function ids<const N extends string>(kind: string, ...names: readonly N[]): Record<N, string> {
  const pairs = names.map((name, index) => [name, idOf(kind, index + 1)])
  return Object.fromEntries(pairs) as Record<N, string>
}

/** The fixed ids of everything in the office seed, by kind and name. */
export const officeIds = {
  workspace: idOf('1', 1),
  systems: ids('2', 'saltoKs', 'brivo'),
  entrances: ids(
    '3',
    'frontDoor',
    'lobbyTurnstile',
    'openOffice',
    'quietOffice',
    'meetingRoom',
    'garageGate',
    'labEntrance',
    'labBench',
    'serverRoom',
    'gymDoor',
    'storage',
    'roof',
  ),
  accessGroups: ids('4', 'employees', 'cleaners', 'labTeam', 'itStaff'),
  acsUsers: ids(
    '5',
    'saltoAna',
    'saltoBen',
    'saltoChloe',
    'saltoDev',
    'saltoElena',
    'brivoAna',
    'brivoFarid',
    'brivoGrace',
    'brivoHugo',
  ),
  credentials: ids('6', 'anaPin', 'faridCard', 'gracePhone', 'hugoKeyCard', 'hugoOldKeyCard'),
  userIdentities: ids('7', 'grace', 'ivan'),
  spaces: ids('8', 'lobby', 'offices', 'lab', 'serverRoom', 'gym', 'garage'),
  devices: ids('9', 'lobbyLock', 'garageKeypad', 'gymLock'),
  grants: ids('a', 'unmanagedFrontDesk'),
  accessMethods: ids('b', 'unmanagedFrontDeskPin'),
  encoders: ids('d', 'saltoKs', 'brivo'),
  connectedAccounts: ids('c', 'saltoKs', 'brivo', 'locks'),
} as const
