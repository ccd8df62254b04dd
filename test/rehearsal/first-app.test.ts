import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { hours, newFolder, removeFolders, rows } from './fixtures/app';
import { synthesizeFirstApp } from './fixtures/readme-app';

// The README's first app as it stands there: its dataset lies in its own bucket only, and is given to the rehearsal.

const assemblies: string[] = [];

afterAll(() => {
  removeFolders();
  for (const assembly of assemblies) rmSync(assembly, { recursive: true });
});

function firstApp(change?: (source: string) => string): string {
  const assembly = synthesizeFirstApp(change);
  assemblies.push(assembly);
  return assembly;
}

/** The dataset that stands for `training/churn.csv`. */
function dataset(): string {
  const file = join(newFolder(), 'churn.csv');
  const lines = rows(1000).map(({ output, input }) => [...output, ...input].join(','));
  writeFileSync(file, `${['score,size,colour', ...lines].join('\n')}\n`);
  return file;
}

function rehearsed(assembly: string, { drift = true, isGiven = true } = {}) {
  const objects = isGiven ? [{ key: 'training/churn.csv', file: dataset() }] : [];
  const traffic = hours(false, drift);
  return rehearse({
    assembly,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic,
    objects,
  });
}

test.each([true, false])("the README's first app is rehearsed as it is, with drift: %s", async (drift) => {
  const { expectations, unseen, succeeded } = await rehearsed(firstApp(), { drift });
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect([succeeded, unseen]).toEqual([true, []]);
});

test('without its dataset the deployment fails, and says how to give it', async () => {
  const { expectations } = await rehearsed(firstApp(), { isGiven: false });
  expect(expectations.at(-1)).toMatchObject({
    name: 'deployment',
    met: false,
    detail: expect.stringContaining('--object training/churn.csv=<file>'),
  });
});

test('an app without retraining, without topic, is rehearsed as far as it goes, and what it lacks is said', async () => {
  const lean = (source: string) =>
    source.replace(/^new RetrainingTrigger[\s\S]*?^\}\);$/m, '').replace(/^ *notificationTopic:.*$/m, '');
  const { expectations, unseen, succeeded } = await rehearsed(firstApp(lean));
  expect(expectations.filter(({ met }) => !met)).toEqual([]);
  expect(succeeded).toBe(true);
  const analysed = ['baseline', 'schedule', 'Map state', 'outcome told', 'page'];
  const names = [...analysed, 'drift found', 'drift alarm', 'health alarm', 'watcher'];
  expect(expectations.map(({ name }) => name)).toEqual(names);
  expect(unseen.map(({ name, why }) => `${why} ${name}`)).toEqual([
    'lacks alarm action',
    'lacks digest',
    'lacks retraining',
  ]);
});
