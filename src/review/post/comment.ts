import { setTimeout as sleep } from 'node:timers/promises'
import { isTrouble } from './errors'

/** One comment of ours. */
export interface Comment {
  readonly id: number | string
  readonly body: string
}

/** One pull request of a forge, as far as comments go. */
export interface Forge {
  /** Characters that a comment may have. */
  readonly limit: number
  /** Our own comments, oldest first, page after page. */
  comments(): AsyncIterable<Comment>
  create(body: string): Promise<Comment>
  update(id: Comment['id'], body: string): Promise<void>
  remove(id: Comment['id']): Promise<void>
}

/** What a pull request is to show about one stack. */
export interface Post {
  /** `project/stack`: one comment for each. */
  readonly stack: string
  /** The report, within so many characters (the marker's not counted). */
  readonly render: (limit: number) => string
  /** Nothing changes: says so in a comment that is there, and makes none. */
  readonly isEmpty: boolean
}

export type Posted = 'created' | 'updated' | 'unchanged' | 'nothing'

/** How often the comments are read anew, before what disturbs them is an error. */
const rounds = 5
/** Time that a forge may take until a new comment is in its list, in milliseconds. */
const moment = 400

/**
 * Puts the report of a stack into one comment of the pull request: makes it, or rewrites the one
 * that is there, and writes nothing where that says the same already. Runs that post at once end
 * with one comment. A forge that finds the report too long gets it once more, half as long.
 */
export async function post(forge: Forge, { stack, render, isEmpty }: Post): Promise<Posted> {
  const marker = `<!-- seam-iac review: ${encoded(stack)} -->`
  const within = (limit: number) => {
    const body = `${marker}\n${render(limit - marker.length - 1)}`
    return new Poster(forge, marker, body, isEmpty).settle()
  }
  try {
    return await within(forge.limit)
  } catch (error) {
    if (!isTrouble(error, 'too-long')) throw error
    return await within(Math.floor(forge.limit / 2))
  }
}

/** The name without anything that could end an HTML comment; other names stay other names. */
const encoded = (stack: string) => stack.split('/').map(encodeURIComponent).join('/')

/** Lines that end as a browser sends them are the same lines. */
const plain = (body: string) => body.replace(/\r\n/g, '\n').trimEnd()

/** Ids grow. Whoever compares two comments, now or elsewhere, finds the same one older. */
const byAge = (one: Comment, other: Comment) =>
  String(one.id).localeCompare(String(other.id), 'en', { numeric: true })

class Poster {
  /** The comment that we made, which the list may not show yet. */
  private made: Comment | undefined
  /** Whether we tried to make one: it may be there although no answer said so. */
  private tried = false

  constructor(
    private readonly forge: Forge,
    private readonly marker: string,
    private readonly body: string,
    private readonly isEmpty: boolean,
  ) {}

  async settle(): Promise<Posted> {
    for (let round = 1; ; round += 1) {
      try {
        return await this.round()
      } catch (error) {
        if (round === rounds || !isTrouble(error, 'gone', 'unsure')) throw error
        this.made = undefined
        await sleep(moment * round)
      }
    }
  }

  private async round(): Promise<Posted> {
    let [first, ...others] = await this.look()
    if (!first && this.isEmpty) return 'nothing'
    if (!first) [first, ...others] = await this.create()
    const isSame = plain(first!.body) === plain(this.body)
    // With others about, the list may be old: the first is known to be there when it was written,
    // and only then may another go. So, whatever the order of things, one always stays.
    if (!isSame || others.length > 0) await this.forge.update(first!.id, this.body)
    for (const other of others) await this.remove(other)
    if (this.tried && isSame) return 'created'
    return isSame ? 'unchanged' : 'updated'
  }

  /** Every comment with the marker, oldest first. */
  private async look(): Promise<Comment[]> {
    const found = new Map(this.made && [[this.made.id, this.made]])
    for await (const comment of this.forge.comments()) {
      if (comment.body.startsWith(this.marker)) found.set(comment.id, comment)
    }
    return [...found.values()].sort(byAge)
  }

  /** Makes the comment, and looks who else did: of two that list none, both would make one. */
  private async create(): Promise<Comment[]> {
    this.tried = true
    this.made = await this.forge.create(this.body)
    await sleep(moment)
    return this.look()
  }

  private async remove({ id }: Comment): Promise<void> {
    try {
      await this.forge.remove(id)
    } catch (error) {
      if (!isTrouble(error, 'gone')) throw error
    }
  }
}
