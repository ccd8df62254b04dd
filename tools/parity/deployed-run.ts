import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Checks, DriftMethod, MonitoringEngine } from '../../lib';
import { type GivenObject, rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult, WindowResult } from '../../lib/rehearsal/result';
import type { TrafficHour } from '../../lib/rehearsal/traffic';
import { type LabelledApp, labelledAssembly } from '../../test/rehearsal/fixtures/labelled-app';

/** What the machine of an app is given. */
export interface DeployedCase {
  /** adds the monitor; files below the folder may be made for it */
  readonly add: (app: LabelledApp, folder: string) => void;
  /** files of the baseline, by their keys in every bucket */
  readonly files?: { readonly [key: string]: unknown };
  /** one hour for each run of the container */
  readonly runs: readonly TrafficHour[];
}

/** What the machine made of it. */
export interface DeployedRun {
  readonly result: RehearsalResult;
  /** of each hour that was given, in order */
  readonly windows: readonly WindowResult[];
  /** a file that lies beside the report of a window; throws where there is none */
  readonly file: <T>(window: WindowResult, name: string) => T;
}

/** Synthesizes an app with the container's rules, deploys it into the stand-in, and lets its machine analyse what each run had. */
export async function withDeployedRun<T>(given: DeployedCase, use: (run: DeployedRun) => T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'parity-'));
  try {
    const engine = MonitoringEngine.serverless({
      checks: Checks.MODEL_MONITOR,
      driftMethod: DriftMethod.MODEL_MONITOR,
    });
    const assembly = labelledAssembly(folder, 'Parity', (app) => given.add(app, folder), { engine });
    const objects = givenObjects(folder, given.files ?? {});
    const workDirectory = join(folder, 'work');
    const result = await rehearse({ assembly, workDirectory, objects, traffic: given.runs, expectDrift: true });
    const failed = result.expectations.find(({ name, met }) => name === 'deployment' && !met);
    if (failed) throw new Error(`the deployment failed: ${failed.detail}`);
    const windows = result.windows.slice(1); // the first ends before any record was captured
    return use({ result, windows, file: (window, name) => fileBeside(workDirectory, window, name) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function givenObjects(folder: string, files: { readonly [key: string]: unknown }): GivenObject[] {
  return Object.entries(files).map(([key, content]) => {
    const file = join(folder, key);
    writeFileSync(file, JSON.stringify(content));
    return { key, file };
  });
}

function fileBeside<T>(workDirectory: string, { outcome }: WindowResult, name: string): T {
  const { status, reportUri, failureReason = '' } = outcome;
  if (status === 'Failed') throw new Error(`a run has failed: ${failureReason}`);
  return JSON.parse(readFileSync(join(workDirectory, reportUri.replace('s3:/', 's3'), name), 'utf8')) as T;
}
