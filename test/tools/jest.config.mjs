import base from '../../jest.config.mjs'

/** Tools of others on the AWS simulator, where they are found: `npm run test:tools`. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/tools'],
  testMatch: ['**/*.tools.ts'],
  // Terraform waits in real time, whatever the simulator's pace: half a minute, twice, for a load balancer.
  // Long enough for a machine that does much else beside.
  testTimeout: 900_000,
}
