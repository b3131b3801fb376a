import { badRequest, unauthorized } from '../api/errors'
import type { Store } from '../store/store'

// A person's token reaches every workspace of that person, so this call needs none to be named.
const withoutWorkspace = new Set(['/workspaces/list'])

/** Lets a call with the workspace's API key, or a personal access token and its workspace, pass. */
export function authenticate(store: Store, headers: Headers, path: string): void {
  const authorization = headers.get('authorization')
  if (!authorization) throw unauthorized('Must be authenticated: no Authorization header')
  const token = /^bearer\s+(\S+)$/i.exec(authorization)?.[1]
  if (token === store.apiKey) return
  if (token !== store.personalAccessToken) throw unauthorized('Invalid credentials')
  if (withoutWorkspace.has(path)) return
  const workspaceId = headers.get('seam-workspace')
  if (!workspaceId) {
    throw badRequest('missing_workspace_id', 'The seam-workspace header is required')
  }
  if (workspaceId !== store.workspace.workspace_id) {
    throw unauthorized('The token gives no access to this workspace')
  }
}
