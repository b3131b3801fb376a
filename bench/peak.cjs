// Tells, when a process ends, how much memory it had resident at most.
process.on('exit', () => {
  require('node:fs').writeSync(2, `peak ${process.resourceUsage().maxRSS}\n`)
})
