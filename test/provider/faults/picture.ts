import type { Sandbox } from '../../../src/sandbox'

type Snapshot = ReturnType<Sandbox['store']['snapshot']>

/** Members that tell when something happened, or what the provider thinks of it. */
const passing = new Set([
  'created_at',
  'issued_at',
  'latest_desired_state_synced_with_provider_at',
  'is_latest_desired_state_synced_with_provider',
  'is_issued',
  'errors',
  'warnings',
  'pending_mutations',
  'client_session_token',
])

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** All that a sandbox holds, in lines that are the same for the same objects whenever they were made. */
export function storeOf(sandbox: Sandbox, initial: Snapshot): string[] {
  const known = new Set(JSON.stringify(initial).match(uuid))
  const { events: _events, settlements: _settlements, ...held } = sandbox.store.snapshot()
  const numbers = new Map<string, number>()
  const numbered = (id: string) => {
    if (known.has(id)) return id
    numbers.set(id, numbers.get(id) ?? numbers.size + 1)
    return `#${numbers.get(id)}`
  }
  const line = (name: string, object: unknown) =>
    `${name} ${JSON.stringify(object, (member, value: unknown) => (passing.has(member) ? undefined : value))}`
      .replaceAll(sandbox.endpoint, '')
      .replace(uuid, numbered)
  return Object.entries(held).flatMap(([name, objects]) =>
    [objects].flat().map((object) => line(name, object)),
  )
}
