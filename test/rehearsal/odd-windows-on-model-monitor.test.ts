import type { ContainerEnd, ContainerFile, ContainerStart } from '../../lib/cloud/account/sagemaker/container';
import { executionConclusion, monitorRun } from '../../lib/engine/reconciler/monitoring-execution';
import type { ExecutionCompletedDetail } from '../../lib/outcome/contract';
import { executionReport } from '../../lib/outcome/execution-report';
import { analyzer } from '../../lib/rehearsal/containers/analyzer';
import { HOME } from '../handlers/invocation';

// What the reconciler makes of windows that are odd, by the files that this library's analyzer writes of them in the place of the service's container.

const MONITOR = {
  id: 'Stack/Monitor',
  kind: 'DataQuality',
  endpointName: 'churn',
  engine: 'model-monitor',
  everyHours: 1,
  startHour: 0,
  graceMinutes: 110,
  output: { bucket: 'out', prefix: 'reports' },
  monitoringScheduleName: 'schedule',
  scheduleIdentity: '2026-03-01T00:00:00Z',
} as const;
const OUTPUT = '/opt/ml/processing/output';
const file = (path: string, text: string): ContainerFile => ({
  path,
  uri: `s3://in${path}`,
  content: Buffer.from(text),
});
const start = (environment: ContainerStart['environment'], files: readonly ContainerFile[]): ContainerStart => ({
  imageUri: 'analyzer',
  environment: { dataset_source: '/in', output_path: OUTPUT, ...environment },
  files,
});
const written = ({ files = {} }: ContainerEnd, name: string) => String(files[`${OUTPUT}/${name}`]);

/** Rows of a plan, an age and a price. */
const rows = (count: number) =>
  Array.from({ length: count }, (_, i) => `${i % 7},${20 + (i % 50)},${(i % 90) / 4 + 0.1}`);
const ROWS = rows(500);

/** One line of captured data for each body. */
const captured = (bodies: readonly string[], encoding = 'CSV') =>
  bodies
    .map((data, i) =>
      JSON.stringify({
        captureData: { endpointInput: { observedContentType: 'text/csv', mode: 'INPUT', data, encoding } },
        eventMetadata: { eventId: String(i), inferenceTime: '2026-03-04T08:30:00Z' },
        eventVersion: '0',
      }),
    )
    .join('\n');

let baseline: ContainerEnd;
beforeAll(async () => {
  const dataset = file('/in/train.csv', `plan,age,price\n${ROWS.join('\n')}\n`);
  const format = JSON.stringify({ csv: { header: true, output_columns_position: 'START' } });
  baseline = await analyzer(start({ dataset_format: format }, [dataset]));
  expect(baseline.status).toBe('Completed');
});

/** The outcome of a window, whose violations count at once. */
async function told(lines: string, change: (constraints: string) => string = (text) => text) {
  const end = await analyzer(
    start(
      {
        baseline_constraints: '/base/constraints.json',
        baseline_statistics: '/base/statistics.json',
        start_time: '2026-03-04T08:00:00Z',
        end_time: '2026-03-04T09:00:00Z',
      },
      [
        file('/base/constraints.json', change(written(baseline, 'constraints.json'))),
        file('/base/statistics.json', written(baseline, 'statistics.json')),
        file('/in/a.jsonl', lines),
      ],
    ),
  );
  return outcomeOf(end);
}

function outcomeOf(end: ContainerEnd): ExecutionCompletedDetail {
  const { status, failureReason, exitMessage = '' } = end;
  const completed = exitMessage.startsWith('CompletedWithViolations') ? 'CompletedWithViolations' : 'Completed';
  const execution = {
    scheduledTime: new Date('2026-03-04T09:00:00Z'),
    status: status === 'Failed' ? 'Failed' : completed,
    failureReason,
  };
  const read = (name: string) => ({ uri: `s3://out/${name}`, isThere: true, content: JSON.parse(written(end, name)) });
  const files =
    status === 'Failed'
      ? undefined
      : { measured: read('statistics.json'), violations: read('constraint_violations.json') };
  const { violations = [], ...conclusion } = executionConclusion({ monitor: MONITOR, execution, files });
  const confirmed = violations.map((violation) => ({ ...violation, confirmed: true }));
  return executionReport(monitorRun(MONITOR, execution, HOME), { ...conclusion, violations: confirmed }, new Date())
    .outcome;
}

const found = ({ violations }: ExecutionCompletedDetail) =>
  violations.map(({ feature, check }) => `${feature} ${check}`);

test('a window like the baseline is whole and green, so that what follows is told for what is odd about it', async () => {
  const outcome = await told(captured(ROWS));
  expect(outcome).toMatchObject({ status: 'Completed', recordCount: 500, health: 0, evaluated: 'Whole' });
});

test('the header of a file among the requests is told, by each column of numbers', async () => {
  const outcome = await told(captured(['plan,age,price', ...ROWS]));
  expect(outcome).toMatchObject({ status: 'CompletedWithViolations', recordCount: 501 });
  expect(found(outcome)).toEqual(expect.arrayContaining(['age data_type_check', 'price data_type_check']));
});

test('a short row is told by what it lacks', async () => {
  const outcome = await told(captured(['3,40', ...ROWS]));
  expect(found(outcome)).toContain('price completeness_check');
});

test.each([
  ['more', (row: string) => `${row},7`, 'extra_column_check'],
  ['fewer', (row: string) => row.slice(0, row.lastIndexOf(',')), 'missing_column_check'],
  ['all in one, by another delimiter,', (row: string) => row.replaceAll(',', ';'), 'missing_column_check'],
])('rows of %s columns are told, and that nothing else was checked raises health', async (_, change, check) => {
  const outcome = await told(captured(ROWS.map(change)));
  expect(outcome).toMatchObject({ status: 'CompletedWithViolations', evaluated: 'Part', health: 1 });
  expect(outcome.violations.map((violation) => violation.check)).toEqual([check]);
});

test.each(['NaN', 'n/a', 'Größe', '\u0000', '１２'])('%j in the place of a number is told', async (text) => {
  expect(found(await told(captured([`3,${text},2.5`, ...ROWS])))).toContain('age data_type_check');
});

test.each([
  ['lines that are no JSON', 'plan,age,price\n1,2,3\n'],
  ['bodies of an encoding that nobody knows', captured(ROWS, 'EBCDIC')],
  ['bodies that are no Base64 of text', captured(['////', '!!!!'], 'BASE64')],
  ['records of another hour', captured(ROWS).replaceAll('T08:30', 'T03:30')],
])('a window of %s alone is no green one', async (_, lines) => {
  expect(await told(lines)).toMatchObject({ status: 'Failed', health: 2 });
});

test('a baseline that an older Python SDK wrote its overrides into is read as it stands, and a window that breaks it is told', async () => {
  const nested = (constraints: string) => {
    const { features, ...rest } = JSON.parse(constraints);
    const config = { monitoring_config_overrides: { evaluate_constraints: 'Enabled', emit_metrics: 'Disabled' } };
    const withConfig = features.map((feature: { num_constraints?: object }) => ({
      ...feature,
      num_constraints: { ...feature.num_constraints, ...config },
    }));
    return JSON.stringify({ ...rest, features: withConfig });
  };
  expect((await told(captured(ROWS), nested)).status).toBe('Completed');
  expect(found(await told(captured(['3,old,2.5', ...ROWS]), nested))).toContain('age data_type_check');
});
