import test from 'ava'
import { Instances } from '../../src/review/terraform/instances'

const people = ['a', 'b.c', 'd"e', 'x]'].map(
  (key) => `seam_user_identity.person[${JSON.stringify(key)}]`,
)
const grants = ['a', 'b.c'].map((key) => `seam_access_grant.lab[${JSON.stringify(key)}]`)
const inModules = ['["k.1"]', '["k.2"]'].flatMap((floor) =>
  ['a', 'b'].map((key) => `module.floor${floor}.seam_space.room["${key}"]`),
)
const all = new Instances([...people, ...grants, ...inModules, 'seam_space.lobby'])

test('Instances: the key alone names the instance of the same key', (t) => {
  const names = ['seam_user_identity.person', 'each.key']
  t.deepEqual(all.namedBy(grants[1]!, names), [people[1]])
  t.deepEqual(all.namedBy('seam_access_grant.lab["gone"]', names), [])
})

test('Instances: one that is written out is that one, and a single one needs no key', (t) => {
  const names = [`${people[2]}.id`, people[2]!, 'seam_user_identity.person', 'each.key']
  t.deepEqual(all.namedBy(grants[0]!, names), [people[2]])
  t.deepEqual(all.namedBy(grants[0]!, ['seam_space.lobby.id', 'seam_space.lobby']), [
    'seam_space.lobby',
  ])
})

test('Instances: what else chooses among several is not known, and without a choice it is all', (t) => {
  const names = ['seam_user_identity.person', 'each.value.number', 'each.value']
  t.deepEqual(all.namedBy(grants[0]!, names), [])
  t.deepEqual(all.namedBy(grants[0]!, ['seam_user_identity.person']), people)
})

test('Instances: a module names what stands in the same instance of it', (t) => {
  const door = 'module.floor["k.2"].seam_access_grant.door["b"]'
  t.deepEqual(all.namedBy(door, ['seam_space.room', 'each.key']), [inModules[3]])
  t.deepEqual(all.namedBy(door, ['seam_space.room']), inModules.slice(2))
  t.deepEqual([...all.of('module.floor.seam_space.room')], inModules)
})

test('Instances: where a single one has become several, the key names the new one', (t) => {
  const both = new Instances(['seam_user_identity.person', ...people])
  t.deepEqual(both.namedBy(grants[0]!, ['seam_user_identity.person', 'each.key']), [people[0]])
})
