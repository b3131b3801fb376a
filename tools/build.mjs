// `npm run build` alone makes everything that ships: compiled code, types, and executable bits. With
// `--if-needed`, only where a source is newer: `npx seam-iac` in this folder prepares the package, and
// must not build it beneath a preview that runs.
import { execFileSync } from 'node:child_process'
import * as fs from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildSync } from 'esbuild'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const dist = join(root, 'dist')
const { bin, version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'))

if (!process.argv.includes('--if-needed') || isOutdated()) build()

function build() {
  fs.mkdirSync(join(root, '.local'), { recursive: true })
  const workplace = fs.mkdtempSync(join(root, '.local', 'build-'))
  const built = join(workplace, 'dist')
  try {
    const compiler = join(root, 'node_modules/typescript/bin/tsc')
    const project = join(root, 'tsconfig.build.json')
    execFileSync(process.execPath, [compiler, '-p', project, '--outDir', built], {
      stdio: 'inherit',
    })
    // Schemas are published; the compiler copies only those that the code reads.
    fs.cpSync(join(root, 'src/review/schemas'), join(built, 'review/schemas'), { recursive: true })
    forEachLibrary(built)
    const plugin = `terraform-provider-seam_v${version}`
    bundle(join(root, 'src/terraform/main.ts'), join(built, plugin))
    for (const file of [...Object.values(bin), `dist/${plugin}`]) {
      fs.chmodSync(join(workplace, String(file)), 0o755)
    }
    // At once: whatever runs meanwhile finds the former code or this one, complete.
    for (let turn = 0; !replaced(built, join(workplace, `former-${turn}`)); turn += 1);
  } finally {
    fs.rmSync(workplace, { recursive: true, force: true })
  }
}

/**
 * Constructs are written for CDKTF, and are the same for CDK Terrain but for the library that they load.
 *
 * @param {string} built
 */
function forEachLibrary(built) {
  const first = join(built, 'cdktf')
  const second = join(built, 'cdktn')
  fs.renameSync(join(built, 'cdk'), first)
  fs.cpSync(first, second, { recursive: true })
  for (const file of ['library.js', 'library.d.ts', 'present.js', 'present.d.ts']) {
    const path = join(second, file)
    fs.writeFileSync(path, fs.readFileSync(path, 'utf8').replace(/\bcdktf\b/g, 'cdktn'))
  }
}

/**
 * Beneath a folder whose package.json says `"type": "module"`, Node takes no file without a name of its
 * own kind. A shell starts the plugin, so that Node is told what it is; to Node, both lines say nothing.
 */
function start() {
  return [
    '#!/bin/sh',
    `':' //; exec node -e 'const f=process.argv[1],M=require("module"),m=new M(f);m.filename=f;m._compile(require("fs").readFileSync(f,"utf8"),f)' "$0" "$@"`,
  ].join('\n')
}

/**
 * A plugin is one file that needs nothing beside it: an engine copies it to where it likes.
 *
 * @param {string} entry
 * @param {string} outfile
 */
function bundle(entry, outfile) {
  const platform = 'node'
  buildSync({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform,
    target: 'node20',
    minify: true,
    banner: { js: start() },
  })
}

/**
 * False where another build came in between.
 *
 * @param {string} built
 * @param {string} former
 */
function replaced(built, former) {
  moved(dist, former, 'ENOENT')
  return moved(built, dist, 'ENOTEMPTY')
}

/**
 * @param {string} from
 * @param {string} to
 * @param {string} expected an error that is none
 */
function moved(from, to, expected) {
  try {
    fs.renameSync(from, to)
    return true
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== expected) throw error
    return false
  }
}

/** Folders count too, since files may have been deleted from them. */
function isOutdated() {
  const builtAt = fs.statSync(join(dist, 'cli/main.js'), { throwIfNoEntry: false })?.mtimeMs ?? 0
  const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'tools/build.mjs']
  const sources = fs.readdirSync(join(root, 'src'), { recursive: true })
  return [...settings, 'src', ...sources.map((file) => join('src', String(file)))].some(
    (file) => fs.statSync(join(root, file)).mtimeMs > builtAt,
  )
}
