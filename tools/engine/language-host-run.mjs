// @ts-check
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

/** @typedef {import('@pulumi/pulumi/proto/language_pb.js').RunRequest} RunRequest */
/** @typedef {import('@pulumi/pulumi/proto/language_pb.js').ProgramInfo} ProgramInfo */

/** The exit code of a program whose error the user has already been told. */
const ALREADY_REPORTED = 32

/** @type {Set<import('node:child_process').ChildProcess>} */
const programs = new Set()

/** Ends every program at once. */
export function killPrograms() {
  for (const program of programs) program.kill('SIGKILL')
}

/**
 * Interrupts every program, as Ctrl-C would, and kills those that still run after some time.
 *
 * @param {number} graceMs
 */
export async function interruptPrograms(graceMs = 5000) {
  const interrupted = [...programs]
  for (const program of interrupted) program.kill('SIGINT')
  const ended = Promise.all(
    interrupted.map((program) => programs.has(program) && once(program, 'exit')),
  )
  await Promise.race([ended, pause(graceMs, undefined, { ref: false })])
  for (const program of interrupted) program.kill('SIGKILL')
}

/**
 * The runtime options of a project, from `runtime.options` in Pulumi.yaml.
 *
 * @param {ProgramInfo} info
 */
function optionsOf(info) {
  /** @type {Record<string, unknown>} */
  const options = info.getOptions()?.toJavaScript() ?? {}
  const { typescript = true, tsconfig = '', nodeargs = '' } = options
  if (typeof typescript !== 'boolean') throw new Error('typescript option must be a boolean')
  if (typeof tsconfig !== 'string') throw new Error('tsconfig option must be a string')
  if (typeof nodeargs !== 'string') throw new Error('nodeargs option must be a string')
  return { typescript, tsconfig, nodeargs: splitArguments(nodeargs) }
}

/**
 * Splits a line into arguments at blanks outside of quotes.
 *
 * @param {string} line
 */
function splitArguments(line) {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? []
  return words.map((word) => word.replace(/"([^"]*)"|'([^']*)'/g, '$1$2'))
}

/**
 * Configuration as programs read it: the engine writes a key as `seam:endpoint`, the SDK expects
 * `seam:config:endpoint`.
 *
 * @param {RunRequest} request
 */
function configOf(request) {
  /** @type {Record<string, string>} */
  const config = {}
  for (const [key, value] of request.getConfigMap().entries()) {
    config[key.split(':').length === 2 ? key.replace(':', ':config:') : key] = value
  }
  return config
}

/**
 * @param {RunRequest} request
 * @param {ProgramInfo} info
 * @param {string} engine
 */
function argumentsOf(request, info, engine) {
  const named = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    'root-directory': info.getRootDirectory(),
    stack: request.getStack(),
    pwd: info.getProgramDirectory(),
    parallel: String(request.getParallel()),
  }
  const flags = Object.entries(named).flatMap(([name, value]) =>
    value ? [`--${name}`, value] : [],
  )
  if (request.getDryrun()) flags.push('--dry-run')
  return [...flags, info.getEntryPoint(), ...request.getArgsList()]
}

/** @param {string} folder */
function locateSdk(folder) {
  try {
    return createRequire(join(folder, 'package.json')).resolve('@pulumi/pulumi/cmd/run')
  } catch {
    throw new Error(`@pulumi/pulumi is not installed for the program: run npm install in ${folder}`)
  }
}

/**
 * @param {RunRequest} request
 * @param {string} engine
 */
function startProgram(request, engine) {
  const info = request.getInfo()
  if (!info) throw new Error('The engine did not say which program to run')
  if (request.getAttachDebugger()) {
    throw new Error('This language host attaches no debugger: use nodeargs: --inspect-brk instead')
  }
  const { typescript, tsconfig, nodeargs } = optionsOf(info)
  const sdk = locateSdk(info.getProgramDirectory())
  return spawn(process.execPath, [...nodeargs, sdk, ...argumentsOf(request, info, engine)], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...process.env,
      PULUMI_CONFIG: JSON.stringify(configOf(request)),
      PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
      ...(typescript && { PULUMI_NODEJS_TYPESCRIPT: 'true' }),
      ...(tsconfig && { PULUMI_NODEJS_TSCONFIG_PATH: tsconfig }),
    },
  })
}

/**
 * Runs a program to its end.
 *
 * @param {RunRequest} request
 * @param {string} engine the engine's address
 * @returns {Promise<{ bail: boolean, error: string }>} `bail` where the user has been told the error
 */
export async function runProgram(request, engine) {
  try {
    const program = startProgram(request, engine)
    programs.add(program)
    program.once('exit', () => programs.delete(program))
    const [code, signal] = await once(program, 'exit')
    if (signal) return { bail: false, error: `Program was ended by ${signal}` }
    if (code === 0 || code === ALREADY_REPORTED) return { bail: code !== 0, error: '' }
    return { bail: false, error: `Program exited with non-zero exit code: ${code}` }
  } catch (error) {
    return { bail: false, error: error instanceof Error ? error.message : String(error) }
  }
}
