/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  // The packed tarball has a run of its own: see test/package/jest.config.js.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/package/'],
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/dist/'],
  moduleNameMapper: {
    '^cdk8s-istio$': '<rootDir>/src/index.ts',
    '^cdk8s-istio/([a-z]+)$': '<rootDir>/src/$1/index.ts',
  },
  // Types are checked by `npm test` in a step of its own, so the tests themselves only need their types removed.
  transform: {
    '\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' }, module: { type: 'commonjs' } }],
  },
};
