import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { repository } from '../../tools/engine/folders.js'
import { anchors, deadLinks, relativeLinks } from '../../tools/markdown.js'

const own = readdirSync(repository).filter((file) => file.endsWith('.md'))
const docs = readdirSync(join(repository, 'docs'), { recursive: true })
  .map((file) => `docs/${String(file)}`)
  .filter((file) => file.endsWith('.md'))
const pages = [...own, ...docs, 'action/README.md']

const files = {
  has: (file: string) => existsSync(join(repository, file)),
  read: (file: string) => readFileSync(join(repository, file), 'utf8'),
}

test('Links: every relative link leads to a file, and every anchor to a heading', (t) => {
  for (const page of ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'SECURITY.md']) {
    t.true(pages.includes(page), page)
  }
  t.true(pages.includes('docs/resources/access_grant.md'))
  t.deepEqual(deadLinks(pages, files), [])
})

test('Links: every page under docs is linked from another page', (t) => {
  const linked = pages.flatMap((page) =>
    relativeLinks(files.read(page)).map((link) => join(page, '..', link.split('#')[0]!)),
  )
  // A registry lists its pages by their folders.
  const others = docs.filter((page) => !page.startsWith('docs/registry/'))
  t.true(docs.length > others.length)
  t.deepEqual(
    others.filter((page) => !linked.includes(page)),
    [],
  )
})

test('Links: a missing file, a missing heading and a missing picture are found', (t) => {
  const pages: Record<string, string> = {
    'a.md': [
      '[right](b/c.md#two-words), [file](d.md), [heading](b/c.md#other), [own](#none)',
      '<img src="b/gone.png" />, [web](https://example.com), `[code](x.md)`',
      '```md\n[block](y.md)\n```',
    ].join('\n'),
    'b/c.md': '# Two `words`\n\n[up](../a.md) [gone](a.md)',
  }
  const dead = deadLinks(Object.keys(pages), {
    has: (file) => file in pages,
    read: (file) => pages[file]!,
  })
  t.deepEqual(dead, [
    'a.md: d.md',
    'a.md: b/c.md#other',
    'a.md: #none',
    'a.md: b/gone.png',
    'b/c.md: a.md',
  ])
})

test('Links: headings with equal words have anchors of their own', (t) => {
  t.deepEqual(
    [...anchors('# Keys\n\n## `seam-iac` up: now\n\n## Keys')],
    ['keys', 'seam-iac-up-now', 'keys-1'],
  )
})

test('Links: every script that a page names is in package.json', (t) => {
  const { scripts } = JSON.parse(files.read('package.json')) as { scripts: object }
  const named = pages.flatMap((page) => [...files.read(page).matchAll(/npm run ([\w:-]+)/g)])
  const missing = named.map(([, script]) => script!).filter((script) => !(script in scripts))
  t.deepEqual(missing, [])
})
