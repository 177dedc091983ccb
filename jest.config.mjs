// The SDK's word on Node 20 once is enough; in tests it would come once a file.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'

/** Packages that a worker process loads once, for all of its test files. */
const loadedOnce = [
  '@aws-sdk',
  '@smithy',
  '@slack',
  'axios',
  'bullmq',
  'ioredis',
  'jose',
  'luxon',
  'playwright-core',
  'undici',
  'yaml',
  'zod',
]

/** @type {import('jest').Config} */
export default {
  // What is shared by the files of a worker must not be cleaned up after one of them.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testEnvironment: '<rootDir>/test/support/shared-packages-environment.mjs',
  roots: ['<rootDir>/test'],
  transform: {
    [`/node_modules/(${loadedOnce.join('|')})/.*\\.[cm]?js$`]: '<rootDir>/test/support/node-modules-once.mjs',
    '^.+\\.(ts|tsx)$': [
      '@swc/jest',
      {
        jsc: { target: 'es2022', parser: { syntax: 'typescript', tsx: true } },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${loadedOnce.join('|')})/)`],
  testMatch: ['**/*.test.ts'],
  // Long enough for a machine that does much else beside; no test waits for so long when all is well.
  testTimeout: 60_000,
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  setupFiles: ['<rootDir>/test/support/fixed-seed.ts'],
  globalSetup: '<rootDir>/test/support/fault-seed.ts',
  // On two cores: what drives a sandbox or a browser waits for most of its time, and leaves a core to a third one.
  maxWorkers: 3,
  // Jest keeps something of every file that a worker has run; a worker that has grown is replaced between two files.
  workerIdleMemoryLimit: '1GB',
  // Test files run inside a vm, which makes every look at a global slow: a third of the time of what calls the SDK.
  sandboxInjectedGlobals: [
    'Array',
    'JSON',
    'Map',
    'Math',
    'Number',
    'Object',
    'Promise',
    'Set',
    'String',
    'Symbol',
  ],
}
