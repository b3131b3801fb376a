/** What is wrong with a request, parameter by parameter, in the shape of `validation_errors`. */
export interface IssueTree {
  readonly _errors: readonly string[]
  readonly [parameter: string]: IssueTree | readonly string[]
}

/** Collects complaints while a request is read, so that one answer can name them all. */
export class Issues {
  private readonly messages: string[] = []
  private readonly children = new Map<string, Issues>()

  add(message: string): void {
    this.messages.push(message)
  }

  at(parameter: string | number): Issues {
    const name = String(parameter)
    const child = this.children.get(name) ?? new Issues()
    this.children.set(name, child)
    return child
  }

  /** Takes over what was found wrong with a parameter. */
  put(parameter: string | number, issues: Issues): void {
    this.children.set(String(parameter), issues)
  }

  get found(): boolean {
    return this.messages.length > 0 || [...this.children.values()].some((child) => child.found)
  }

  /** The first complaint in words, for the `message` of the error. */
  summary(): string {
    const own = this.messages[0]
    if (own !== undefined) return own
    for (const [name, child] of this.children) {
      if (child.found) return `${name}: ${child.summary()}`
    }
    return 'Invalid input'
  }

  tree(): IssueTree {
    const children = [...this.children]
      .filter(([, child]) => child.found)
      .map(([name, child]) => [name, child.tree()] as const)
    return { _errors: this.messages, ...Object.fromEntries(children) }
  }
}
