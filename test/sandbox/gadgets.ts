import { collections } from '../../src/sandbox/store/collections'
import { collection } from '../../src/sandbox/store/kind'
import type { SpaceRecord } from '../../src/sandbox'

export interface GadgetRecord {
  gadget_id: string
  colour: string
}

// A collection that a version to come may have. Imported before the sandbox, it is in its table when
// the sandbox reads that, and nowhere else.
Object.assign(collections, {
  spare_gadgets: collection<GadgetRecord, 'gadget_id'>({
    id: 'gadget_id',
    indexes: ['colour'],
    defaults: { colour: 'grey' },
  }),
})

/** Never called: rows that must not compile. */
export function wrongRows() {
  const defaults = {
    connected_account_ids: [],
    acs_entrance_ids: [],
    device_ids: [],
    created_at: '2024-01-15T09:00:00.000Z',
  }
  const space = collection<SpaceRecord, 'space_id' | 'name'>
  // @ts-expect-error a misspelled id
  space({ id: 'spaceid', defaults })
  // @ts-expect-error an id that not every record has
  space({ id: 'space_key', defaults })
  // @ts-expect-error a misspelled index
  space({ id: 'space_id', indexes: ['keys'], defaults })
  // @ts-expect-error an index by what is no text
  space({ id: 'space_id', indexes: ['customer_data'], defaults })
  // @ts-expect-error a member without a default, which a seed need not give
  collection<SpaceRecord, 'space_id'>({ id: 'space_id', defaults })
  space({ id: 'space_id', indexes: ['space_key', 'device_ids'], defaults })
}
