import { findBrowser } from './client/e2e/browser.js';

const swc = ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { useDefineForClassFields: true } }, module: { type: 'es6' } }];
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  // The one name by which the client's own code calls what it may import of the server
  moduleNameMapper: { '^\\$contract/(.*)$': '<rootDir>/server/contract/$1' },
  testEnvironment: 'node',
  globalSetup: './server/testing/global-setup.js',
  globalTeardown: './server/testing/global-teardown.js',
};

const browser = findBrowser();
if (!browser && process.env.CI) throw new Error('The browser journeys need Chrome or Chromium (CHROME_PATH).');
if (!browser) console.warn('There is no Chrome or Chromium here (CHROME_PATH): the browser journeys, client/e2e, are NOT part of this run.');

export default {
  // Timings decide no test: this only ends one that hangs
  testTimeout: 300_000,
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'server', roots: ['<rootDir>/server', '<rootDir>/workers', '<rootDir>/courses', '<rootDir>/docs', '<rootDir>/client/src'] },
    ...(browser ? [{ ...common, displayName: 'browser', roots: ['<rootDir>/client/e2e'] }] : []),
  ],
};
