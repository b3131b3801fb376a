import { read } from '../api/endpoint'
import { workspace } from '../views/places'

export const workspaces = [
  read('/workspaces/get', {
    answer: 'workspace',
    params: {},
    handle: (_, context) => workspace(context),
  }),
  read('/workspaces/list', {
    answer: 'workspaces',
    params: {},
    handle: (_, context) => [workspace(context)],
  }),
]
