import base from '../../jest.config.mjs'

/** The contract suite against moto, an AWS written by others: `npm run test:moto`. */
export default {
  ...base,
  rootDir: '../..',
  roots: ['<rootDir>/test/moto'],
  testMatch: ['**/*.moto.ts'],
  testTimeout: 60_000,
}
