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
