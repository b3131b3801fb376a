// What takes longer than anybody waits for: `npm run test:soak`.
import config from './ava.config.mjs'

export default {
  ...config,
  files: ['test/**/*.soak.ts', 'test/**/*.long.test.ts'],
  environmentVariables: { SHARE: 'rest' },
}
