import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import type { Guard } from './guard';

const ROOT = path.resolve(__dirname, '../..');

/** What tests of guards read, and what is never changed and need not be copied. */
const COPIED = [
  '.projen',
  'lib',
  'test',
  'tools',
  'examples',
  'docs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const LINKED = ['node_modules', 'assets'];

/** Milliseconds that tests of a guard may take: without some, nothing else ends what a test does. */
const PATIENCE = 120_000;

/** What tests said of a guard that was gone. */
export interface Noticed {
  /** titles of those that failed, in order */
  readonly failed: readonly string[];
  /** what kept a file of tests from running at all; none where absent */
  readonly broken?: string;
}

/** A copy of the project in which guards are taken away, so that a run that is interrupted leaves no such code behind. */
export class GuardedCopy {
  private readonly folder = fs.mkdtempSync(path.join(os.tmpdir(), 'guards-'));

  constructor() {
    for (const name of COPIED) fs.cpSync(path.join(ROOT, name), path.join(this.folder, name), { recursive: true });
    for (const name of LINKED) fs.symlinkSync(path.join(ROOT, name), path.join(this.folder, name));
  }

  /** Runs the tests of a guard without it. */
  public without({ file, code, without, tests, title }: Guard): Noticed {
    const address = path.join(this.folder, file);
    const text = fs.readFileSync(address, 'utf8');
    fs.writeFileSync(
      address,
      text.replace(code, () => without),
    );
    try {
      return this.run(tests, title);
    } finally {
      fs.writeFileSync(address, text);
    }
  }

  public remove(): void {
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private run(tests: readonly string[], title?: string): Noticed {
    const results = path.join(this.folder, 'results.json');
    const titled = title === undefined ? [] : ['--testNamePattern', title];
    const args = [
      '--json',
      `--outputFile=${results}`,
      '--silent',
      '--runInBand',
      ...titled,
      '--runTestsByPath',
      ...tests,
    ];
    const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
    const { status } = spawnSync(process.execPath, [jest, ...args], {
      cwd: this.folder,
      stdio: 'ignore',
      timeout: PATIENCE,
    });
    if (status === null) return { failed: [`does not end in ${PATIENCE / 1000} s: ${tests[0]}`] };
    const { testResults } = JSON.parse(fs.readFileSync(results, 'utf8')) as { readonly testResults: readonly Suite[] };
    fs.rmSync(results);
    const broken = testResults.find(({ assertionResults, message }) => assertionResults.length === 0 && message !== '');
    const failed = testResults.flatMap(({ assertionResults }) => assertionResults.filter(isFailed).map(titleOf));
    return { failed, broken: broken?.message };
  }
}

/** As jest writes it, as far as it is read. */
interface Suite {
  readonly message: string;
  readonly assertionResults: readonly Assertion[];
}

interface Assertion {
  readonly status: string;
  readonly fullName: string;
}

const isFailed = ({ status }: Assertion) => status === 'failed';
const titleOf = ({ fullName }: Assertion) => fullName;
