import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { changed, hours, idsOf, newFolder, removeFolders, synthesize, type Template } from './fixtures/app';

let assembly: string;

beforeAll(() => {
  assembly = synthesize();
});

afterAll(removeFolders);

/** Five hours, of which only the first has traffic. */
function rehearsed(directory: string, drift = false): Promise<RehearsalResult> {
  const traffic = [...hours(drift), { rows: [] }, { rows: [] }, { rows: [] }, { rows: [] }];
  return rehearse({
    assembly: directory,
    workDirectory: newFolder(),
    workshop: WARM_WORKSHOP,
    expectDrift: drift,
    traffic,
  });
}

/** Hour and minute at which alarms fired, with their construct ids. */
function fired({ timeline }: RehearsalResult): string[] {
  return timeline
    .filter(({ lane, title }) => lane === 'alarm' && title.endsWith('→ ALARM'))
    .map(({ time, title }) => `${time.slice(11, 16)} ${title.replace(/:.*/, '')}`);
}

function watcherRuns(template: Template, change: object): void {
  const [id] = idsOf(template, 'AWS::Scheduler::Schedule', 'Reconciler');
  Object.assign(template.Resources[id].Properties, change);
}

test('no alarm fires in the first hours of a stack in which nothing happens', async () => {
  const result = await rehearsed(assembly);
  expect(fired(result)).toEqual([]);
  expect(result.succeeded).toBe(true);
});

test('a watcher that never ran is told three hours after the deployment', async () => {
  const result = await rehearsed(
    changed(assembly, (template) => watcherRuns(template, { State: 'DISABLED' })),
    true,
  );
  expect(fired(result).at(-1)).toMatch(/^03:0\d .*Heartbeat/);
  expect(result.expectations.filter(({ met }) => !met)).toMatchObject([
    { name: 'watcher', detail: expect.stringContaining('Heartbeat') },
  ]);
});

test('a watcher that dies on the first day is told when its last sign of life has left the five periods that are looked at', async () => {
  const result = await rehearsed(
    changed(assembly, (template) => watcherRuns(template, { ScheduleExpression: 'cron(10 0 * * ? *)' })),
  );
  expect(fired(result)).toEqual([expect.stringMatching(/^05:1\d .*Heartbeat/)]);
  expect(result.expectations.filter(({ met }) => !met)).toMatchObject([
    { name: 'no alarm', detail: expect.stringContaining('Heartbeat') },
  ]);
});
