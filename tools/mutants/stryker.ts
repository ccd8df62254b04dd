import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { MutationReport } from './figures';
import type { Room } from './rooms';

const ROOT = path.resolve(__dirname, '../..');

/** Where the tool is installed and works: `npm ci` of the project neither needs it nor pays for it. */
const CACHE = path.join(ROOT, 'node_modules/.cache/mutants');

/** What of the project the tests of pure decisions read; the copy that is changed has nothing else. */
const COPIED = ['**', '!/lib/**', '!/test/**', '!/package.json'];

/**
 * Changes the decisions of a room one by one in a copy, and runs the tests that reach the change.
 *
 * @see https://stryker-mutator.io/docs/stryker-js/configuration/
 */
export function mutationReport(name: string, { decisions, tests }: Room): MutationReport {
  install();
  const [fileName, settings] = ['report', 'settings'].map((what) => path.join(CACHE, `${name}.${what}.json`));
  // jest takes nothing below node_modules for the project's own
  const tempDirName = fs.mkdtempSync(path.join(os.tmpdir(), 'mutants-'));
  const own = { mutate: decisions, jsonReporter: { fileName }, tempDirName, ...jestSettings(tests) };
  fs.writeFileSync(settings, JSON.stringify({ ...SETTINGS, ...own }));
  try {
    run(process.execPath, [STRYKER, 'run', settings]);
    return JSON.parse(fs.readFileSync(fileName, 'utf8')) as MutationReport;
  } finally {
    fs.rmSync(tempDirName, { recursive: true, force: true });
  }
}

const STRYKER = path.join(CACHE, 'node_modules/@stryker-mutator/core/bin/stryker.js');

const SETTINGS = {
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  reporters: ['json', 'progress-append-only'],
  ignorePatterns: COPIED,
  timeoutMS: 10_000,
  warnings: { slow: false },
};

/** The project's own settings of jest, for these tests alone; a suite of a mutant shares nothing with others. */
function jestSettings(tests: readonly string[]) {
  const { jest } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  const testMatch = tests.map((test) => `<rootDir>/${test}`);
  const alone = { runtime: require.resolve('jest-runtime'), testEnvironment: 'node' };
  const config = { ...jest, ...alone, testMatch, roots: ['<rootDir>/lib', '<rootDir>/test'], reporters: [] };
  return { jest: { projectType: 'custom', config, enableFindRelatedTests: false } };
}

/** Installs the tool as its lock file says, unless that is done. */
function install(): void {
  const [wanted, present] = [__dirname, CACHE].map((folder) => path.join(folder, 'package-lock.json'));
  const installed = path.join(CACHE, 'node_modules/.package-lock.json');
  if (fs.existsSync(installed) && fs.readFileSync(present, 'utf8') === fs.readFileSync(wanted, 'utf8')) return;
  fs.mkdirSync(CACHE, { recursive: true });
  for (const file of ['package.json', 'package-lock.json'])
    fs.copyFileSync(path.join(__dirname, file), path.join(CACHE, file));
  // jest is there already: the project's own
  run('npm', ['ci', '--prefix', CACHE, '--legacy-peer-deps', '--ignore-scripts', '--no-audit', '--no-fund']);
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} exited with ${status}`);
}
