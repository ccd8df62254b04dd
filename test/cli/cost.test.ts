import { join } from 'node:path';
import { App, Size, Stack } from 'aws-cdk-lib';
import {
  Baseline,
  Endpoint,
  GroundTruth,
  InstanceType,
  ModelProblem,
  MonitoringFrequency,
  Predictor,
  ProductionVariant,
  ShapAnalysis,
  ShapBaseline,
} from '../../lib';
import { run } from '../../lib/cli/main';
import { APPS } from '../project/apps';
import { newFolder, removeFolders, synthesize } from '../rehearsal/fixtures/app';
import { type LabelledApp, labelledAssembly } from '../rehearsal/fixtures/labelled-app';

afterAll(removeFolders);

async function cost(...args: string[]) {
  const lines: string[] = [];
  const errors: string[] = [];
  const code = await run(['cost', ...args], { out: (line) => lines.push(line), error: (line) => errors.push(line) });
  return { code, lines, errors };
}

test('prints the parts of a month, the time to an alarm and the nearest quota', async () => {
  const { code, lines, errors } = await cost('--assembly', synthesize(), '--requests-per-second', '1000');
  expect([code, errors]).toEqual([0, []]);
  expect(lines).toContainEqual(expect.stringMatching(/^metrics +0\.90 {2}3 at 0\.3$/));
  expect(lines).toContainEqual(expect.stringMatching(/^alarms +0\.40 {2}4 at 0\.1$/));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}reading +\d\.\d\d to \d\.\d\d {2}1,277 GB, /));
  expect(lines).toContainEqual(expect.stringMatching(/^ {2}PUT and LIST +\d\.\d\d {2}[\d,]+ at 0\.000005$/));
  expect(lines).toContainEqual(expect.stringMatching(/^sum +\d\.\d\d to \d\.\d\d$/));
  expect(lines).toContainEqual(expect.stringMatching(/^\d+ resources say on a bill which monitor they are of/));
  expect(lines).toContain(
    '  aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=cdk-sagemaker-monitoring:monitor,Status=Active',
  );
  expect(lines.slice(-2)).toEqual([
    expect.stringMatching(/^an alarm comes at most \d+ minutes after/),
    expect.stringMatching(/^nearest quota: /),
  ]);
});

test('prints for machines what it prints for people', async () => {
  const { lines } = await cost(
    '--assembly',
    synthesize(),
    '--requests-per-second',
    '10',
    '--json',
    '--record-bytes',
    '900',
  );
  const { workload, lines: parts, prices } = JSON.parse(lines.join('\n'));
  expect(workload).toMatchObject({ requestsPerSecond: 10, recordBytes: 900, objectsPerHour: 60, labelBytes: 137 });
  expect(parts.at(-1)).toMatchObject({ part: 'sum' });
  expect(prices.collected).toMatch(/^\d{4}-\d\d-\d\d$/);
});

const explained = (predictor: (app: LabelledApp) => Predictor) =>
  labelledAssembly(newFolder(), 'Reasons', (app) =>
    app.monitoring.addModelExplainabilityMonitor('Attributions', {
      analysis: ShapAnalysis.of({
        predictor: predictor(app),
        baseline: ShapBaseline.rows([[1]]),
        headers: ['x'],
      }),
      baseline: Baseline.fromFiles({ bucket: app.bucket, constraintsKey: 'analysis.json' }),
      frequency: MonitoringFrequency.dailyAt(5),
    }),
  );

test('counts a model that is asked at a serverless endpoint', async () => {
  const assembly = explained(({ model }) => Predictor.fromModel(model, { memorySize: Size.gibibytes(3) }));
  const { lines } = await cost('--assembly', assembly, '--requests-per-second', '10');
  const of = '3,072 requests of 0.1 s to serverless endpoints'; // 101 a day
  expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^models asked for attributions +0\\.02 {2}${of}$`)));
  expect(lines.filter((line) => line.startsWith('not counted'))).toEqual([]);
});

test('names endpoints on instances that are asked, which it does not count', async () => {
  const assembly = explained(({ model }) => {
    const variants = [ProductionVariant.instances('only', { model, instanceType: InstanceType.of('ml.m5.large') })];
    return Predictor.fromEndpoint(new Endpoint(Stack.of(model), 'Other', { variants }));
  });
  const what = 'endpoints on instances at which runs of feature attributions ask a model';
  const people = await cost('--assembly', assembly, '--requests-per-second', '10');
  expect(people.lines).toContain(`not counted: ${what}`);
  const machines = await cost('--assembly', assembly, '--requests-per-second', '10', '--json');
  expect(JSON.parse(machines.lines.join('\n')).notCounted).toEqual([what]);
});

test('counts labels by their bytes and objects', async () => {
  const assembly = labelledAssembly(newFolder(), 'Labels', ({ monitoring, bucket }) =>
    monitoring.addModelQualityMonitor('Quality', {
      problem: ModelProblem.regression({ prediction: '0' }),
      groundTruth: GroundTruth.fromBucket(bucket, 'labels'),
      baseline: Baseline.fromFiles({ bucket, constraintsKey: 'constraints.json' }),
    }),
  );
  const getsOf = async (...args: string[]) => {
    const { lines } = await cost('--assembly', assembly, '--requests-per-second', '10', '--json', ...args);
    const { lines: parts } = JSON.parse(lines.join('\n')) as { lines: { part: string; of: string }[] };
    return [/ ([\d,]+) GET/.exec(partOf(parts, 'requests to S3'))?.[1], / (\d+) GB/.exec(partOf(parts, 'Lambda'))?.[1]];
  };
  const partOf = (parts: readonly { part: string; of: string }[], name: string) =>
    parts.find(({ part }) => part === name)?.of ?? '';
  const [[gets, gigabytes], [moreGets, moreGigabytes]] = [
    await getsOf(),
    await getsOf('--label-objects-per-hour', '112', '--label-bytes', '623'),
  ].map((figures) => figures.map((figure) => Number(figure?.replace(',', ''))));
  expect(moreGets - gets).toBe(730 * 100);
  expect(moreGigabytes / gigabytes).toBeCloseTo((486 + 623) / (486 + 137), 1);
});

test('counts monitors on Model Monitor as jobs', async () => {
  const outdir = join(newFolder(), 'cdk.out');
  const { directory } = APPS.allFourMonitors({ outdir }).synth();
  const { lines } = await cost('--assembly', directory, '--requests-per-second', '10');
  expect(lines).toContainEqual(expect.stringMatching(/^jobs of Model Monitor +\d+\.\d\d to \d+\.\d\d {2}[\d,]+ jobs/));
});

test.each([
  [['--assembly', 'nowhere', '--requests-per-second', '10'], '"nowhere" does not exist'],
  [['--assembly', __dirname], '--assembly and --requests-per-second are needed'],
  [['--assembly', __dirname, '--requests-per-second', '0'], '--requests-per-second is "0": a number above 0 is needed'],
  [['--assembly', __dirname, '--requests-per-second', '1', '--record-bytes', 'x'], '--record-bytes is "x"'],
  [
    ['--assembly', __dirname, '--requests-per-second', '1', '--label-bytes', '-1'],
    "Option '--label-bytes' argument is",
  ],
  [['--what'], "Unknown option '--what'"],
])('ends with 64 for %j', async (args, words) => {
  const { code, errors } = await cost(...args);
  expect(code).toBe(64);
  expect(errors[0]).toContain('CostUsage: ');
  expect(errors[0]).toContain(words);
});

test('ends with 2 for a folder that is no app, and for an app without monitors', async () => {
  const noApp = await cost('--assembly', __dirname, '--requests-per-second', '10');
  expect([noApp.code, noApp.lines]).toEqual([2, []]);
  expect(noApp.errors[0]).toContain('CostNothingDone: UnusableAssembly');
  const app = new App({ outdir: join(newFolder(), 'cdk.out') });
  new Stack(app, 'Empty');
  const idle = await cost('--assembly', app.synth().directory, '--requests-per-second', '10');
  expect([idle.code, idle.errors[0]]).toEqual([2, expect.stringContaining('CostNothingDone: no stack of')]);
});
