import { adoptedScene, adoptionScene } from './programs/adoption'
import { hostileNewScene, hostileScene } from './programs/hostile'
import type { Scene } from './programs/language'
import { manyScene } from './programs/many'
import { optionsScene } from './programs/options'
import { secretsScene } from './programs/secrets'
import { systemsScene, untouchedScene } from './programs/systems'
import { teams } from './programs/teams'

export { sourceOf, type Case, type Scene } from './programs/language'

/** What is recorded as having happened just now, and when every review is made. */
export const recordedAt = '2030-03-01T09:00:00.000Z'

/** What plans are recorded of; every case has a folder of its name in `cases`. */
export const scenes: readonly Scene[] = [
  teams,
  systemsScene,
  untouchedScene,
  adoptionScene,
  adoptedScene,
  optionsScene,
  secretsScene,
  hostileScene,
  hostileNewScene,
  manyScene,
]

/** All cases by name. */
export const cases = new Map(scenes.flatMap((scene) => Object.entries(scene.cases)))
