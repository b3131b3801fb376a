// The fourth group sets these ids apart from the office's.
const idsOf = (kind: string) => (number: number) =>
  `${kind}0000000-0000-4000-8001-${String(number).padStart(12, '0')}`

/** The ids of everything in a {@link buildingSeed}, by kind and number; numbers begin at 1. */
export const buildingIds = {
  workspace: idsOf('1')(1),
  system: idsOf('2')(1),
  entrance: idsOf('3'),
  accessGroup: idsOf('4'),
  /** The ACS user of the person with the same number. */
  acsUser: idsOf('5'),
  userIdentity: idsOf('7'),
  space: idsOf('8'),
  device: idsOf('9'),
  grant: idsOf('a'),
  /** The PIN of the person with the same number. */
  accessMethod: idsOf('b'),
  accounts: { system: idsOf('c')(1), locks: idsOf('c')(2) },
} as const

const padded = (number: number) => String(number).padStart(6, '0')

/** The keys of what has one in a {@link buildingSeed}, by number from 1: `grant-000001`. */
export const buildingKeys = {
  grant: (number: number) => `grant-${padded(number)}`,
  userIdentity: (number: number) => `person-${padded(number)}`,
  space: (number: number) => `space-${padded(number)}`,
} as const
