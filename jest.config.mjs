// What people read has the time of the clock on their wall: here it is the same everywhere.
process.env.TZ = 'UTC';

const typescript = {
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  extensionsToTreatAsEsm: ['.ts'],
  testEnvironment: 'node',
  // `flyball/api` is then src/api/index.ts, not what the last build made of it.
  testEnvironmentOptions: { customExportConditions: ['flyball-source', 'node', 'node-addons'] },
};

export default {
  // A test that waits for nothing in particular may still wait for a busy machine; one that hangs is ended.
  testTimeout: 60_000,
  projects: [
    {
      ...typescript,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/src/**/*.test.ts',
        '<rootDir>/hack/**/*.test.ts',
        '<rootDir>/test/{unit,golden,faults}/**/*.test.ts',
      ],
    },
    { ...typescript, displayName: 'integration', testMatch: ['<rootDir>/test/integration/**/*.test.ts'] },
  ],
};
