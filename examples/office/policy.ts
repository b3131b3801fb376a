/**
 * Who may open what. This file is the policy: a change here is a change of access, and reads as one
 * in a pull request. Times carry an offset, so they mean the same wherever this runs.
 */

export interface Person {
  fullName: string
  emailAddress: string
  /** How the doors are opened; a PIN unless said otherwise. */
  opensWith?: 'code' | 'card' | 'mobile_key'
}

export interface Team {
  /** Spaces, by name, that every member may enter. */
  spaces: string[]
  members: Record<string, Person>
  /** When the access of the whole team ends; open-ended when left out. */
  until?: string
}

/** Spaces that this program makes, and the entrances in each. */
export const ownSpaces: Record<string, string[]> = {
  'Design Studio': ['Quiet Office', 'Meeting Room'],
  'Roof Terrace': ['Roof'],
}

/** Everybody may enter these. */
export const shared = ['Lobby']

export const teams: Record<string, Team> = {
  design: {
    spaces: ['Design Studio', 'Roof Terrace'],
    members: {
      ana: { fullName: 'Ana Ruiz', emailAddress: 'ana@example.com', opensWith: 'mobile_key' },
      bo: { fullName: 'Bo Lindgren', emailAddress: 'bo@example.com' },
      carla: { fullName: 'Carla Neri', emailAddress: 'carla@example.com' },
    },
  },
  research: {
    spaces: ['Lab', 'Offices'],
    members: {
      dayo: { fullName: 'Dayo Adeyemi', emailAddress: 'dayo@example.com' },
      emre: { fullName: 'Emre Kaya', emailAddress: 'emre@example.com', opensWith: 'card' },
      fen: { fullName: 'Fen Wu', emailAddress: 'fen@example.com' },
      gita: { fullName: 'Gita Rao', emailAddress: 'gita@example.com' },
    },
  },
  operations: {
    spaces: ['Offices', 'Server Room', 'Garage'],
    members: {
      hana: { fullName: 'Hana Sato', emailAddress: 'hana@example.com', opensWith: 'mobile_key' },
      iris: { fullName: 'Iris Vos', emailAddress: 'iris@example.com' },
    },
  },
  contractors: {
    spaces: ['Lab'],
    until: '2027-06-30T18:00:00+02:00',
    members: {
      jo: { fullName: 'Jo Park', emailAddress: 'jo@contractor.example.com' },
      kai: { fullName: 'Kai Brandt', emailAddress: 'kai@contractor.example.com' },
    },
  },
}

/** People whose access comes from a group of the access control system. */
export const groupMembers = {
  lena: {
    fullName: 'Lena Fuchs',
    emailAddress: 'lena@cleaning.example.com',
    group: 'Cleaners',
  },
}
