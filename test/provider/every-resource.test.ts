import test from 'ava'
import { create } from '../../src/provider'
import { resources, type SeamResource } from '../../src/resources'
import { className } from '../../src/schema'
import { scenarios } from './faults/scenarios'
import { office, planned, seed } from './office'

for (const definition of resources) {
  const own = scenarios.filter((one) => one.definition === definition)

  test(`Every resource: ${className(definition.name)} is created and deleted under faults`, (t) => {
    t.true(own.some(({ before, after }) => !before && after))
    t.true(own.some(({ before, after }) => before && !after))
  })

  test(`Every resource: ${className(definition.name)}: what a create answers is understood`, async (t) => {
    const { session } = await office(t)
    // What is looked for after that would be looked for because the answer counted as lost.
    let isAnswered = false
    const late: string[] = []
    const watched: SeamResource = {
      ...definition,
      create: (...given) => definition.create(...given).finally(() => (isAnswered = true)),
      ...(definition.find && {
        find: (...given) => {
          if (isAnswered) late.push('find')
          return definition.find!(...given)
        },
      }),
      ...(typeof definition.twins === 'function' && {
        twins: (...given) => {
          if (isAnswered) late.push('twins')
          return (definition.twins as Exclude<typeof definition.twins, 'none' | undefined>)(
            ...given,
          )
        },
      }),
    }
    const { after } = own.find(({ before, after }) => !before && after)!
    await create(watched, session, planned(definition, after!, session), seed)
    t.true(isAnswered)
    t.deepEqual(late, [])
  })
}
