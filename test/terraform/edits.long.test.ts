import test from 'ava'
import { officeIds } from '../../src/sandbox'
import { shareOf } from '../fixtures/share'
import { terraformFolder } from '../fixtures/terraform'

const some = shareOf(test, 12)
const { spaces } = officeIds

/** A number below a bound, the same each time. */
function dice(seed: number) {
  let state = seed
  return (bound: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return Math.floor((state / 0x80000000) * bound)
  }
}

interface Person {
  name: string
  spaces: string[]
  modes: string[]
  until?: string
}

type Staff = Record<string, Person>

const doors = [spaces.lab, spaces.lobby, spaces.offices, spaces.serverRoom]
const modes = ['code', 'card', 'mobile_key']

const config = (staff: Staff, isCreatedFirst: boolean) => `
locals {
  staff = jsondecode(<<EOT
${JSON.stringify(staff)}
EOT
  )
}
resource "seam_user_identity" "person" {
  for_each  = local.staff
  full_name = each.value.name
}
resource "seam_access_grant" "person" {
  for_each                 = local.staff
  name                     = each.key
  user_identity_id         = seam_user_identity.person[each.key].id
  space_ids                = each.value.spaces
  requested_access_methods = [for mode in each.value.modes : { mode = mode }]
  ends_at                  = try(each.value.until, null)
  lifecycle {
    create_before_destroy = ${isCreatedFirst}
  }
}`

/** A part of a list that is not empty, in any order. */
const part = (roll: (bound: number) => number, all: readonly string[]): string[] => {
  const chosen = all.filter(() => roll(2) === 0)
  const list = chosen.length > 0 ? chosen : [all[roll(all.length)]!]
  return roll(2) === 0 ? list : list.reverse()
}

const keys = ['ana', 'ben', 'cy', 'dana']

function edited(staff: Staff, roll: (bound: number) => number): Staff {
  const key = keys[roll(keys.length)]!
  const { [key]: person, ...others } = staff
  if (!person || roll(6) === 0) {
    const one = { name: `${key} ${roll(3)}`, spaces: part(roll, doors), modes: part(roll, modes) }
    return person ? others : { ...others, [key]: one }
  }
  const edits: Partial<Person>[] = [
    { name: `${key} ${roll(9)}` },
    { spaces: part(roll, doors) },
    { modes: part(roll, modes) },
    { until: `203${roll(9)}-06-01T10:00:00+0${roll(3)}:00` },
    {},
  ]
  return { ...others, [key]: { ...person, ...edits[roll(edits.length)] } }
}

for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) {
  some(
    `Edits: twelve at random, one after the other, are each done once and for all (${seed})`,
    async (t) => {
      t.timeout(240_000)
      const roll = dice(seed * 7919)
      const isCreatedFirst = seed % 2 === 0
      let staff: Staff = {}
      const office = await terraformFolder(t, config(staff, isCreatedFirst))
      const { accessGrants, userIdentities } = office.sandbox.store
      const before = [accessGrants.size, userIdentities.size]
      for (let turn = 0; turn < 12; turn += 1) {
        staff = edited(staff, roll)
        await office.write(config(staff, isCreatedFirst))
        await office.apply()
        t.deepEqual(await office.changes(), [], JSON.stringify(staff))
        const made = accessGrants.all().filter((one) => one.access_grant_key?.startsWith('iac-'))
        t.deepEqual(
          made
            .map(({ name, space_ids: ids, ends_at: end }) => [
              name,
              [...ids].sort(),
              end && Date.parse(end),
            ])
            .sort(),
          Object.entries(staff)
            .map(([name, one]) => [
              name,
              [...one.spaces].sort(),
              one.until ? Date.parse(one.until) : null,
            ])
            .sort(),
        )
      }
      await office.destroy()
      t.deepEqual([accessGrants.size, userIdentities.size], before)
    },
  )
}
