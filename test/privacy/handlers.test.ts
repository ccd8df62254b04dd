import { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import type { DatasetFormatConfig } from '../../lib/baseline/contract';
import type { MonitorRequest } from '../../lib/engine/serverless/contract';
import type { RecordTransformationSettings } from '../../lib/monitor/contract';
import { BASELINE_REQUEST } from '../handlers/requests';
import { Listener } from './listener';
import { Marks, marksIn } from './marks';
import { COLUMNS, captured, capturedJson, malformed, rowsOf } from './records';
import { analysed, BASELINE, baselineOf, givenBaseline, pageOf, reconciled, toldOn, WINDOW } from './stations';

// Marked values go every way through the real handlers, and nothing that these say holds one, but for the files that have to.

const SEED = 20_260_304;

/** Statistics and constraints hold numbers and categories, and what a run makes on the way holds values: nothing else does. */
const MAY_HOLD =
  /\/(statistics|constraints)\.json$|\/work\/[^/]+\/(profiles|parts)\/\d+\.json$|\/extracts\/churn\/[0-9a-f]{16}\//;

/** Beside them, where a dataset asks for values of text in clear. */
const MAY_HOLD_TEXT = new RegExp(`${MAY_HOLD.source}|/text-statistics\\.json$`);

const heard = new Listener();
let marks: Marks;
beforeEach(() => {
  heard.reset();
  marks = new Marks(SEED);
});
afterAll(() => heard.restore());

const CAPTURED = 'data/churn/v/2026/03/04/09/a.jsonl';
const dataset = (rows: readonly (readonly string[])[]) =>
  [COLUMNS, ...rows].map((row) => `${row.join(',')}\n`).join('');
const traffic = (lines: string) => heard.s3.set('capture', CAPTURED, lines);

/** The address of a file of the baseline. */
const baselineFile = (name: string) => `${BASELINE.bucket}/${BASELINE.prefix}/${name}`;

test('a window like its baseline, and one that drifts, are told without a value', async () => {
  const rows = rowsOf(marks, 600);
  await baselineOf(heard, dataset(rows));
  traffic(captured(marks, rows));
  await analysed(heard, WINDOW);
  heard.s3.set(
    'capture',
    CAPTURED.replace('/09/', '/10/'),
    captured(marks, rowsOf(marks, 600)).replaceAll('T09', 'T10'),
  );
  await analysed(heard, { ...WINDOW, scheduledTime: '2026-03-04T11:20:00Z' }, 'e2');
  await reconciled(heard);
  await toldOn(heard);
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  const folder = 's3://out/reports/dq';
  const extracts = 's3://extracts/extracts/churn/<hash>/2026/03/04';
  expect(heard.holders().map((name) => name.replace(/\b([0-9a-f]{16}(?=\/2026)|[0-9a-f]{32})\b/g, '<hash>'))).toEqual([
    `${extracts}/09/<hash>.json`,
    `${extracts}/10/<hash>.json`,
    `${folder}/2026/03/04/10/constraints.json`,
    `${folder}/2026/03/04/10/statistics.json`,
    `${folder}/2026/03/04/11/constraints.json`,
    `${folder}/2026/03/04/11/statistics.json`,
    `s3://${baselineFile('constraints.json')}`,
    `s3://${baselineFile('statistics.json')}`,
    `s3://${BASELINE.bucket}/${BASELINE.prefix}/work/b1/profiles/0.json`,
  ]);
  for (const hour of ['10', '11']) expect(marksIn(pageOf(heard, `out/reports/dq/2026/03/04/${hour}`))).toEqual([]);
  const { events, lines, messages, metrics, trainings } = heard.heard();
  expect(events).toBe(2);
  for (const count of [lines, messages, metrics, trainings]) expect(count).toBeGreaterThan(0);
  expect(JSON.stringify(heard.details())).toContain('known_values_check');
});

test('values of text that a dataset asks for in clear are in its own file, and in what is told of them', async () => {
  await baselineOf(heard, dataset(rowsOf(marks, 600)), { keepsTextValues: true });
  expect(heard.sightings(MAY_HOLD_TEXT)).toEqual([]);
  expect(heard.holders()).toContain(`s3://${baselineFile('text-statistics.json')}`);
  traffic(captured(marks, rowsOf(marks, 600)));
  await analysed(heard, WINDOW);
  const [{ violations }] = heard.details();
  const named = violations.filter(({ description }) => marksIn(description).length > 0);
  expect(named.map(({ feature, check }) => [feature, check])).toEqual([['mail', 'known_values_check']]);
});

const TRANSFORMATIONS: { readonly [name: string]: RecordTransformationSettings[] } = {
  cast: [{ cast: 'plan', to: 'Integral' }],
  parseJson: [{ parseJson: 'mail' }],
  parseCsv: [{ parseCsv: 'mail', names: ['one', 'two'] }],
  spread: [{ spread: 'vector', length: 3 }],
  rename: [{ rename: { income: 'mail' } }],
  unwrap: [{ unwrap: 'plan' }],
} as never;

describe('records that cannot be read', () => {
  beforeEach(() => baselineOf(heard, dataset(rowsOf(marks, 60))));

  test.each([0, 30])('are counted with their reasons, without a value, beside %d that can', async (count) => {
    traffic(captured(marks, rowsOf(marks, count)) + malformed(marks));
    await analysed(heard, WINDOW);
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    expect(heard.details()).toHaveLength(1);
    expect(JSON.stringify([...heard.s3.objects])).toContain('malformed-record');
  });

  test.each(Object.entries(TRANSFORMATIONS))('after %s', async (_, transformations) => {
    const rows = rowsOf(marks, 9).map(([churned, income, plan, mail]) => ({
      churned,
      income,
      plan,
      mail,
      vector: [mail, income],
    }));
    traffic(capturedJson(marks, rows) + malformed(marks));
    await analysed(heard, { ...WINDOW, transformations });
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    expect(heard.details()).toHaveLength(1);
  });

  test('names that clients give to columns are told, and not the values below them', async () => {
    const rows = rowsOf(marks, 30).map(([churned, income, plan, mail]) => ({
      churned,
      income,
      plan,
      mail,
      stranger: mail,
    }));
    traffic(capturedJson(marks, rows));
    await analysed(heard, WINDOW);
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    expect(JSON.stringify(heard.details())).toContain('stranger');
  });
});

const lines = (...rows: string[]) => rows.map((row) => `${row}\n`).join('');

/** Datasets that no baseline is made of, and how they are said to be written. */
const DATASETS: { readonly [name: string]: (marks: Marks) => readonly [string, DatasetFormatConfig?] } = {
  'without its quote': (m) => [lines('mail,income', `"${m.mail()},${m.number()}`)],
  'of several widths': (m) => [lines('mail,income', m.mail(), `${m.mail()},${m.number()},${m.name()}`)],
  'of few rows': (m) => [lines('mail,income', `${m.mail()},${m.number()}`)],
  'of semicolons': (m) => [lines('mail;income', ...rowsOf(m, 9).map(([, income, , mail]) => `${mail};${income}`))],
  'of another encoding': (m) => [lines('mail', ...rowsOf(m, 9).map(([, , , mail]) => `${mail}\ufffd`))],
  'of JSON that is none': (m) => [m.mail(), { json: { lines: false } }],
  'of JSON that is cut off': (m) => [`[{"mail":"${m.mail()}"`, { json: { lines: false } }],
  'of JSON lines that are none': (m) => [lines(m.mail(), `{"mail":"${m.mail()}`), { json: { lines: true } }],
  'of JSON with lists': (m) => [lines(JSON.stringify({ mail: [m.mail()] })), { json: { lines: true } }],
  'that is no Parquet': (m) => [m.mail().repeat(9), { parquet: {} }],
};

test.each(Object.entries(DATASETS))('a dataset %s is refused without a value', async (_, made) => {
  const [text, format = BASELINE_REQUEST.format] = made(marks);
  await baselineOf(heard, text, { format });
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.holders().filter((address) => !address.includes('/work/'))).toEqual([]);
  expect(heard.heard()).toMatchObject({ toCloudFormation: 1 });
});

test('of columns that are not what was declared, the names are told', async () => {
  const columnTypes = { plan: 'Numeric', mail: 'Categorical' } as const;
  await baselineOf(heard, dataset(rowsOf(marks, 2000)), { columnTypes });
  expect(heard.sightings(MAY_HOLD)).toEqual([]);
  expect(heard.heard()).toMatchObject({ toCloudFormation: 1 });
});

/** What may lie in the place of a JSON file: data of people, as somebody mixed up two keys, or as a file that was cut off. */
const NO_FILES: { readonly [name: string]: (marks: Marks) => string } = {
  'that is text': (m) => m.mail(),
  'that is CSV': (m) => dataset(rowsOf(m, 9)),
  'that is cut off': (m) => `{"features":[{"name":"mail","string_statistics":{"distribution":"${m.mail()}`,
  'that ends after a comma': (m) => `{"mail":"${m.mail()}",}`,
  'with a line break in a text': (m) => `{"mail":"${m.mail()}\n"}`,
  'that is a list': (m) => JSON.stringify([m.mail(), Number(m.number())]),
  'that is a record': (m) =>
    JSON.stringify({ version: m.mail(), features: m.name(), violations: m.mail(), turns: m.name() }),
  'whose features are values': (m) =>
    JSON.stringify({ version: 0, features: [m.mail(), Number(m.number()), { name: Number(m.number()) }] }),
};

describe.each(Object.entries(NO_FILES))('a file %s', (_, made) => {
  test.each(['statistics.json', 'constraints.json', 'text-statistics.json'])(
    'in the place of %s fails runs and deployments without a value',
    async (name) => {
      await baselineOf(heard, dataset(rowsOf(marks, 60)));
      heard.s3.objects.set(baselineFile(name), made(marks));
      traffic(captured(marks, rowsOf(marks, 60)));
      await analysed(heard, WINDOW);
      await givenBaseline(heard);
      await toldOn(heard);
      expect(heard.sightings(MAY_HOLD)).toEqual([]);
      expect(heard.details()).toHaveLength(1);
    },
  );

  test.each(['2026/03/04/10/report.json', '2026/03/04/09/report.json', 'turns.json', 'reconciled.json'])(
    'in the place of %s is told of without a value',
    async (name) => {
      await baselineOf(heard, dataset(rowsOf(marks, 60)));
      heard.s3.objects.set(`out/reports/dq/${name}`, made(marks));
      traffic(captured(marks, rowsOf(marks, 60)));
      await analysed(heard, WINDOW);
      await reconciled(heard);
      await toldOn(heard);
      expect(heard.sightings(MAY_HOLD)).toEqual([]);
    },
  );

  test('in the place of what a container writes is told of without a value', async () => {
    const folder = 'out/reports/dq/churn/schedule';
    const memory = { since: '2026-03-01T00:00:00Z', until: '2026-03-04T10:37:00.000Z', engine: 'model-monitor' };
    heard.s3.set('out', 'reports/dq/churn/schedule/reconciled.json', {
      ...memory,
      scheduleIdentity: 'Schedule-1',
      everyHours: 1,
      startHour: 0,
    });
    heard.s3.objects.set(`${folder}/2026/03/04/10/constraint_violations.json`, made(marks));
    heard.s3.objects.set(`${folder}/2026/03/04/10/statistics.json`, made(marks));
    const ProcessingJobArn = 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/job-1';
    const ScheduledTime = new Date('2026-03-04T10:00:00Z');
    heard.executions([{ ScheduledTime, MonitoringExecutionStatus: 'CompletedWithViolations', ProcessingJobArn }]);
    await reconciled(heard);
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    const { events, errors } = heard.heard();
    expect(events + errors).toBeGreaterThan(0);
  });
});

describe('an object that cannot be read', () => {
  beforeEach(async () => {
    await baselineOf(heard, dataset(rowsOf(marks, 60)));
    traffic(captured(marks, rowsOf(marks, 60)));
  });

  test('because access is denied is named without a value', async () => {
    heard.s3.denied.set(`capture/${CAPTURED}`, 'AccessDenied');
    await analysed(heard, WINDOW);
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    expect(JSON.stringify(heard.details())).toContain('AccessDenied');
  });

  test('to its end is named without what came before', async () => {
    const half = captured(marks, rowsOf(marks, 9)).slice(0, -40);
    heard.s3.client
      .on(GetObjectCommand, { Bucket: 'capture' })
      .callsFake(() => ({ Body: Readable.from(brokenOff(half)), ETag: '"e"' }));
    await analysed(heard, WINDOW);
    await toldOn(heard);
    expect(heard.sightings(MAY_HOLD)).toEqual([]);
    expect(JSON.stringify(heard.details())).toContain('ObjectNotServed');
  });
});

async function* brokenOff(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
  throw Object.assign(new Error('aborted'), { code: 'ECONNRESET' });
}

describe('groups that a monitor of bias compares', () => {
  const question = { facets: [{ name: 'plan' }], label: 'left', positive: { values: [1] } };
  const analysisFile = { bucket: BASELINE.bucket, key: `${BASELINE.prefix}/analysis.json` };
  const request: MonitorRequest = {
    ...WINDOW,
    extracts: undefined,
    monitor: { ...WINDOW.monitor, kind: 'ModelBias' },
    baseline: { constraints: analysisFile },
    labels: { place: { bucket: 'labels', prefix: 'truth' }, startHours: 1, endHours: 0 },
    groups: { question, headers: ['income', 'plan', 'mail'], predicted: { column: 0 } },
    alert: { windows: 1, lastWindows: 1 },
    featureMetrics: [],
  };

  /** Labels under the identifiers that the captured records have. */
  const labelsOf = (lines: string, label: (index: number) => string) =>
    lines
      .trim()
      .split('\n')
      .map((line, index) => {
        const eventMetadata = { eventId: JSON.parse(line).eventMetadata.inferenceId };
        return `${JSON.stringify({ groundTruthData: { data: label(index), encoding: 'CSV' }, eventMetadata })}\n`;
      })
      .join('');

  /** The baseline's groups, those of a window beside them, and which of them a violation names. */
  async function compared() {
    const rows = rowsOf(marks, 600);
    const places = { label: 'churned', predicted: 'churned' };
    await baselineOf(heard, dataset(rows), { groups: { question, places }, onlyFile: 'analysis.json' });
    const strangers = rowsOf(marks, 600);
    const sent = rows.map((row, index) => [row[0], row[1], index < 400 ? row[2] : strangers[index][2], row[3]]);
    const records = captured(marks, sent);
    traffic(records + malformed(marks));
    heard.s3.set(
      'labels',
      'truth/2026/03/04/09/a.jsonl',
      labelsOf(records, (index) => String((index >> 2) % 2)),
    );
    await analysed(heard, request);
    await toldOn(heard);
    return { known: new Set(rows.map((row) => row[2])), unknown: new Set(strangers.map((row) => row[2])) };
  }

  /** Where values of groups may be told, and nothing else of records. */
  const MAY_NAME = /\/analysis\.json$|\/work\/[^/]+\/profiles\/\d+\.json$/;

  test('are told as the baseline has them, and those that only the window has stand in its analysis alone', async () => {
    const { known, unknown } = await compared();
    const sightings = heard.sightings(MAY_NAME);
    const named = (values: Set<string>) =>
      sightings.filter((words) => [...values].some((each) => words.includes(each)));
    expect(heard.details()).toMatchObject([{ status: 'CompletedWithViolations' }]);
    expect(named(known).length).toBeGreaterThan(0);
    expect(named(unknown)).toEqual([]);
    expect(sightings.filter((words) => !named(known).includes(words))).toEqual([]);
    const analysis = heard.s3.objects.get('out/reports/dq/2026/03/04/10/analysis.json') ?? '';
    expect([...unknown].filter((each) => analysis.includes(each))).toHaveLength(4);
    expect(analysis).not.toMatch(/@mail/);
    const page = pageOf(heard, 'out/reports/dq/2026/03/04/10');
    expect([...known].filter((each) => page.includes(each))).not.toEqual([]);
    expect([...unknown].filter((each) => page.includes(each))).toEqual([]);
    expect(page).not.toMatch(/@mail/);
  });
});
