import type { ExecutionContext } from 'ava'

/** The tags that a report is written with; everything else that looks like one is data. */
const ownTag = /^<\/?(details|summary|pre|code|sub)>/

const tags = ['details', 'summary', 'pre', 'code', 'sub']

/** That a comment is made of our markup alone, and above the fold for people. */
export function assertSafe(t: ExecutionContext, markdown: string): void {
  t.true(markdown.length <= 65_536, `${markdown.length} characters`)
  const [head = ''] = markdown.split('<details')
  t.notRegex(head, /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/i)
  for (const { index } of markdown.matchAll(/</g)) t.regex(markdown.slice(index), ownTag)
  for (const tag of tags) {
    const count = (form: string) => markdown.split(form).length
    t.is(count(`<${tag}>`), count(`</${tag}>`), tag)
  }
  // A row of a table has five cells; nothing in them ends a cell or begins another row.
  for (const line of markdown.split('\n')) {
    if (line.startsWith('|')) t.is(line.split('|').length, 7, line)
  }
  const text = markdown.replace(/^#{3,4} /gm, '')
  t.notRegex(text, /@|(?<!&)#/, 'nobody is mentioned, and no issue')
}
