import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import test from 'ava'
import type { Snapshot } from '../../src/sandbox'
import { localFolder, repository } from '../../tools/engine/folders.js'
import { capture } from '../../tools/engine/process.js'
import { cdktfProject } from '../fixtures/cdktf-project'
import { cleanEnvironment } from '../fixtures/pulumi'
import { shareOf } from '../fixtures/share'

const some = shareOf(test.serial, 4)

const textOf = (file: string) => readFileSync(join(repository, file), 'utf8')
const later = (text: string) => text.replace('2027-06-30', '2027-09-30')

some('CDK Terrain: the office is synthesized, and deployed by the engine', async (t) => {
  const project = await cdktfProject(t, 'cdktn-office')
  const { store } = project.sandbox
  const before = store.accessGrants.all().length
  const inStack = (script: string) => `cd cdktf.out/stacks/office && ${script}`
  await project.must('npx tsx main.ts')
  await project.must(inStack('terraform init'))
  t.regex(await project.must(inStack('terraform apply -auto-approve')), /26 added/)
  t.is(store.accessGrants.all().length, before + 11)
  t.regex(await project.must(inStack('terraform plan')), /No changes/)

  await project.write('main.ts', later(textOf('examples/cdktn-office/main.ts')))
  await project.must('npx tsx main.ts')
  // Without another init.
  t.regex(await project.must(inStack('terraform apply -auto-approve')), /0 added, 2 changed/)
  await project.must(inStack('terraform destroy -auto-approve'))
  t.is(store.accessGrants.all().length, before)
})

some(
  'CDKTF: the office is deployed, compared, changed and destroyed by the real CLI',
  async (t) => {
    const project = await cdktfProject(t, 'cdktf-office')
    const { store } = project.sandbox
    const before = store.accessGrants.all().length
    const deploy = 'npx cdktf deploy --auto-approve'
    t.regex(await project.must(deploy), /Resources: 26 added, 0 changed, 0 destroyed/)
    t.is(store.accessGrants.all().length, before + 11)
    t.regex(await project.must('npx cdktf diff'), /No changes/)

    await project.write('main.ts', later(textOf('examples/cdktf-office/main.ts')))
    const diff = await project.must('npx cdktf diff')
    t.regex(diff, /0 to add, 2 to change, 0 to destroy/)
    t.regex(diff, /contractors\/jo\/Default/)
    t.regex(await project.must(deploy), /Resources: 0 added, 2 changed, 0 destroyed/)
    const ends = store.accessGrants.all().map((one) => one.ends_at)
    t.is(ends.filter((end) => end === '2027-09-30T16:00:00.000Z').length, 2)

    await project.must('npx cdktf destroy --auto-approve')
    t.is(store.accessGrants.all().length, before)
    t.false(store.userIdentities.all().some((one) => one.full_name === 'Jo Park'))
  },
)

some('CDKTF: the guide to CDK Terrain, as it is written, ends with an empty plan', async (t) => {
  const project = await cdktfProject(t, 'cdktf-office')
  await project.must('npx cdktf deploy --auto-approve')
  const guide = textOf('docs/cdktf-to-cdktn.md')
  const blocks = [...guide.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, text]) => text!)
  const [packages, imports, plan, ...more] = blocks
  t.deepEqual(more, [])
  // They are installed here already.
  t.true(packages!.split('\n').every((line) => /^ *(npm (un)?install .*)?$/.test(line)))
  await project.must(imports!)
  t.regex(readFileSync(join(project.folder, 'main.ts'), 'utf8'), /from 'cdktn'/)
  t.regex(await project.must(plan!), /No changes/)
})

some(
  'CDKTF: npm run up:cdktf deploys the office to a local Seam, and destroy:cdktf ends it',
  async (t) => {
    t.timeout(300_000)
    mkdirSync(localFolder, { recursive: true })
    const folder = mkdtempSync(join(localFolder, 'office-'))
    t.teardown(() => rmSync(folder, { recursive: true, force: true }))
    const env = { ...cleanEnvironment(), OFFICE_FOLDER: folder, CI: 'true' }
    const npm = async (script: string) => {
      const done = await capture('npm', ['run', script], {
        cwd: repository,
        env,
        deadline: 240_000,
      })
      t.is(done.code, 0, done.stdout + done.stderr)
      return done.stdout
    }
    const grants = () => {
      const held = JSON.parse(readFileSync(join(folder, 'cdktf-sandbox.json'), 'utf8')) as Snapshot
      return held.access_grants.length
    }
    const first = await npm('up:cdktf')
    t.regex(first, /26 added/)
    t.regex(first, /Jo Park .*Lobby, Lab .*code .*– 2027-06-30/)
    t.is(grants(), 12)
    t.regex(await npm('up:cdktf'), /0 added, 0 changed, 0 destroyed/)
    await npm('destroy:cdktf')
    t.is(grants(), 1)
  },
)

some('CDKTF: the programs of the guide on constructs deploy as they are written', async (t) => {
  const project = await cdktfProject(t)
  const before = project.sandbox.store.accessGrants.all().length
  const guide = textOf('docs/constructs.md')
  const programs = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, text]) => text!)
  const [program, iterated, imports, ...more] = programs
  t.deepEqual(more, [])
  await project.write('iterated.ts', iterated!)
  await project.must('npx tsx iterated.ts')
  await project.must(
    'cd cdktf.out/stacks/listed && terraform init && terraform apply -auto-approve',
  )
  t.is(project.sandbox.store.accessGrants.all().length, before + 2)
  await project.write('imports.ts', imports!)
  await project.must('npx tsx imports.ts')
  await project.write('main.ts', program!)
  const inStack = (script: string) => `cd cdktf.out/stacks/building && ${script}`
  await project.must('npx tsx main.ts')
  await project.must(inStack('terraform init && terraform apply -auto-approve'))
  t.regex(await project.must(inStack('terraform plan')), /No changes/)
  const { accessGrants } = project.sandbox.store
  t.is(accessGrants.all().filter((one) => one.ends_at === '2030-06-30T16:00:00.000Z').length, 2)
  await project.must(inStack('terraform destroy -auto-approve'))
})

test('README: its section on CDKTF runs as it is written', async (t) => {
  const project = await cdktfProject(t)
  const section = /\n## With CDKTF or CDK Terrain\n([^]*?)\n## /.exec(textOf('README.md'))![1]!
  const blocks = [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].map(([, , text]) => text!)
  const [install, program, deploy, ...more] = blocks
  t.deepEqual(more, [])
  t.regex(install!, /^npm install seam-iac cdktf constructs\n/)
  await project.write('main.ts', program!)
  const done = await project.must(deploy!.replace('cdktf deploy', 'cdktf deploy --auto-approve'))
  t.regex(done, /Resources: 2 added/)
  const { accessGrants, userIdentities } = project.sandbox.store
  const ana = userIdentities.all().find((one) => one.full_name === 'Ana Ruiz')
  const [grant] = accessGrants.where('user_identity_id', ana!.user_identity_id)
  t.is(grant?.ends_at, '2027-06-30T16:00:00.000Z')
  await project.must('npx cdktf destroy --auto-approve')
})

test('CDKTF: both offices are the same program', (t) => {
  for (const file of ['main.ts', 'cdktf.json', 'tsconfig.json']) {
    const [first, second] = ['cdktf', 'cdktn'].map((name) =>
      textOf(`examples/${name}-office/${file}`),
    )
    t.is(second, first!.replaceAll(/(from '(?:seam-iac\/)?)cdktf/g, '$1cdktn'), file)
  }
})
