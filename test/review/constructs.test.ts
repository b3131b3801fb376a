import test from 'ava'
import { constructsOf } from '../../src/review/terraform/constructs'
import { seamIac } from '../fixtures/cli'
import { libraries, type Library } from '../fixtures/constructs'
import { constructsFolder } from '../fixtures/constructs-folder'

/** A plan of a configuration whose provider says this. */
const planOf = (paths: unknown) => ({
  format_version: '1.2',
  configuration: {
    provider_config: {
      random: {},
      seam: { expressions: { construct_paths: { constant_value: paths } } },
    },
  },
})

const [cdktf] = libraries as [Library]

test('Constructs in a plan: a path is that of the program, or follows from the address', (t) => {
  const address = (...path: string[]) => {
    const stack = new cdktf.core.TerraformStack(cdktf.core.Testing.app(), 'office')
    const around = path
      .slice(0, -1)
      .reduce<object>((scope, id) => new cdktf.core.TerraformElement(scope as never, id), stack)
    const Person = cdktf.element('user-identity')
    const person = new Person(around as never, path.at(-1)!, {})
    return `seam_user_identity.${person.friendlyUniqueId}`
  }
  const known = { '': 'office', [address('floor 2', 'ana')]: 'office/floor 2/ana' }
  const constructs = constructsOf(planOf(JSON.stringify(known)))!
  const paths: [string, string | undefined][] = [
    [address('floor 2', 'ana2'), undefined],
    [address('bo'), 'office/bo'],
    [address('floor_2', 'north', 'carla-neri'), 'office/floor_2/north/carla-neri'],
    [address('research', 'dayo', 'Default'), 'office/research/dayo'],
    ['seam_user_identity.research_emre_00000000', undefined],
    [Object.keys(known)[1]!, 'office/floor 2/ana'],
  ]
  for (const [one, path] of paths) t.is(constructs.pathOf(one), path, one)
})

test('Constructs in a plan: one of another configuration has none', (t) => {
  t.is(constructsOf(planOf(undefined)), undefined)
  t.is(constructsOf(planOf('{')), undefined)
  t.is(constructsOf(planOf('[]')), undefined)
  t.is(constructsOf({ format_version: '1.2' }), undefined)
})

test('Review: names constructs by their paths, also those that the program has no more', async (t) => {
  t.timeout(120_000)
  const office = await constructsFolder(t, cdktf)
  const { core, seam } = cdktf
  const { Door, Person, Team } = seam
  interface Policy {
    ends: string
    people: Record<string, string>
  }
  const synth = ({ ends, people }: Policy) =>
    office.synth((stack) => {
      const lobby = Door.fromSpace(stack, 'lobby', { name: 'Lobby' })
      const team = new Team(stack, 'research', { doors: [lobby], endsAt: ends })
      for (const [id, fullName] of Object.entries(people)) {
        const emailAddress = `${fullName.toLowerCase().replace(' ', '.')}@example.com`
        team.add(new Person(stack, id, { fullName, emailAddress }))
      }
      const listed = core.TerraformIterator.fromMap({ fen: 'Fen Wu' })
      new Person(stack, 'listed', { forEach: listed, fullName: 'Fen Wu' })
    })
  const review = async () => {
    await office.run('plan', '-out=plan.bin')
    const { stdout: plan } = await office.run('show', '-json', 'plan.bin')
    const { env, folder } = office
    const done = await seamIac(['review'], { cwd: folder, env, stdin: plan })
    return done.stdout + done.stderr
  }
  await synth({
    ends: '2030-01-01T00:00:00Z',
    people: { ana: 'Ana Ruiz', bo: 'Bo Lindgren', emre: 'Emre Kaya' },
  })
  t.regex(await review(), /office\/research\/emre/)
  await office.apply()

  await synth({ ends: '2031-01-01T00:00:00Z', people: { ana: 'Ana Ruiz', robert: 'Bo Lindgren' } })
  const report = await review()
  t.regex(report, /Emre Kaya .*office\/research\/emre<\/code>: removed from the program/)
  t.regex(report, /Ana Ruiz .*office\/research\/ana<\/code>: `endsAt` changes/)
  t.regex(report, /> office\/robert was office\/bo so far, and the engine was not told \(a move\)/)
  t.notRegex(report, /seam_access_grant\.|_[0-9A-F]{8}\b/)
  await office.destroy()
})
