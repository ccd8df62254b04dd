import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Cloud } from '../../lib/cloud/deployment/cloud';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { ENV, GIVEN_FILES } from '../monitor/fixtures';

/** What a test's stack is made of. */
type Make = (stack: Stack) => void;

/**
 * Opens an account for each test of a file, with the files of `givenBaseline` in it, and closes it: no fault that was planned is left over, and no
 * call was denied, unless the file is about that. Returns what synthesizes an app with one stack.
 */
export function accountForEach(take: (cloud: Cloud) => void, { mayBeDenied = false } = {}): (make: Make) => string {
  const folders: string[] = [];
  let cloud: Cloud;
  beforeEach(async () => {
    cloud = await Cloud.open({ workshop: WARM_WORKSHOP, accountId: ENV.account, region: ENV.region });
    for (const [uri, text] of Object.entries(GIVEN_FILES)) cloud.put(uri, text);
    take(cloud);
  });
  afterEach(async () => {
    expect(cloud.faults.pending()).toEqual([]);
    if (!mayBeDenied) expect(cloud.account.recorder.denied).toEqual([]);
    await cloud.close();
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true });
  });
  return (make) => {
    const outdir = mkdtempSync(path.join(tmpdir(), 'lifecycle-'));
    folders.push(outdir);
    const stack = new Stack(new App({ outdir, analyticsReporting: false }), 'Stack', { env: ENV });
    make(stack);
    (stack.node.root as App).synth();
    return outdir;
  };
}
