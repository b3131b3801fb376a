import { randomUUID } from 'node:crypto'
import { conflict, notFound } from '../api/errors'
import type { Context } from '../context'
import type { AcsUserRecord, UserIdentityRecord } from '../store/collections'
import { createAcsUser, deleteAcsUser } from './acs-users'
import { deleteGrant } from './grants'
import { fits, must } from './lookup'
import { beingDeleted, isBeingDeleted } from './notices'
import { mark } from './pending'
import { settling } from './settlement'
import type { Store } from '../store/store'
import { mustBeFree } from './unique'

export interface Person {
  readonly user_identity_key?: string | null
  readonly full_name?: string | null
  readonly email_address?: string | null
  readonly phone_number?: string | null
}

/** A phone number as it is kept and compared: E.164, without punctuation. */
export const phoneNumber = (text: string): string => text.replace(/[^\d+]/g, '')

/** Refuses a key, an e-mail address or a phone number that another identity has. */
export function personMustBeFree(context: Context, person: Person, except?: string): void {
  const { userIdentities } = context.store
  const type = 'user_identity_email_or_phone_conflict'
  const { user_identity_key: key, email_address: email, phone_number: phone } = person
  mustBeFree(context, userIdentities, 'user_identity_key', key, { except })
  mustBeFree(context, userIdentities, 'merged_user_identity_keys', key, {
    type: 'user_identity_key_conflict',
    except,
  })
  mustBeFree(context, userIdentities, 'email_address', email, { type, except })
  mustBeFree(context, userIdentities, 'phone_number', phone, { type, except })
}

/** The identity of this id, or the one that it was merged into. */
export const identityById = ({ userIdentities }: Store, id: string) =>
  userIdentities.get(id) ?? userIdentities.find('merged_user_identity_ids', id)

/** The identity of this key, or the one that it was merged into. */
export const identityByKey = ({ userIdentities }: Store, key: string) =>
  userIdentities.find('user_identity_key', key) ??
  userIdentities.find('merged_user_identity_keys', key)

/** Moves all that one identity has to another; its id and its key lead there from now on. */
export function mergeIdentity({ store }: Context, into: string, from: string): void {
  if (into === from) return
  const { userIdentities: people, acsUsers, accessGrants } = store
  const [kept, merged] = [must(people, into), must(people, from)]
  for (const { access_grant_id: id } of accessGrants.where('user_identity_id', from)) {
    accessGrants.update(id, { user_identity_id: into })
  }
  for (const { acs_user_id: id } of acsUsers.where('user_identity_id', from)) {
    acsUsers.update(id, { user_identity_id: into })
  }
  people.delete(from)
  const { merged_user_identity_ids: ids = [], merged_user_identity_keys: keys = [] } = kept
  people.update(into, {
    email_address: kept.email_address ?? merged.email_address,
    phone_number: kept.phone_number ?? merged.phone_number,
    merged_user_identity_ids: [...ids, from, ...(merged.merged_user_identity_ids ?? [])],
    merged_user_identity_keys: [
      ...keys,
      ...(merged.user_identity_key === null ? [] : [merged.user_identity_key]),
      ...(merged.merged_user_identity_keys ?? []),
    ],
  })
}

export function createIdentity(context: Context, person: Person): Readonly<UserIdentityRecord> {
  personMustBeFree(context, person)
  return context.store.userIdentities.add({
    user_identity_id: randomUUID(),
    user_identity_key: person.user_identity_key ?? null,
    full_name: person.full_name ?? null,
    email_address: person.email_address ?? null,
    phone_number: person.phone_number ?? null,
    created_at: new Date().toISOString(),
    errors: [],
    warnings: [],
  })
}

/** The person's ACS user in a system: linked before, found by e-mail or phone, or made now. */
export function acsUserIn(
  context: Context,
  identity: UserIdentityRecord,
  systemId: string,
): string {
  const { acsUsers } = context.store
  const { user_identity_id, email_address, phone_number, full_name } = identity
  const isHere = (user: AcsUserRecord) => user.acs_system_id === systemId
  const linked = acsUsers.where('user_identity_id', user_identity_id).find(isHere)
  if (linked) return linked.acs_user_id
  const twins = [
    ...acsUsers.where('email_address', email_address ?? ''),
    ...acsUsers.where('phone_number', phone_number ?? ''),
  ]
  const [same] = acsUsers
    .pickInOrder(twins.map((user) => user.acs_user_id))
    .filter((user) => isHere(user) && user.user_identity_id === undefined)
  if (same) {
    acsUsers.update(same.acs_user_id, { user_identity_id })
    return same.acs_user_id
  }
  return createAcsUser(context, {
    acs_system_id: systemId,
    user_identity_id,
    ...(full_name === null ? {} : { full_name }),
    ...(email_address === null ? {} : { email_address }),
    ...(phone_number === null ? {} : { phone_number }),
  }).acs_user_id
}

/** Names an ACS user directly, or as a person's user in a system. */
export interface AcsUserSelector {
  readonly acs_user_id?: string
  readonly user_identity_id?: string
  readonly acs_system_id?: string
}

/** The id of the ACS user that a request names; 404 where there is none. */
export function selectAcsUser({ store }: Context, selector: AcsUserSelector): string {
  const { acs_user_id: id, user_identity_id: identity, acs_system_id: system } = selector
  if (id !== undefined) {
    const user = must(store.acsUsers, id)
    if (fits(identity, user.user_identity_id) && fits(system, user.acs_system_id)) return id
    throw notFound('acs_user', `${id} of this user_identity_id and acs_system_id`)
  }
  const found = store.acsUsers
    .where('user_identity_id', String(identity))
    .find((user) => user.acs_system_id === system)
  if (!found) throw notFound('acs_user', `of user identity ${identity} in system ${system}`)
  return found.acs_user_id
}

const removeIdentity = settling<{ user_identity_id: string }>(
  'user_identity.remove',
  ({ store }, { user_identity_id: id }) => store.userIdentities.delete(id),
)

/** Deletes a person with all ACS users, their credentials and memberships, and, by default, grants. */
export function deleteIdentity(context: Context, id: string): void {
  const { store, settings } = context
  if (isBeingDeleted(must(store.userIdentities, id))) return
  const grants = store.accessGrants.where('user_identity_id', id)
  if (settings.grantsOfDeletedIdentity === 'refuse' && grants.length > 0) {
    throw conflict('user_identity_has_access_grants', `User identity ${id} still has access grants`)
  }
  if (settings.grantsOfDeletedIdentity === 'delete') {
    for (const { access_grant_id } of grants) deleteGrant(context, access_grant_id)
  }
  for (const user of store.acsUsers.where('user_identity_id', id)) {
    deleteAcsUser(context, user.acs_user_id)
  }
  mark(context, 'user_identities', id, { warnings: [beingDeleted('user identity')] })
  removeIdentity(context, { user_identity_id: id })
}
