// `npx tsx tools/picture.ts <report.md>`: the pictures of a report that the README shows, as a forge
// would render it, light and dark. Needs `chromium` on PATH, which Debian and others package.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { capture } from './engine/process.js'

const width = 1040

/** What forges make of `> [!CAUTION]`, which plain Markdown does not know. */
const withAlerts = (html: string) =>
  html.replace(/<blockquote>\s*<p>\[!(CAUTION|NOTE)\]\s*/g, (_, kind: string) => {
    const name = kind.toLowerCase()
    const title = name.charAt(0).toUpperCase() + name.slice(1)
    return `<blockquote class="markdown-alert markdown-alert-${name}"><p class="markdown-alert-title">${title}</p><p>`
  })

async function page(report: string, theme: 'light' | 'dark'): Promise<string> {
  const { marked } = await import('marked')
  const css = readFileSync(
    require.resolve(`github-markdown-css/github-markdown-${theme}.css`),
    'utf8',
  )
  const body = withAlerts(marked.parse(report, { gfm: true, async: false }))
  const background = theme === 'light' ? '#ffffff' : '#0d1117'
  return `<!doctype html><meta charset="utf-8"><style>${css}
    body { margin: 0; padding: 24px; background: ${background} }
    .markdown-body table { width: 100%; display: table }
  </style><article class="markdown-body">${body}</article>`
}

async function main([file]: string[]): Promise<void> {
  if (!file) throw new Error('Name the report: npx tsx tools/picture.ts report.md')
  const report = readFileSync(file, 'utf8')
  const folder = mkdtempSync(join(tmpdir(), 'seam-iac-picture-'))
  for (const theme of ['light', 'dark'] as const) {
    const html = join(folder, `${theme}.html`)
    writeFileSync(html, await page(report, theme))
    const target = join(__dirname, `../docs/review-${theme}.png`)
    const height = Number(process.env['HEIGHT'] ?? 900)
    const { code, stderr } = await capture(
      'chromium',
      [
        '--headless',
        '--no-sandbox',
        '--hide-scrollbars',
        '--disable-gpu',
        `--user-data-dir=${join(folder, 'profile')}`,
        `--window-size=${width},${height}`,
        '--force-device-scale-factor=1.5',
        `--screenshot=${target}`,
        pathToFileURL(html).href,
      ],
      { deadline: 60_000 },
    )
    if (code !== 0) throw new Error(stderr)
  }
  rmSync(folder, { recursive: true, force: true })
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
