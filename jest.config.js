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
if (!browser) {
  if (process.env.CI) throw new Error('The browser journeys need Chromium: .ci/run installs it.');
  process.stderr.write('\nNo Chromium found: the browser journeys in client/e2e are not part of this run (set CHROME_PATH to a Chrome or Chromium).\n\n');
}

export default {
  testTimeout: 60_000,
  maxWorkers: 2,
  projects: [
    { ...common, displayName: 'server', roots: ['<rootDir>/server', '<rootDir>/workers', '<rootDir>/courses', '<rootDir>/docs', '<rootDir>/client/src'] },
    ...(browser ? [{ ...common, displayName: 'browser', roots: ['<rootDir>/client/e2e'] }] : []),
  ],
};
