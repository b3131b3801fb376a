import { officeIds } from '../../../src/sandbox'
import { grant, person, pin, space, type Program, type Scene } from './language'

const { entrances } = officeIds

const teamClass = `class Team extends pulumi.ComponentResource {
  constructor(name, members) {
    super('acme:access:Team', name, {}, {})
    for (const fullName of members) {
      const handle = fullName.split(' ')[0].toLowerCase()
      const person = new seam.UserIdentity(handle, { fullName }, { parent: this })
      new seam.AccessGrant(handle + '-' + name, {
        userIdentityId: person.id, spaceIds: [its.lab.id], ${pin},
      }, { parent: person })
    }
  }
}`
const members = (...names: string[]) => ({
  research: `new Team('research', ${JSON.stringify(names)})`,
})
const note = (text: string) => ({
  note: `new pulumi.dynamic.Resource({ create: async (outs) => ({ id: 'note', outs }), update: async (id, olds, outs) => ({ outs }) }, 'note', { text: '${text}' })`,
})

const program: Program = {
  ...space('lab', 'Lab', [entrances.labEntrance]),
  ...person('iris', 'Iris Vos'),
  ...grant('iris-lab', ['lab'], pin, 'retainOnDelete: true'),
  teamClass,
  ...members('Dayo Adeyemi', 'Emre Kaya'),
  ...note('one'),
}

/** What Pulumi adds: components, options, and resources of others. */
export const optionsScene: Scene = {
  before: program,
  cases: {
    components: { after: { ...program, ...members('Emre Kaya', 'Fen Wu') } },
    retained: {
      after: Object.fromEntries(Object.entries(program).filter(([name]) => name !== 'iris-lab')),
    },
    'other-provider': { after: { ...program, ...note('two') } },
  },
}
