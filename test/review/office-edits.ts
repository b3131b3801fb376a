type Replacement = readonly [from: string, to: string]

/** What people do to the policy of the office: what is replaced by what, in its text. */
export interface Edit {
  readonly what: string
  /** In `examples/office/policy.ts`. */
  readonly ts: readonly Replacement[]
  /** In `examples/terraform-office/policy.tf`. */
  readonly hcl: readonly Replacement[]
}

const line = (number: string, team: string, name: string, more = '') => {
  const address = `${name.split(' ')[0]!.toLowerCase()}@example.com`
  return `    "${number}" = { team = "${team}", full_name = "${name}", email_address = "${address}"${more} }\n`
}

export const edits: readonly Edit[] = [
  {
    what: 'a new hire',
    ts: [
      [
        `      carla: {`,
        `      noor: { fullName: 'Noor Haddad', emailAddress: 'noor@example.com' },\n      carla: {`,
      ],
    ],
    hcl: [[`    "1003" =`, `${line('1010', 'design', 'Noor Haddad')}    "1003" =`]],
  },
  {
    what: 'a leaver',
    ts: [[`      bo: { fullName: 'Bo Lindgren', emailAddress: 'bo@example.com' },\n`, '']],
    hcl: [[line('1002', 'design', 'Bo Lindgren'), '']],
  },
  {
    what: 'a move to a team with a space in common',
    ts: [
      [`      fen: { fullName: 'Fen Wu', emailAddress: 'fen@example.com' },\n`, ''],
      [
        `      iris: {`,
        `      fen: { fullName: 'Fen Wu', emailAddress: 'fen@example.com' },\n      iris: {`,
      ],
    ],
    hcl: [[line('1006', 'research', 'Fen Wu'), line('1006', 'operations', 'Fen Wu')]],
  },
  {
    what: 'an extension',
    ts: [['2027-06-30T18:00', '2027-12-31T18:00']],
    hcl: [['2027-06-30T18:00', '2027-12-31T18:00']],
  },
  {
    what: 'an early end',
    ts: [['2027-12-31T18:00', '2027-03-31T18:00']],
    hcl: [['2027-12-31T18:00', '2027-03-31T18:00']],
  },
  {
    what: 'other doors in a shared space',
    ts: [[`['Quiet Office', 'Meeting Room']`, `['Quiet Office', 'Storage']`]],
    hcl: [[`["Quiet Office", "Meeting Room"]`, `["Quiet Office", "Storage"]`]],
  },
  {
    what: 'one out of a group and one into it',
    ts: [
      [`  lena: {\n    fullName: 'Lena Fuchs',`, `  milo: {\n    fullName: 'Milo Brand',`],
      ['lena@cleaning', 'milo@cleaning'],
    ],
    hcl: [
      [
        `"3001" = { group = "Cleaners", full_name = "Lena Fuchs"`,
        `"3002" = { group = "Cleaners", full_name = "Milo Brand"`,
      ],
      ['lena@cleaning', 'milo@cleaning'],
    ],
  },
  {
    what: 'a card instead of a PIN',
    ts: [
      [
        `emailAddress: 'dayo@example.com' }`,
        `emailAddress: 'dayo@example.com', opensWith: 'card' }`,
      ],
    ],
    hcl: [
      [
        line('1004', 'research', 'Dayo Adeyemi'),
        line('1004', 'research', 'Dayo Adeyemi', ', opens_with = "card"'),
      ],
    ],
  },
  {
    what: 'a new name',
    ts: [['Emre Kaya', 'Emre Kaya-Holm']],
    hcl: [['Emre Kaya', 'Emre Kaya-Holm']],
  },
  {
    what: 'one space less for a team',
    ts: [[`['Lab', 'Offices']`, `['Lab']`]],
    hcl: [[`["Lab", "Offices"]`, `["Lab"]`]],
  },
  {
    what: 'the end of a team',
    ts: [[/ {2}operations: \{[^]*?\n {2}\},\n/.source, '']],
    hcl: [
      [/ {4}operations .*\n/.source, ''],
      ...['1006', '1008', '1009'].map((number) => [` {4}"${number}" = .*\n`, ''] as const),
    ],
  },
]

/** A policy after an edit; an error where it has no such text. */
export function edited(policy: string, replacements: readonly Replacement[]): string {
  return replacements.reduce((text, [from, to]) => {
    const next = text.includes(from) ? text.replace(from, to) : text.replace(new RegExp(from), to)
    if (next === text) throw new Error(`The policy has no ${from}`)
    return next
  }, policy)
}
