import test from 'ava'
import { closedNote } from '../../src/schema'

test('Notes: a surface with closed records gets the known members, and the rest as JSON', (t) => {
  t.deepEqual(
    closedNote({
      message: 'Gone.',
      created_at: '2026-01-01T00:00:00Z',
      warning_code: 'being_deleted',
      device_id: 'd',
      failed_devices: [{ device_id: 'e' }],
    }),
    {
      message: 'Gone.',
      created_at: '2026-01-01T00:00:00Z',
      warning_code: 'being_deleted',
      details: '{"device_id":"d","failed_devices":[{"device_id":"e"}]}',
    },
  )
  t.deepEqual(closedNote({ message: 'Gone.' }), { message: 'Gone.' })
})
