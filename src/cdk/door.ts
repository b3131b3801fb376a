import { Construct } from 'constructs'
import { withDependencies, type MetaProps } from './dependencies'
import { DataSeamDevice, type DataSeamDeviceConfig } from './generated/data-seam-device'
import { DataSeamEntrance, type DataSeamEntranceConfig } from './generated/data-seam-entrance'
import { DataSeamSpace, type DataSeamSpaceConfig } from './generated/data-seam-space'
import { Space, type SpaceConfig } from './generated/space'
import * as cdktf from './library'

/** What a grant opens: spaces, entrances of access control systems, or single locks. */
export interface IDoor {
  readonly spaceIds?: readonly string[] | undefined
  readonly acsEntranceIds?: readonly string[] | undefined
  readonly deviceIds?: readonly string[] | undefined
}

/** What is said of doors that are opened together. */
export interface DoorProps extends Omit<SpaceConfig, 'dependsOn'>, MetaProps {
  /** The entrances and locks that it is made of, beside those that are given by id. */
  readonly doors?: readonly IDoor[] | undefined
}

/** Several lists as one; one that a deployment tells cannot be looked into. */
function joined(lists: (readonly string[])[]): string[] | undefined {
  if (lists.length === 0) return undefined
  const isTold = lists.some((list) => cdktf.Token.isUnresolved(list))
  return isTold ? cdktf.Token.asList(cdktf.Fn.concat(lists)) : [...new Set(lists.flat())]
}

/** The ids of some doors by their kind; a kind that none of them has is left out. */
export function idsOf(doors: readonly IDoor[]): Record<keyof IDoor, string[] | undefined> {
  const all = (kind: keyof IDoor) =>
    joined(doors.flatMap((door) => [door[kind] ?? []].filter(({ length }) => length > 0)))
  return {
    spaceIds: all('spaceIds'),
    acsEntranceIds: all('acsEntranceIds'),
    deviceIds: all('deviceIds'),
  }
}

/**
 * A door, or several that are opened together: a space in Seam. `new` creates one of entrances and
 * locks; the static methods find what is there already.
 *
 * @see https://docs.seam.co/latest/api/spaces
 */
export class Door extends Construct implements IDoor {
  /** A space that is there already, found by id, key or name. */
  static fromSpace(scope: Construct, id: string, by: DataSeamSpaceConfig): IDoor {
    return { spaceIds: [new DataSeamSpace(scope, id, by).id] }
  }

  /** An entrance of an access control system, found by id or name. */
  static fromEntrance(scope: Construct, id: string, by: DataSeamEntranceConfig): IDoor {
    return { acsEntranceIds: [new DataSeamEntrance(scope, id, by).id] }
  }

  /** A lock, found by id or name. */
  static fromDevice(scope: Construct, id: string, by: DataSeamDeviceConfig): IDoor {
    return { deviceIds: [new DataSeamDevice(scope, id, by).id] }
  }

  /** Doors by ids that something else tells. */
  static fromIds(ids: IDoor): IDoor {
    return ids
  }

  /** The resource. */
  readonly space: Space

  constructor(scope: Construct, id: string, props: DoorProps) {
    super(scope, id)
    const { doors = [], acsEntranceIds, deviceIds, ...rest } = withDependencies(props)
    const { spaceIds, ...ids } = idsOf([...doors, { acsEntranceIds, deviceIds }])
    if (spaceIds) {
      throw new Error(
        `${this.node.path}: \`doors\` are entrances and locks here: a space is not in another one. Give a grant both spaces.`,
      )
    }
    this.space = new Space(this, 'Default', { ...rest, ...ids })
  }

  get spaceIds(): readonly string[] {
    return [this.space.id]
  }

  /** Its address in Terraform, for `dependsOn` of any resource. */
  get fqn(): string {
    return this.space.fqn
  }
}
