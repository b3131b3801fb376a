import test from 'ava'
import type * as cdktf from 'cdktf'
import { libraries, stackOf, synthesized, type Library } from '../fixtures/constructs'

/** What a program has at hand to be mistaken with. */
function scene(library: Library) {
  const stack = stackOf(library)
  const { Door, Person } = library.seam
  const element = (file: string, id: string, config: object) =>
    new (library.element(file))(stack, id, config) as cdktf.TerraformResource & {
      acsAccessGroupId: string
    }
  return {
    ...library.seam,
    core: library.core,
    stack,
    element,
    person: new Person(stack, 'ana', { fullName: 'Ana Ruiz' }),
    door: Door.fromSpace(stack, 'lobby', { name: 'Lobby' }),
    group: element('data-seam-access-group', 'cleaners', { name: 'Cleaners' }),
  }
}

type Scene = ReturnType<typeof scene>

/** A mistake, as a program makes it that no compiler checks, and what is told of it. */
const mistakes: Readonly<Record<string, readonly [make: (one: any) => unknown, told: RegExp]>> = {
  'a misspelled property of a grant': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], endAt: '' }),
    /^stack\/it: `endAt` is not a property; did you mean `endsAt`\?$/,
  ],
  'a property of the resource for which there is a word': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], requestedAccessMethods: [{ mode: 'card' }] }),
    /^stack\/it: `requestedAccessMethods` is not a property; give `opensWith`$/,
  ],
  'a grant without doors': [
    ({ stack, Grant, person }) => new Grant(stack, 'it', { person }),
    /^stack\/it: `doors` is required: a grant opens something$/,
  ],
  'a grant with no door': [
    ({ stack, Grant, person }) => new Grant(stack, 'it', { person, doors: [] }),
    /^stack\/it: `doors` is required/,
  ],
  'a door that is not in a list': [
    ({ stack, Grant, person, door }) => new Grant(stack, 'it', { person, doors: door }),
    /^stack\/it: `doors` must be a list$/,
  ],
  'a door by its name': [
    ({ stack, Grant, person, door }) => new Grant(stack, 'it', { person, doors: [door, 'Lobby'] }),
    /^stack\/it: `doors` takes a Door, a Space, a lookup/,
  ],
  'ids of doors under another name': [
    ({ stack, Grant, person, door, Door }) =>
      new Grant(stack, 'it', { person, doors: [door, Door.fromIds({ entranceIds: ['x'] })] }),
    /^stack\/it: `doors` takes a Door, .* or `spaceIds`, `acsEntranceIds` and `deviceIds`$/,
  ],
  'a space in a space': [
    ({ stack, Door, door }) => new Door(stack, 'it', { name: 'Studio', doors: [door] }),
    /^stack\/it: `doors` are entrances and locks here/,
  ],
  'a grant without a person': [
    ({ stack, Grant, door }) => new Grant(stack, 'it', { doors: [door] }),
    /^stack\/it: `person` must be a Person/,
  ],
  'a person by id': [
    ({ stack, Grant, door }) => new Grant(stack, 'it', { doors: [door], person: 'ana' }),
    /^stack\/it: `person` must be a Person, or one of Person\.fromUserIdentity/,
  ],
  'no way to open': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], opensWith: [] }),
    /^stack\/it: `opensWith` is empty/,
  ],
  'a way to open that is not in a list': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], opensWith: 'card' }),
    /^stack\/it: `opensWith` must be a list$/,
  ],
  'a way to open twice': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], opensWith: ['code', { mode: 'code' }] }),
    /^stack\/it: `opensWith` has `code` twice$/,
  ],
  'a membership without a group': [
    ({ stack, GroupMembership, person }) => new GroupMembership(stack, 'it', { person }),
    /^stack\/it: `group` must be an access group/,
  ],
  'what a grant waits for by address': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], dependsOn: ['seam_space.x'] }),
    /^stack\/it: `dependsOn` takes constructs, not addresses$/,
  ],
  'what a grant waits for that is not in a list': [
    ({ stack, Grant, person, door }) =>
      new Grant(stack, 'it', { person, doors: [door], dependsOn: person }),
    /^stack\/it: `dependsOn` must be a list$/,
  ],
  'a misspelled property of a person': [
    ({ stack, Person }) => new Person(stack, 'it', { fullname: 'Ana Ruiz' }),
    /^stack\/it: `fullname` is not a property; did you mean `fullName`\?$/,
  ],
  'a misspelled property of a team': [
    ({ stack, Team, group }) => new Team(stack, 'it', { groups: [group], enddAt: '' }),
    /^stack\/it: `enddAt` is not a property; did you mean `endsAt`\?$/,
  ],
  'a misspelled property of a member': [
    ({ stack, Team, person, group }) =>
      new Team(stack, 'it', { groups: [group] }).add(person, { door: [] }),
    /^stack\/it: `door` is not a property; did you mean `doors`\?$/,
  ],
  'an end of memberships': [
    ({ stack, Team, person, group }) =>
      new Team(stack, 'it', { groups: [group], endsAt: '2030-01-01T00:00:00Z' }).add(person),
    /^stack\/it: `endsAt` is said of grants, and without `doors` there is none; memberships have no end$/,
  ],
  'a team with nothing to give': [
    ({ stack, Team, person }) => new Team(stack, 'it', {}).add(person),
    /^stack\/it: a member would get nothing: give `doors` or `groups`$/,
  ],
  'a member without a name': [
    ({ stack, Team, Person, door }) =>
      new Team(stack, 'it', { doors: [door] }).add(Person.fromUserIdentityId('x')),
    /^stack\/it: what is no construct has no name: give a `memberId`\.?$/,
  ],
  'two people whose ids are one in Terraform': [
    ({ stack, Person }) => [new Person(stack, 'Jörg', {}), new Person(stack, 'Jürg', {})],
    /\[stack\/seam\] stack\/Jörg and stack\/Jürg have one address in Terraform, seam_user_identity\.Jrg: /,
  ],
  'a person of whose id nothing is left': [
    ({ stack, Person }) => new Person(stack, '李', {}),
    /\[stack\/seam\] stack\/李 has an id of which nothing is left in Terraform/,
  ],
  'one person in one group by two teams': [
    ({ stack, Team, person, group }) => [
      new Team(stack, 'day', { groups: [group] }).add(person),
      new Team(stack, 'night', { groups: [group] }).add(person),
    ],
    /\[stack\/seam\] stack\/day\/ana\/cleaners and stack\/night\/ana\/cleaners put one person into one group/,
  ],
  'a misspelled property of a resource': [
    ({ element }) => element('user-identity', 'it', { fullname: 'Ana Ruiz' }),
    /\[stack\/it\] `fullname` is not a property/,
  ],
  'a misspelled property in a record': [
    ({ element, person, door }) =>
      element('access-grant', 'it', {
        userIdentityId: person.userIdentityId,
        spaceIds: [door.id],
        requestedAccessMethods: [{ mode: 'code', pin: '123456' }],
      }),
    /\[stack\/it\] `requestedAccessMethods\[0\]\.pin` is not a property/,
  ],
  'a resource without anything': [
    ({ element }) => element('access-grant', 'it', undefined),
    /\[stack\/it\] `userIdentityId` is required/,
  ],
  'an escape hatch with the name of a property': [
    ({ person }) => person.userIdentity.addOverride('emailAddress', 'ana@example.com'),
    /\[stack\/ana\/Default\] `emailAddress` is overridden under a name that Terraform does not know; there it is `email_address`/,
  ],
  'an escape hatch with a wrong value': [
    ({ person }) => person.userIdentity.addOverride('email_address', 'ana'),
    /\[stack\/ana\/Default\] `emailAddress` must be/,
  ],
}

const unending: Readonly<Record<string, (one: Scene) => unknown>> = {
  'without an end': ({ stack, Grant, person, door }) =>
    new Grant(stack, 'it', { person, doors: [door] }),
  'whose end is overridden with null': ({ stack, Grant, person, door }) =>
    new Grant(stack, 'it', {
      person,
      doors: [door],
      endsAt: '2030-01-01T00:00:00Z',
    }).accessGrant.addOverride('ends_at', null),
  'whose end is a token of null': ({ stack, Grant, person, door, core }) =>
    new Grant(stack, 'it', {
      person,
      doors: [door],
      endsAt: core.Token.asString(core.Token.nullValue()),
    }),
  'whose end is taken away': ({ stack, Grant, person, door }) =>
    new Grant(stack, 'it', {
      person,
      doors: [door],
      endsAt: '2030-01-01T00:00:00Z',
    }).accessGrant.resetEndsAt(),
}

for (const library of libraries) {
  const { name } = library

  for (const [title, [make, told]] of Object.entries(mistakes)) {
    test(`Constructs for ${name}: ${title} is told`, (t) => {
      const error = t.throws(() => {
        const one = scene(library)
        make(one)
        synthesized(library, one.stack)
      })
      t.regex(error.message, told)
    })
  }

  for (const [title, declare] of Object.entries(unending)) {
    test(`Constructs for ${name}: where every grant ends, one ${title} is refused`, (t) => {
      const one = scene(library)
      declare(one)
      library.core.Aspects.of(one.stack).add(new one.EveryGrantEnds())
      const error = t.throws(() => synthesized(library, one.stack))
      t.regex(error.message, /\[stack\/it\/Default\] `endsAt` is required here/)
    })
  }

  test(`Constructs for ${name}: a lookup as a door is the door that was looked for`, (t) => {
    const { stack, Grant, person, element } = scene(library)
    const doors = [
      element('data-seam-space', 'lab', { name: 'Lab' }),
      element('space', 'studio', { name: 'Studio' }),
      element('data-seam-entrance', 'roof', { name: 'Roof' }),
      element('data-seam-device', 'locker', { name: 'Locker' }),
    ]
    new Grant(stack, 'it', { person, doors: doors as never })
    const { it } = synthesized(library, stack).resource!['seam_access_grant']!
    t.like(it, {
      space_ids: ['${data.seam_space.lab.id}', '${seam_space.studio.id}'],
      acs_entrance_ids: ['${data.seam_entrance.roof.id}'],
      device_ids: ['${data.seam_device.locker.id}'],
    })
  })

  test(`Constructs for ${name}: a door without its last entrance and lock has none`, (t) => {
    const { stack, Door, element } = scene(library)
    const roof = element('data-seam-entrance', 'roof', { name: 'Roof' })
    new Door(stack, 'one', { name: 'One', doors: [roof as never] })
    new Door(stack, 'none', { name: 'None', doors: [] })
    new Door(stack, 'by-id', { name: 'By id', acsEntranceIds: [] })
    new Door(stack, 'as-it-is', { name: 'As it is' })
    const spaces = synthesized(library, stack).resource!['seam_space']!
    const listed = Object.entries(spaces).map(
      ([id, { acs_entrance_ids: entrances, device_ids: locks }]) => [id, entrances, locks],
    )
    t.deepEqual(listed, [
      ['as-it-is', undefined, undefined],
      ['by-id', [], undefined],
      ['none', [], []],
      ['one', ['${data.seam_entrance.roof.id}'], []],
    ])
  })

  test(`Constructs for ${name}: ids that a deployment tells stand alone, or with others`, (t) => {
    const { stack, Grant, Door, person, door, core } = scene(library)
    const told = new core.TerraformVariable(stack, 'spaces', { type: 'set(string)' })
    const listed = Door.fromIds({ spaceIds: told.listValue })
    new Grant(stack, 'alone', { person, doors: [listed] })
    new Grant(stack, 'with-others', { person, doors: [door, listed] })
    const grants = synthesized(library, stack).resource!['seam_access_grant']!
    t.is(grants['alone']!['space_ids'], '${var.spaces}')
    t.is(grants['with-others']!['space_ids'], '${setunion([data.seam_space.lobby.id], var.spaces)}')
  })

  test(`Constructs for ${name}: a team whose memberships outlast its grants is warned of`, (t) => {
    const { stack, Team, door, group } = scene(library)
    const team = new Team(stack, 'team', {
      doors: [door],
      groups: [group],
      endsAt: '2030-01-01T00:00:00Z',
    })
    const [{ data }] = team.node.metadata as unknown as [{ data: string }]
    t.regex(data, /^The memberships of this team have no end in Seam/)
  })

  test(`Constructs for ${name}: a construct in a stack of the other library is refused`, (t) => {
    const other = libraries.find((one) => one.name !== name)!
    const stack = new other.core.TerraformStack(other.core.Testing.app(), 'office')
    const error = t.throws(() => new library.seam.Person(stack, 'ana', {}))
    t.regex(
      error.message,
      new RegExp(`^The stack of office/ana is not of the ${name} that seam-iac/${name} has loaded`),
    )
  })
}
