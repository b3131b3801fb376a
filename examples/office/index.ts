import * as seam from 'seam-iac'
import { groupMembers, ownSpaces, shared, teams } from './policy'

/** Spaces of this program are made; all others are there already, and found by name. */
const spaceIds = new Map(
  Object.entries(ownSpaces).map(([name, entrances]) => {
    const space = new seam.Space(name.toLowerCase().replaceAll(' ', '-'), {
      name,
      acsEntranceIds: entrances.map(
        (entrance) => seam.getEntranceOutput({ name: entrance }).acsEntranceId,
      ),
    })
    return [name, space.spaceId]
  }),
)

function spaceId(name: string) {
  const id = spaceIds.get(name) ?? seam.getSpaceOutput({ name }).spaceId
  spaceIds.set(name, id)
  return id
}

for (const [team, { spaces, members, until }] of Object.entries(teams)) {
  for (const [handle, { fullName, emailAddress, opensWith = 'code' }] of Object.entries(members)) {
    const person = new seam.UserIdentity(handle, { fullName, emailAddress })
    new seam.AccessGrant(`${handle}-${team}`, {
      name: `${fullName}, ${team}`,
      userIdentityId: person.userIdentityId,
      spaceIds: [...shared, ...spaces].map(spaceId),
      requestedAccessMethods: [{ mode: opensWith }],
      endsAt: until,
    })
  }
}

for (const [handle, { fullName, emailAddress, group }] of Object.entries(groupMembers)) {
  const person = new seam.UserIdentity(handle, { fullName, emailAddress })
  new seam.AccessGroupMembership(`${handle}-${group.toLowerCase()}`, {
    acsAccessGroupId: seam.getAccessGroupOutput({ name: group }).acsAccessGroupId,
    userIdentityId: person.userIdentityId,
  })
}
