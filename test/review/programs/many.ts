import { officeIds } from '../../../src/sandbox'
import { pin, space, type Program, type Scene } from './language'

const { entrances } = officeIds

const people = (from: number, to: number, spaceOf: string, until: string): Program => ({
  [`people ${from}`]: `
for (let at = ${from}; at <= ${to}; at += 1) {
  const person = new seam.UserIdentity('person-' + at, { fullName: 'Person ' + at })
  new seam.AccessGrant('grant-' + at, {
    userIdentityId: person.id, spaceIds: [${spaceOf}], ${pin}, ${until}
  })
}`,
})

const places: Program = {
  ...space('tower', 'Tower', [entrances.frontDoor]),
  ...space('annex', 'Annex', [entrances.labEntrance]),
}
const inTurn = 'at % 2 ? its.tower.id : its.annex.id'
const untilMay = `endsAt: '2030-05-31T18:00:00Z'`

/** 600 people: 200 leave, 160 stay, 20 get another door, 20 stay longer, 200 come. */
export const manyScene: Scene = {
  before: { ...places, ...people(1, 400, inTurn, untilMay) },
  isLarge: true,
  cases: {
    'six-hundred-people': {
      after: {
        ...places,
        ...people(201, 360, inTurn, untilMay),
        ...people(361, 380, 'its.tower.id, its.annex.id', untilMay),
        ...people(381, 400, inTurn, `endsAt: '2030-08-31T18:00:00Z'`),
        ...people(401, 600, inTurn, ''),
      },
    },
  },
}
