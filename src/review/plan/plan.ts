import type { SeamResource } from '../../resources'
import { isAbsent, valueOf, type Wire } from '../../schema'

/** What an engine means to do with a resource; `forget` lets the object be and only leaves the state. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'forget' | 'keep'

/** What stands for a value that nobody may see. */
export const secret = '[secret]'

/** One side of a change: what the program says, and what else is known of the object. */
export interface Side {
  readonly inputs: Wire
  /** The inputs together with what Seam answered, as far as the plan knows it. */
  readonly all: Wire
}

/** One resource of ours in a plan. */
export interface Change {
  /** The engine's name of it, unique in the plan. */
  readonly address: string
  /** The name in the program. */
  readonly name: string
  /** What the engine puts before that name when it speaks of the resource: its type. */
  readonly prefix: string
  readonly definition: SeamResource
  readonly action: Action
  readonly id: string | undefined
  readonly before: Side | undefined
  readonly after: Side | undefined
  /** The inputs that differ, and those of them that make a new object. */
  readonly changed: readonly string[]
  readonly replacing: readonly string[]
  /** It has happened behind our back: the plan only looks. */
  readonly isDrift: boolean
  /** The old object stays in Seam, and opens what it opens. */
  readonly isRetained: boolean
  /** The object is in Seam already, and is only written into the state. */
  readonly isImported: boolean
  /** An earlier deployment has replaced it, and not deleted it yet. */
  readonly isLeftover: boolean
  /** The old object goes before the new one comes. */
  readonly isDeleteFirst: boolean
  /** What the engine said of it, where what Seam has is another. */
  readonly told?: Pick<Change, 'before' | 'after' | 'changed'>
  /** Modes that the program takes away, and that stay because another object has the same method. */
  readonly shared?: readonly string[]
  /** By mode, the access methods that the object has in Seam. */
  readonly methods?: MethodIds
  /** By mode, the one that Seam has for the person already, and shares with what is requested anew. */
  readonly sharing?: MethodIds
  /** Seam has it, and this plan does not manage it. */
  readonly isForeign?: boolean
  /** The engine takes it for replaced, and will find that it names what it named. */
  readonly isSettled?: boolean
  /** What the program declared it as so far: the same object, whose old name goes in this plan. */
  readonly renamed?: Renamed
  /** By input, the addresses of the resources whose outputs are in it. */
  readonly references: Readonly<Record<string, readonly string[]>>
}

/** By mode, the ids of access methods. */
export type MethodIds = Readonly<Record<string, readonly string[]>>

/** How a resource has come to another name without telling the engine so. */
export interface Renamed {
  /** The old address and name. */
  readonly address: string
  readonly name: string
  /** The inputs by which old and new are known to be one. */
  readonly by: readonly string[]
  /** Whether the new one cannot be made while the old one is there. */
  readonly isRefused: boolean
}

/** How something in a plan hangs together with the rest of it. */
export interface Link {
  readonly action: Action
  /** Addresses of what must be there before it. */
  readonly needs: readonly string[]
  /** Addresses of what could not have been there without it before the plan. */
  readonly neededBy: readonly string[]
  /** An earlier deployment has replaced something of this address, and not deleted the old part yet. */
  readonly hasLeftover: boolean
  /** It is part of a whole: to do it apart from the rest of the plan could close what stays open. */
  readonly isBound: boolean
}

/** Something that the engine says beside the plan. */
export interface Remark {
  readonly message: string
  /** The name in the program of the resource that it is about. */
  readonly name: string | undefined
}

/** What a report says in the words of an engine; what stands between backquotes is code. */
export interface EngineWords {
  /** How the engine is told that a resource is the one that had another address. */
  readonly rename: string
  /** That, as a program writes it. */
  renamed(address: string, old: string): string
  /** What to do about one of which it was not told. */
  readonly ways: string
  /** How to take a plan that leaves nothing out. */
  readonly whole: string
  /** What brings back what the program says. */
  readonly restore: string
}

/** A plan of any engine, as far as a review goes. */
export interface Plan {
  /** `project/stack`, or whatever tells it from other plans of the repository. */
  readonly stack: string
  readonly changes: readonly Change[]
  /** It tells what has changed in Seam behind the program's back, not what the program will change. */
  readonly isDrift: boolean
  /** Resources of other providers that change. */
  readonly others: readonly { readonly address: string; readonly action: string }[]
  /** By address, what hangs on what; resources of other providers are in it. */
  readonly links: ReadonlyMap<string, Link>
  /** Resources that stay as they are are in it. Without them nobody can say who keeps what. */
  readonly isWhole: boolean
  /** What Seam has is in it as well: objects as they are now, and those that it does not manage. */
  readonly isSeen?: boolean
  readonly errors: readonly Remark[]
  readonly warnings: readonly Remark[]
  /** How the program spells a name of Seam's. */
  readonly spell: (name: string) => string
  readonly words: EngineWords
}

/** Whether the object of the state stays in Seam, beside a new one or not. */
export const stays = (change: Change): boolean =>
  change.action === 'forget' ||
  (change.action === 'delete' && isLetGo(change)) ||
  (change.action === 'replace' && (change.isRetained || isLetGo(change)))

/** Whether a create takes over what is there, with the same people and doors. */
export const isTakenOver = ({ definition: { takeover }, after, isImported }: Change): boolean =>
  isImported || (takeover !== undefined && after?.inputs[takeover.input] !== undefined)

/** Whether destroy leaves the object as it is. */
export const isLetGo = ({ definition, before, isDrift }: Change): boolean => {
  if (isDrift) return false
  const { closesOnlyIf } = definition.opens ?? {}
  const has = (role: 'adopted' | 'deleteAdopted') =>
    before !== undefined && valueOf(definition, role, before.all) === true
  const isAdopted = has('adopted') && !has('deleteAdopted')
  return isAdopted || (closesOnlyIf !== undefined && before?.inputs[closesOnlyIf] !== true)
}

/** The id of the object that a change names to take over, where it names one by its id. */
export const adoptedId = ({ definition, after }: Pick<Change, 'definition' | 'after'>): unknown =>
  after && valueOf(definition, 'adoptId', after.inputs)

/** Whether a change says that an object which is there already is taken over. */
export const isAdopting = (change: Pick<Change, 'definition' | 'after'>): boolean =>
  !isAbsent(adoptedId(change)) ||
  (change.after !== undefined && valueOf(change.definition, 'adopt', change.after.inputs) === true)
