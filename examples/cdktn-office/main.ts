import { App, Aspects, TerraformStack } from 'cdktn'
import type { Construct } from 'constructs'
import { Door, EveryGrantEnds, GroupMembership, Person, SeamProvider, Team } from 'seam-iac/cdktn'
import { DataSeamAccessGroup } from 'seam-iac/cdktn/data-seam-access-group'

/**
 * Who may open what. This class is the policy: a change here is a change of access, and reads as one in
 * a pull request. Times carry an offset, so they mean the same wherever this runs.
 */
class Office extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id)
    // The credentials come from SEAM_API_KEY.
    new SeamProvider(this, 'seam')

    // Spaces that are there already, by name.
    const [lobby, lab, offices, serverRoom, garage] = [
      Door.fromSpace(this, 'lobby', { name: 'Lobby' }),
      Door.fromSpace(this, 'lab', { name: 'Lab' }),
      Door.fromSpace(this, 'offices', { name: 'Offices' }),
      Door.fromSpace(this, 'server-room', { name: 'Server Room' }),
      Door.fromSpace(this, 'garage', { name: 'Garage' }),
    ]

    // Spaces that this program creates, of entrances that are there.
    const studio = new Door(this, 'design-studio', {
      name: 'Design Studio',
      doors: [
        Door.fromEntrance(this, 'quiet-office', { name: 'Quiet Office' }),
        Door.fromEntrance(this, 'meeting-room', { name: 'Meeting Room' }),
      ],
    })
    const terrace = new Door(this, 'roof-terrace', {
      name: 'Roof Terrace',
      doors: [Door.fromEntrance(this, 'roof', { name: 'Roof' })],
    })

    const person = (key: string, fullName: string, emailAddress: string) =>
      new Person(this, key, { fullName, emailAddress })

    // The doors of a team open by PIN unless its members are told to open them otherwise.
    const design = new Team(this, 'design', { doors: [lobby, studio, terrace] })
    design.add(person('ana', 'Ana Ruiz', 'ana@example.com'), { opensWith: ['mobile_key'] })
    design.add(person('bo', 'Bo Lindgren', 'bo@example.com'))
    design.add(person('carla', 'Carla Neri', 'carla@example.com'))

    const research = new Team(this, 'research', { doors: [lobby, lab, offices] })
    research.add(person('dayo', 'Dayo Adeyemi', 'dayo@example.com'))
    research.add(person('emre', 'Emre Kaya', 'emre@example.com'), { opensWith: ['card'] })
    research.add(person('fen', 'Fen Wu', 'fen@example.com'))
    research.add(person('gita', 'Gita Rao', 'gita@example.com'))

    const operations = new Team(this, 'operations', { doors: [lobby, offices, serverRoom, garage] })
    operations.add(person('hana', 'Hana Sato', 'hana@example.com'), { opensWith: ['mobile_key'] })
    operations.add(person('iris', 'Iris Vos', 'iris@example.com'))

    const contractors = new Team(this, 'contractors', {
      doors: [lobby, lab],
      endsAt: '2027-06-30T18:00:00+02:00',
    })
    contractors.add(person('jo', 'Jo Park', 'jo@contractor.example.com'))
    contractors.add(person('kai', 'Kai Brandt', 'kai@contractor.example.com'))
    Aspects.of(contractors).add(new EveryGrantEnds())

    // The access of the cleaners comes from a group of the access control system.
    new GroupMembership(this, 'lena-cleaners', {
      group: new DataSeamAccessGroup(this, 'cleaners', { name: 'Cleaners' }),
      person: person('lena', 'Lena Fuchs', 'lena@cleaning.example.com'),
    })
  }
}

const app = new App()
new Office(app, 'office')
app.synth()
