import { findBrowser } from './client/e2e/browser.js';

const swc = ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2022', transform: { useDefineForClassFields: true } }, module: { type: 'es6' } }];
const common = {
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': swc },
  testEnvironment: 'node',
  globalSetup: './server/testing/global-setup.js',
  globalTeardown: './server/testing/global-teardown.js',
};

const browser = findBrowser();
if (process.env.JOURNEYS && !browser) {
  throw new Error('The browser journeys need Chrome or Chromium (CHROME_PATH).');
}

export default {
  // Timings decide no test: this only ends one that hangs
  testTimeout: 300_000,
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'server', roots: ['<rootDir>/server', '<rootDir>/workers', '<rootDir>/courses', '<rootDir>/docs', '<rootDir>/client/src'] },
    // npm run journeys: not yet seen green from end to end, so not yet part of npm test
    ...(process.env.JOURNEYS && browser ? [{ ...common, displayName: 'browser', roots: ['<rootDir>/client/e2e'], testMatch: ['**/*.journey.ts'] }] : []),
  ],
};
