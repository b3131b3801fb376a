import type { SeedData } from './complete'

/** A workspace in which nothing is. */
export const emptySeed: SeedData = {
  workspace: { workspace_id: '10000000-0000-4000-8000-000000000002', name: 'Empty Sandbox' },
  api_key: 'seam_testEmpty_LocalSandboxOnly',
  personal_access_token: 'seam_at_testEmpty_LocalSandboxOnly',
}
