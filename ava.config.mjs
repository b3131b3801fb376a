// A developer's own key, stack or engine settings must never reach a test.
for (const name of Object.keys(process.env)) {
  if (/^(SEAM|PULUMI|TF)_/.test(name)) delete process.env[name]
}

export default {
  files: ['test/**/*.test.ts'],
  extensions: ['ts'],
  nodeArguments: ['--require=tsx/cjs'],
  workerThreads: false,
  concurrency: 3,
  // Idle time of the whole run: a generous end for what hangs, not a bound on speed.
  timeout: '20m',
}
