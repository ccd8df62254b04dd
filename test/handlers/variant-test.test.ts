import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  DescribeEndpointCommand,
  type DescribeEndpointCommandOutput,
  SageMakerClient,
  UpdateEndpointWeightsAndCapacitiesCommand,
} from '@aws-sdk/client-sagemaker';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import type { TestEvidence } from '../../lib/outcome/comparison/contract';
import type { ExecutionReport } from '../../lib/outcome/contract';
import type { KeptTest } from '../../lib/outcome/tested/contract';
import type { TestEndedDetail, TestSettings } from '../../lib/variant-test/contract';
import { handler } from '../../lib/variant-test/handler/variant-test.lambda';
import { random } from '../analysis/data-quality/detectors/traffic';
import { leftBy, RUN } from '../outcome/run';
import { S3Store } from './s3-store';

const s3 = new S3Store(true, 1000);
const sageMaker = mockClient(SageMakerClient);
const sns = mockClient(SNSClient);
const bus = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
afterAll(() => logged.mockRestore());

beforeEach(() => {
  s3.reset();
  for (const client of [sageMaker, sns, bus]) client.reset();
  sns.on(PublishCommand).resolves({ MessageId: 'm1' });
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  sageMaker.on(UpdateEndpointWeightsAndCapacitiesCommand).resolves({});
  serves('InService', { blue: 3, green: 1 });
});

/** What SageMaker says of the endpoint. */
function serves(EndpointStatus: string, weights: Readonly<Record<string, number>>): void {
  const ProductionVariants = Object.entries(weights).map(([VariantName, DesiredWeight]) => ({
    VariantName,
    DesiredWeight,
    CurrentInstanceCount: 2,
  }));
  sageMaker
    .on(DescribeEndpointCommand)
    .resolves({ EndpointStatus, ProductionVariants } as Partial<DescribeEndpointCommandOutput>);
}

const ROOT = 'reports/Stack/Quality';
const TEST: TestSettings = {
  key: 'k1',
  name: 'Stack/Autumn',
  reference: 'blue',
  candidate: 'green',
  leastEffect: 0.05,
  level: 0.05,
  leastHours: 24,
  largestHours: 2400,
  topicArn: 'arn:aws:sns:eu-west-1:111122223333:team',
};

/** 1,280 rows of each, with so many answers of ten that are right in the mean: up to three more or less in each group, as chance has it on a day. */
function evidence(reference: number, candidate: number, { test = 'k1', day = 9 } = {}): TestEvidence {
  const draw = random(day);
  const side = (right: number) => ({
    rows: Array<number>(128).fill(10),
    sums: Array.from({ length: 128 }, () => right + Math.floor(7 * draw()) - 3),
  });
  return { test, metrics: [{ metric: 'accuracy', reference: side(reference), candidate: side(candidate) }] };
}

const time = (day: number) => new Date(Date.UTC(2026, 2, day, 9));
const folderOf = (day: number) => `${ROOT}/${time(day).toISOString().slice(0, 13).replace(/[-T]/g, '/')}`;

/** What the run left that was due on a day of March; of a window of so many days. */
function ran(day: number, found?: TestEvidence, days = 1): ExecutionReport {
  const window = { start: time(day - days), end: time(day) };
  const comparison = { reference: 'blue', candidate: 'green', notCompared: [], ...(found && { evidence: found }) };
  const outcome = { reportUri: `s3://out/${folderOf(day)}/`, outcomeId: `o${day}` };
  const others = { comparison, due: time(day).toISOString(), times: { everyHours: 24 } };
  const report = leftBy({ window, monitorId: 'Stack/Quality' }, outcome, others);
  s3.set('out', `${folderOf(day)}/report.json`, report);
  return report;
}

/** Tells the test of a run. */
async function tell({ outcome }: ExecutionReport, test: Partial<TestSettings> = {}): Promise<void> {
  const reports = [{ bucket: 'out', prefix: 'reports', monitorIds: ['Stack/Quality'] }];
  const { accountId: account, region } = RUN;
  await handler({ account, region, detail: outcome, reports, test: { ...TEST, ...test } });
}

const keptAt = (day: number) => s3.json<KeptTest>('out', `${folderOf(day)}/variant-test.json`);
const hasKept = (day: number) => s3.objects.has(`out/${folderOf(day)}/variant-test.json`);
const events = () => bus.commandCalls(PutEventsCommand).flatMap(({ args }) => args[0].input.Entries ?? []);
const detail = () => JSON.parse(events()[0]?.Detail ?? '{}') as TestEndedDetail;
const messages = () => sns.commandCalls(PublishCommand).map(({ args }) => args[0].input);
const updates = () =>
  sageMaker.commandCalls(UpdateEndpointWeightsAndCapacitiesCommand).map(({ args }) => args[0].input);

const same = (day: number) => evidence(7, 7, { day });
const WORSE = evidence(7, 3);
const BETTER = evidence(3, 7);

test('a candidate that is worse is found at once, and told once, by an event and a message', async () => {
  await tell(ran(9, WORSE), { leastHours: 1200 });
  expect(keptAt(9)).toMatchObject({ outcome: 'Worse', isNew: true, windows: 1, done: ['traffic', 'event', 'message'] });
  expect(events()).toEqual([expect.objectContaining({ DetailType: 'Model Variant Test Ended' })]);
  expect(detail()).toMatchObject({ test: 'Stack/Autumn', outcome: 'Worse', traffic: 'AsItWas', endpointName: 'churn' });
  expect(detail().metrics).toEqual([{ metric: 'accuracy', difference: keptAt(9).metrics[0].difference }]);
  expect(detail().metrics[0].difference?.high).toBeLessThan(-0.2);
  expect(messages().map(({ Subject }) => Subject)).toEqual(['green is worse than blue (churn)']);
  expect(updates()).toEqual([]);
});

test('one that is better is told after the least time, and not before', async () => {
  for (const day of [9, 10]) await tell(ran(day, BETTER), { leastHours: 48 });
  expect(keptAt(9)).not.toHaveProperty('outcome');
  expect(keptAt(10)).toMatchObject({ outcome: 'Better', windows: 2, since: '2026-03-08T09:00:00.000Z' });
  expect(messages()[0].Message).toContain(
    'update-endpoint-weights-and-capacities --endpoint-name churn --desired-weights-and-capacities VariantName=green,DesiredWeight=1 VariantName=blue,DesiredWeight=1',
  );
});

test('two that do not differ are left, and their difference is known better with each window', async () => {
  let day = 8;
  const widths: number[] = [];
  do {
    day += 1;
    await tell(ran(day, same(day)), { leastEffect: 0.05 });
    const [{ difference: { low, high } = { low: 0, high: 1 } }] = keptAt(day).metrics;
    widths.push(high - low);
  } while (!keptAt(day).outcome && day < 40);
  expect(detail().outcome).toBe('NoDifference');
  expect(widths.length).toBeGreaterThan(1);
  expect([...widths].sort((one, other) => other - one)).toEqual(widths);
  expect(updates()).toEqual([]);
});

test('a test ends undecided after its time', async () => {
  for (const day of [9, 10]) await tell(ran(day, same(day)), { leastEffect: 0.001, largestHours: 48 });
  expect(keptAt(9)).not.toHaveProperty('outcome');
  expect(detail().outcome).toBe('Undecided');
});

test('what has ended stays so, and is told no more', async () => {
  await tell(ran(9, WORSE));
  await tell(ran(10, BETTER));
  expect(keptAt(10)).toMatchObject({ outcome: 'Worse', windows: 1 });
  expect(keptAt(10)).not.toHaveProperty('isNew');
  expect(events()).toHaveLength(1);
});

test('an event that comes twice, and one that comes late, change nothing', async () => {
  const first = ran(9, same(9));
  await tell(first);
  await tell(ran(10, WORSE), { takesBack: true });
  const kept = [keptAt(9), keptAt(10)];
  serves('InService', { blue: 3, green: 1 }); // somebody has stepped up again since
  for (const day of [10, 9]) await tell(day === 9 ? first : ran(10, WORSE), { takesBack: true });
  expect([keptAt(9), keptAt(10)]).toEqual(kept);
  expect([events(), messages(), updates()].map(({ length }) => length)).toEqual([1, 1, 1]);
});

test('the course of a test is kept window by window, with what each metric is held to', async () => {
  for (const day of [9, 10, 11]) await tell(ran(day, same(day)), { leastEffect: 0.01 });
  const { course = [], metrics, name } = keptAt(11);
  expect(course.map(({ windows, until }) => [windows, until])).toEqual(
    [9, 10, 11].map((day, before) => [before + 1, time(day).toISOString()]),
  );
  expect(metrics).toMatchObject([{ metric: 'accuracy', leastEffect: 0.01, better: 'higher' }]);
  expect(course[2].differences[0]?.value).toBeCloseTo(metrics[0].difference?.value ?? 9, 4);
  expect(name).toBe('Stack/Autumn');
});

test('windows whose events were lost, or come later, are added from their reports', async () => {
  const slight = { leastEffect: 0.01 };
  const reports = [9, 10, 11].map((day) => ran(day, same(day)));
  await tell(reports[2], slight);
  expect(keptAt(11).windows).toBe(3);
  await tell(reports[1], slight);
  expect(keptAt(10).windows).toBe(2);
  await tell(ran(12, same(12)), slight);
  expect(keptAt(12).windows).toBe(4);
});

test('a day that two windows share is counted once', async () => {
  await tell(ran(10, same(10), 2));
  await tell(ran(11, same(11), 2));
  expect(keptAt(11)).toEqual({ ...keptAt(10), done: [] });
  await tell(ran(12, same(12), 2));
  expect(keptAt(12)).toMatchObject({ windows: 2, until: '2026-03-12T09:00:00.000Z' });
});

test('a window that says nothing is not counted, and the next one goes on', async () => {
  await tell(ran(9, same(9)));
  await tell(ran(10));
  await tell(ran(11, same(11)));
  expect(keptAt(10)).toMatchObject({ windows: 1 });
  expect(keptAt(11)).toMatchObject({ windows: 2 });
});

test('another test begins anew: what was said to one before it does not count', async () => {
  await tell(ran(9, same(9)));
  await tell(ran(10, evidence(7, 7, { test: 'k2' })), { key: 'k2' });
  expect(keptAt(10)).toMatchObject({ test: 'k2', windows: 1, since: '2026-03-09T09:00:00.000Z' });
});

test('before anything was said there is nothing to keep', async () => {
  await tell(ran(9));
  expect(hasKept(9)).toBe(false);
});

test('a test begins anew after a week without a window that counts', async () => {
  await tell(ran(9, same(9)));
  await tell(ran(17, same(17)));
  expect(keptAt(17).windows).toBe(1);
  s3.reset();
  await tell(ran(9, same(9)));
  await tell(ran(16, same(16)));
  expect(keptAt(16).windows).toBe(2);
});

describe('where the candidate is to be taken back', () => {
  const takesBack = true;

  test('the reference gets the weight of both, and no count is sent', async () => {
    serves('InService', { blue: 3, green: 1, grey: 2 });
    await tell(ran(9, WORSE), { takesBack });
    expect(updates()).toEqual([
      {
        EndpointName: 'churn',
        DesiredWeightsAndCapacities: [
          { VariantName: 'blue', DesiredWeight: 4 },
          { VariantName: 'green', DesiredWeight: 0 },
        ],
      },
    ]);
    expect(detail().traffic).toBe('TakenBack');
    expect(messages()[0].Message).toContain('green gets no more requests');
  });

  test('nothing is sent where it has no requests already, or is not there', async () => {
    serves('InService', { blue: 3, green: 0 });
    await tell(ran(9, WORSE), { takesBack });
    expect(detail().traffic).toBe('TakenBack');
    bus.resetHistory();
    serves('InService', { blue: 3 });
    await tell(ran(10, evidence(7, 3, { test: 'k2' })), { takesBack, key: 'k2' });
    expect(detail().traffic).toBe('AsItWas');
    expect(updates()).toEqual([]);
  });

  test.each(['Updating', 'SystemUpdating', 'RollingBack', 'Failed'])(
    'an endpoint that is %s is left, which is told once; it is tried again',
    async (status) => {
      serves(status, { blue: 3, green: 1 });
      const report = ran(9, WORSE);
      for (let attempt = 0; attempt < 2; attempt += 1)
        await expect(tell(report, { takesBack })).rejects.toThrow(/EndpointNotInService|not in service/);
      expect(updates()).toEqual([]);
      expect(detail().traffic).toBe('NotYet');
      serves('InService', { blue: 3, green: 1 });
      await tell(report, { takesBack });
      expect([events(), messages(), updates()].map(({ length }) => length)).toEqual([1, 1, 1]);
      expect(messages()[0].Message).toContain('green still gets requests');
    },
  );

  test.each([
    ['better', BETTER],
    ['the same', evidence(7, 7)],
  ])('one that is %s keeps its requests', async (_, found) => {
    await tell(ran(9, found), { takesBack, leastEffect: 0.2 });
    expect(detail().outcome).not.toBe('Worse');
    expect(sageMaker.calls()).toEqual([]);
  });
});

test('a report that is not there, and one of another monitor, are not believed', async () => {
  const report = ran(9, WORSE);
  s3.objects.clear();
  await expect(tell(report, { takesBack: true })).rejects.toThrow('there is no report');
  expect([events(), updates()]).toEqual([[], []]);
});
