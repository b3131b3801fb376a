import { dirname, join } from 'node:path/posix'

const fence = /^( *)(`{3,}|~{3,}).*\n[^]*?^\1\2[ \t]*$/gm
const codeSpan = /`[^`\n]+`/g

const links = [
  /\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)/g,
  /^\[[^\]]+\]: (\S+)/gm,
  /\b(?:src|srcset|href)="([^"\s]+)"/g,
]

const isRelative = (target: string) => !/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(target)

/** The relative links of a text, images among them; what stands in code is no link. */
export function relativeLinks(text: string): string[] {
  const plain = text.replace(fence, '').replace(codeSpan, '')
  return links
    .flatMap((pattern) => [...plain.matchAll(pattern)].map(([, target]) => target!))
    .filter(isRelative)
}

/** The anchors that a forge gives to the headings of a text, and those that it sets itself. */
export function anchors(text: string): Set<string> {
  const found = new Set([...text.matchAll(/<a id="([^"]+)">/g)].map(([, name]) => name!))
  for (const [, title] of text.replace(fence, '').matchAll(/^#{1,6} +(.+?)(?: +#+)? *$/gm)) {
    const anchor = title!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-')
    let name = anchor
    for (let turn = 1; found.has(name); turn += 1) name = `${anchor}-${turn}`
    found.add(name)
  }
  return found
}

/** The files of a folder or a package; paths are relative to its root. */
export interface Files {
  has(file: string): boolean
  read(file: string): string
}

function isDead(file: string, link: string, files: Files): boolean {
  const [path = '', anchor] = link.split('#')
  const target = path === '' ? file : join(dirname(file), decodeURI(path))
  if (!files.has(target)) return true
  if (anchor === undefined) return false
  return !target.endsWith('.md') || !anchors(files.read(target)).has(anchor)
}

/** The links of Markdown files that lead to no file or to no heading, as `file: link` lines. */
export const deadLinks = (pages: readonly string[], files: Files): string[] =>
  pages.flatMap((file) =>
    relativeLinks(files.read(file))
      .filter((link) => isDead(file, link, files))
      .map((link) => `${file}: ${link}`),
  )
