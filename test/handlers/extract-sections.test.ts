import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { truth } from '../analysis/model-quality/rows';
import { alone, baselineFiles, captured, exchanges, runOf, SECTIONS } from './labelled-monitors';
import { MonitorRuns } from './monitor-runs';

// One pass over captured records leaves what all monitors of these data need.

const runs = new MonitorRuns();
const { s3 } = runs;
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

let baselines: Awaited<ReturnType<typeof baselineFiles>>;
beforeAll(async () => {
  baselines = await baselineFiles();
});

beforeEach(() => {
  runs.reset();
  for (const [key, value] of Object.entries(baselines)) s3.set('out', `baseline/${key}`, value);
});

/** Requests of an hour in two objects, and their labels in the hour after. */
function traffic(hour: number): void {
  const all = exchanges(600, hour, hour * 1000);
  const name = (each: number) => String(each).padStart(2, '0');
  for (const [index, part] of [all.slice(0, 300), all.slice(300)].entries()) {
    const key = `data/churn/v/2026/03/04/${name(hour)}/0${index * 5}-00-000-a.jsonl`;
    s3.set('capture', key, part.map(captured).join(''));
    s3.modified.set(`capture/${key}`, new Date(`2026-03-04T${name(hour)}:10:00Z`));
  }
  const labels = all.map(({ id, label }) => `${truth(id, label)}\n`);
  s3.set('labels', `truth/2026/03/04/${name(hour + 1)}/labels.jsonl`, labels.join(''));
}

const extracts = () => [...s3.objects.keys()].filter((address) => address.startsWith('extracts/'));
const layouts = () => new Set(extracts().map((address) => address.split('/').at(-6)));

/** What a run says, but for who it was. */
function said(request: MonitorRequest) {
  const { outcome, unreadable, labels, notEvaluated } = runs.reportOf(request);
  const { recordCount, status, violations, health, healthReasons } = outcome;
  const file = request.monitor.kind === 'ModelBias' ? 'analysis.json' : 'statistics.json';
  return {
    recordCount,
    status,
    violations,
    health,
    healthReasons,
    notEvaluated,
    unreadable,
    labels,
    file: runs.fileOf(request, file),
  };
}

test('the first run leaves what the others read, which read no captured object', async () => {
  traffic(9);
  expect((await runs.run(runOf('DataQuality', '10'))).captured).toHaveLength(2);
  expect(layouts().size).toBe(3);
  const quality = await runs.run(runOf('ModelQuality', '11'));
  expect(quality).toMatchObject({ captured: [], labels: ['truth/2026/03/04/10/labels.jsonl'] });
  const bias = await runs.run(runOf('ModelBias', '11'));
  expect(bias).toMatchObject({ captured: [], labels: [] });
  expect(extracts()).toHaveLength(5);
  expect(extracts().filter((address) => address.startsWith('extracts/extracts/Stack/_records/churn/'))).toHaveLength(4);
  for (const kind of ['ModelQuality', 'ModelBias'] as const)
    expect(runs.reportOf(runOf(kind, '11')).outcome.recordCount).toBe(600);
});

test('what meets labels comes, to the last digit, to what one pass over its window alone comes to', async () => {
  traffic(9);
  traffic(10);
  for (const kind of ['ModelBias', 'ModelQuality'] as const) {
    const shared = runOf(kind, '12', 2);
    await runs.run(shared);
    await runs.run(alone(shared));
    expect(said(shared)).toEqual(said(alone(shared)));
    expect(said(shared).recordCount).toBe(1200);
  }
});

test('a repetition and a window of more hours read neither records nor labels again', async () => {
  traffic(9);
  traffic(10);
  for (const due of ['11', '12']) await runs.run(runOf('ModelQuality', due));
  const wide = { ...runOf('ModelQuality', '12', 2), output: { bucket: 'out', prefix: 'reports/Wide' } };
  for (const request of [runOf('ModelQuality', '12'), wide]) {
    expect(await runs.run(request)).toMatchObject({ captured: [], labels: [] });
  }
  expect(runs.reportOf(wide).labels?.matched).toBe(1200);
});

test('labels that come late are read, and nothing else is', async () => {
  traffic(9);
  await runs.run(runOf('ModelQuality', '11'));
  s3.set('labels', 'truth/2026/03/04/11/late.jsonl', `${truth('order-9000', '1')}\n`);
  const wide = runOf('ModelQuality', '12', 3);
  expect(await runs.run(wide)).toMatchObject({ captured: [], labels: ['truth/2026/03/04/11/late.jsonl'] });
  expect(runs.reportOf(wide).labels).toMatchObject({ duplicateLabels: 1, conflictingLabels: 1, matched: 600 });
});

test('labels at another place are read by whoever asks for them', async () => {
  traffic(9);
  const elsewhere = { ...SECTIONS[2], labels: { bucket: 'labels', prefix: 'other' } };
  const request = runOf('ModelQuality', '11');
  const { extracts: place } = request;
  await runs.run({ ...request, extracts: place && { ...place, others: [SECTIONS[0], elsewhere] } });
  expect(layouts().size).toBe(3);
  expect(extracts()).toHaveLength(4);
});

test('what two monitors read alike lies there once', async () => {
  traffic(9);
  const request = runOf('DataQuality', '10');
  s3.set('out', 'baseline/same.json', s3.json('out', 'baseline/statistics.json'));
  const same = { kind: 'DataQuality', statistics: { bucket: 'out', key: 'baseline/same.json' } } as const;
  const place = request.extracts;
  await runs.run({ ...request, extracts: place && { ...place, others: [same, SECTIONS[1], SECTIONS[1]] } });
  expect(extracts()).toHaveLength(2);
  expect(s3.written.filter((key) => key.startsWith('extracts/'))).toHaveLength(2);
});

test('what a monitor reads otherwise is left to others as they read it', async () => {
  traffic(9);
  const request = runOf('DataQuality', '10');
  const place = request.extracts;
  const filter = { inferenceIds: ['order-9001'] };
  await runs.run({ ...request, filter, extracts: place && { ...place, others: [SECTIONS[0]] } });
  expect(extracts()).toHaveLength(2);
  expect((await runs.run(request)).captured).toEqual([]);
});

test('a monitor whose baseline cannot be read is left nothing, and those beside it all', async () => {
  traffic(9);
  s3.denied.set('out/baseline/statistics.json', 'AccessDenied');
  await runs.run(runOf('ModelBias', '11'));
  expect(layouts().size).toBe(2);
});

test('what was written over since it was listed is left to nobody', async () => {
  traffic(9);
  const request = runOf('DataQuality', '10');
  const { items, ...event } = await runs.planned(request);
  s3.set('capture', 'data/churn/v/2026/03/04/09/00-00-000-a.jsonl', captured(exchanges(1, 9)[0]));
  for (const item of items) await profile({ ...event, item });
  expect(extracts()).toEqual([]);
});

test('a run that ends before its own part has left those of others, which a repetition does not make again', async () => {
  traffic(9);
  await runs.run(runOf('DataQuality', '10'));
  const [own] = extracts().filter((address) => !s3.objects.get(address)?.includes('"ends"'));
  const others = extracts().filter((address) => address !== own);
  s3.objects.delete(own);
  const { items, ...event } = await runs.planned(runOf('DataQuality', '10'));
  s3.denied.set(own, 'InternalError');
  for (const item of items) await expect(profile({ ...event, item })).rejects.toThrow('ObjectNotServed');
  s3.denied.clear();
  s3.written.length = 0;
  for (const item of items) await profile({ ...event, item });
  expect(s3.written.filter((key) => others.includes(`extracts/${key}`))).toEqual([]);
  expect(extracts()).toHaveLength(3);
});

test('what decides what is kept of records has extracts of its own, and what is asked of it has not', async () => {
  traffic(9);
  await runs.run(runOf('ModelBias', '11'));
  const { groups } = SECTIONS[2];
  if (!groups) throw new Error('bias compares groups');
  const { question } = groups;
  const asked = (other: Partial<MonitorRequest>) => runs.run({ ...runOf('ModelBias', '11'), ...other });
  const [sex] = question.facets;
  expect((await asked({ groups: { ...groups, threshold: 0.6 } })).captured).toHaveLength(2);
  expect((await asked({ groups: { ...groups, question: { ...question, facets: [sex] } } })).captured).toHaveLength(2);
  const positive = { values: [0] };
  expect((await asked({ groups: { ...groups, question: { ...question, positive } } })).captured).toEqual([]);
});

test('extracts have no identifiers', async () => {
  traffic(9);
  await runs.run(runOf('ModelQuality', '11'));
  const text = extracts()
    .map((address) => s3.objects.get(address))
    .join('');
  expect(text).not.toContain('order-9000');
});

describe('a record that says another time than its file was written in', () => {
  const put = (key: string, written: string, ...times: string[]) => {
    const address = `data/churn/v/2026/03/04/${key}`;
    const first = 90_000 + Number(written.replaceAll(':', '')); // of each file its own
    const all = times.map((time, index) => ({ id: `order-${first + index}`, time, label: '1' }));
    s3.set('capture', address, all.map(captured).join(''));
    s3.modified.set(`capture/${address}`, new Date(`2026-03-04T${written}Z`));
    const labels = all.map(({ id, label }) => `${truth(id, label)}\n`).join('');
    for (const hour of ['10', '11']) s3.set('labels', `truth/2026/03/04/${hour}/${written}.jsonl`, labels);
  };

  beforeEach(() => {
    traffic(9);
    traffic(10);
    put('09/55-00-000-ahead.jsonl', '09:59:59', '09:56:00', '10:00:01'); // nobody reads it from 10 on
    put('10/00-01-000-behind.jsonl', '10:20:00', '09:59:59', '10:10:00'); // nobody reads it before
  });

  const RUNS = [
    ['DataQuality', ['10', '11']],
    ['ModelQuality', ['11', '12']],
    ['ModelBias', ['11', '12']],
  ] as const;

  test.each(RUNS)('is in one window of %s, with extracts and without', async (kind, due) => {
    for (const made of [(request: MonitorRequest) => request, alone]) {
      const requests = due.map((hour) => made(runOf(kind, hour)));
      for (const request of requests) await runs.run(request);
      const reports = requests.map((request) => runs.reportOf(request));
      expect(reports.map(({ outcome }) => outcome.recordCount)).toEqual([602, 602]);
      expect(reports.map(({ unreadable }) => unreadable?.unreadableCount)).toEqual([0, 0]);
    }
  });

  test.each(RUNS)('is told once by %s where it says hours', async (kind, due) => {
    put('09/30-00-000-wrong.jsonl', '09:40:00', '09:31:00', '12:00:00');
    for (const hour of due) await runs.run(runOf(kind, hour));
    const told = due.map((hour) => runs.reportOf(runOf(kind, hour)).unreadable?.byReason['time-elsewhere'] ?? 0);
    expect(told).toEqual([1, 0]);
  });
});
