import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { jest as config } from '../../package.json';

const root = join(__dirname, '..', '..');

test('suites share packages, and nothing that one did is left for the next', () => {
  const options = JSON.stringify({ ...config, rootDir: root, testMatch: ['**/test/jest/suites/*.suite.cjs'] });
  const jestOf = require.resolve('jest/bin/jest', { paths: [root] });
  const ran = spawnSync(process.execPath, [jestOf, '--runInBand', '--config', options], {
    cwd: root,
    encoding: 'utf8',
  });
  expect(ran.stderr).toContain('Tests:       4 passed, 4 total');
  expect(ran.stdout).toContain('suites that saw this package: 2');
});
