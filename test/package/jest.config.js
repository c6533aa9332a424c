const shared = require('../../jest.config.js');

/** The package as users get it: packed once, then tried by every test of this folder. It needs lib/. @type {import('jest').Config} */
module.exports = {
  ...shared,
  rootDir: __dirname,
  cacheDirectory: '<rootDir>/../../node_modules/.cache/jest',
  roots: ['<rootDir>'],
  // The app is a file of the consumer projects.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/app/'],
  modulePathIgnorePatterns: [],
  moduleNameMapper: {},
  globalSetup: '<rootDir>/pack.ts',
  globalTeardown: '<rootDir>/remove-pack.ts',
  testTimeout: 120_000,
};
