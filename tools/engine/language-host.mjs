// @ts-check
/**
 * A small Pulumi language host for Node programs: serves where `pulumi-language-nodejs`, which ships
 * with the official CLI, is missing. It runs programs; it installs nothing and generates no code, and
 * leaves those calls unimplemented.
 *
 * Usage: node language-host.mjs [flags] <engine address>
 */
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { whenEngineEnds } from './engine-watch.mjs'
import { interruptPrograms, killPrograms, runProgram } from './language-host-run.mjs'

const pulumi = createRequire(createRequire(import.meta.url).resolve('@pulumi/pulumi'))
/** @type {typeof import('@grpc/grpc-js')} */
const grpc = pulumi('@grpc/grpc-js')
/** @type {typeof import('google-protobuf/google/protobuf/empty_pb.js')} */
const { Empty } = pulumi('google-protobuf/google/protobuf/empty_pb.js')
/** @type {typeof import('@pulumi/pulumi/proto/language_pb.js')} */
const messages = pulumi('./proto/language_pb.js')
/** @type {typeof import('@pulumi/pulumi/proto/language_grpc_pb.js')} */
const { LanguageRuntimeService } = pulumi('./proto/language_grpc_pb.js')
/** @type {typeof import('@pulumi/pulumi/proto/plugin_pb.js')} */
const { PluginInfo } = pulumi('./proto/plugin_pb.js')

/** How long programs may take to end by themselves when the host ends. */
const GRACE_MS = 2000

let engine = process.argv.slice(2).findLast((argument) => !argument.startsWith('-')) ?? ''

function end() {
  interruptPrograms(GRACE_MS).then(() => process.exit())
}

/**
 * The direct dependencies that a program's package.json names, and what is installed of them.
 *
 * @param {string} folder
 */
function dependenciesOf(folder) {
  const load = createRequire(join(folder, 'package.json'))
  const read = (/** @type {string} */ path) => {
    try {
      return load(path)
    } catch {
      return {} // A program may do without a package.json, a package may hide its own.
    }
  }
  return Object.entries({ ...read('./package.json').dependencies }).map(([name, wanted]) =>
    new messages.DependencyInfo()
      .setName(name)
      .setVersion(read(`${name}/package.json`).version ?? String(wanted)),
  )
}

/** @satisfies {Partial<import('@pulumi/pulumi/proto/language_grpc_pb.js').ILanguageRuntimeServer>} */
const calls = {
  handshake(call, reply) {
    engine = call.request.getEngineAddress() || engine
    if (engine) whenEngineEnds(engine, end)
    reply(null, new messages.LanguageHandshakeResponse())
  },

  getPluginInfo(_call, reply) {
    reply(null, new PluginInfo().setVersion(pulumi('./package.json').version))
  },

  getRequiredPackages(_call, reply) {
    reply(null, new messages.GetRequiredPackagesResponse())
  },

  getRequiredPlugins(_call, reply) {
    reply(null, new messages.GetRequiredPluginsResponse())
  },

  async run(call, reply) {
    call.on('cancelled', () => interruptPrograms())
    const { bail, error } = await runProgram(call.request, engine)
    reply(null, new messages.RunResponse().setBail(bail).setError(error))
  },

  cancel(_call, reply) {
    interruptPrograms()
    reply(null, new Empty())
  },

  about(_call, reply) {
    const about = new messages.AboutResponse()
    reply(null, about.setExecutable(process.execPath).setVersion(process.version))
  },

  getProgramDependencies(call, reply) {
    const folder = call.request.getInfo()?.getProgramDirectory() ?? process.cwd()
    const response = new messages.GetProgramDependenciesResponse()
    reply(null, response.setDependenciesList(dependenciesOf(folder)))
  },

  installDependencies(call) {
    const advice = Buffer.from('Install the dependencies of this program with npm.\n')
    call.write(new messages.InstallDependenciesResponse().setStdout(advice))
    call.end()
  },
}

process.on('exit', killPrograms)
process.on('SIGINT', end)
process.on('SIGTERM', end)
if (engine) whenEngineEnds(engine, end)

const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 })
server.addService(LanguageRuntimeService, calls)
server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
  if (error) throw error
  // The engine reads the port from the first line, and shows every later line to its user.
  process.stdout.write(`${port}\n`)
})
