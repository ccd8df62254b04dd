import { ChildProcess } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { YourCsv } from '../../examples/your-csv/app';
import { Account } from '../../lib/cloud/account/account';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { newFolder, removeFolders } from '../rehearsal/fixtures/app';
import { Marks, marksIn } from './marks';
import { COLUMNS, malformed, rowsOf } from './records';

// The bundles of a synthesized app, from captured records to the retraining: what they print, call, hand on and leave behind.

afterAll(removeFolders);

/** Captured data and training data, which are given, and what handlers may write of them. */
const MAY_HOLD =
  /^s3\/[^/]*(captured|assets|extracts)[^/]*\/|\/(statistics|constraints)\.json$|\/work\/[^/]+\/profiles\/\d+\.json$/i;

const marks = new Marks(20_260_105);

function assembly(): string {
  const folder = newFolder();
  const trainingData = join(folder, 'training.csv');
  writeFileSync(trainingData, [COLUMNS, ...rowsOf(marks, 1000)].map((row) => `${row.join(',')}\n`).join(''));
  const app = new App({ outdir: join(folder, 'cdk.out') });
  new YourCsv(app, 'Rehearsed', { trainingData });
  return app.synth().directory;
}

function hour(): TrafficHour {
  const rows = rowsOf(marks, 400).map(([output, ...input]) => ({ output: [output], input }));
  const others = malformed(marks).trim().split('\n');
  return { rows, records: others.filter((line) => line.startsWith('{"captureData"') && line.endsWith('}')) };
}

/** What `child_process.spawn` calls of each process, and no type names. */
interface Spawning {
  spawn(this: ChildProcess, options: object): number;
}

/** Everything that the processes of functions print. */
function printed(): { readonly text: () => string; readonly restore: () => void } {
  const chunks: Buffer[] = [];
  const processes = ChildProcess.prototype as unknown as Spawning;
  const { spawn } = processes;
  const spy = jest.spyOn(processes, 'spawn').mockImplementation(function (this: ChildProcess, options) {
    const code = spawn.call(this, options);
    for (const stream of [this.stdout, this.stderr]) stream?.on('data', (chunk: Buffer) => void chunks.push(chunk));
    return code;
  });
  return { text: () => Buffer.concat(chunks).toString('utf8'), restore: () => spy.mockRestore() };
}

/** What a rehearsal tells people; the two files that are in the result as well are looked at where they lie. */
function told({ baseline, windows, ...result }: RehearsalResult) {
  return { ...result, notes: baseline?.notes, windows: windows.map(({ statistics, ...window }) => window) };
}

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));

test('nothing that is printed, called, handed on, told or left behind holds a value, but for the files that have to', async () => {
  const lines = printed();
  const listened = jest.spyOn(Account.prototype, 'listen');
  const workDirectory = newFolder();
  try {
    const traffic = [hour(), hour()];
    const result = await rehearse({ assembly: assembly(), workDirectory, expectDrift: true, traffic });
    const [account] = listened.mock.contexts as Account[];
    expect(result.messages.length).toBeGreaterThan(0);
    expect(result.retrainings.length).toBeGreaterThan(0);
    expect(lines.text()).toContain('"decision"');
    expect(marksIn(lines.text())).toEqual([]);
    expect(marksIn(JSON.stringify(told(result)))).toEqual([]);
    expect(marksIn(JSON.stringify(account.recorder))).toEqual([]);
  } finally {
    listened.mockRestore();
    lines.restore();
  }
  const files = filesBelow(workDirectory);
  const holding = files.filter((name) => marksIn(readFileSync(join(workDirectory, name), 'utf8')).length > 0);
  expect(holding.filter((name) => !MAY_HOLD.test(name))).toEqual([]);
  expect(holding.length).toBeGreaterThan(4);
}, 120_000);
