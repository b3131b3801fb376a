import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import { hintCodes } from '../../src/schema'
import { spelled } from '../../src/pulumi/values/spelling'

const source = join(__dirname, '../../src')

/** The core's own files, which no engine's word may stand in. */
const core = ['schema', 'resources', 'lookups', 'provider'].flatMap((folder) =>
  readdirSync(join(source, folder), { recursive: true })
    .map((name) => join(source, folder, String(name)))
    .filter((name) => name.endsWith('.ts')),
)

test('Hints: each code that the core says has words of the engine', (t) => {
  for (const code of hintCodes) {
    const said = spelled(`Now «${code}».`)
    t.notRegex(said, /[«»]/)
    t.true(
      core.some((file) => readFileSync(file, 'utf8').includes(`hint('${code}')`)),
      code,
    )
  }
})

test('Hints: the core names no command and no option of an engine', (t) => {
  for (const file of core) {
    const text = readFileSync(file, 'utf8').replace(/\/\*[^]*?\*\/|\/\/.*/g, '')
    t.notRegex(
      text,
      /pulumi (state|up|config|import)|--refresh|--replace|deleteBeforeReplace/,
      file,
    )
  }
})
