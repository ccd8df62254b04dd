import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  ListPipelineExecutionsCommand,
  SageMakerClient,
  StartPipelineExecutionCommand,
} from '@aws-sdk/client-sagemaker';
import { mockClient } from 'aws-sdk-client-mock';
import { GATE_ENV, type GateRequest } from '../../lib/retraining/contract';
import { handler } from '../../lib/retraining/handler/gate.lambda';
import { claimOf, FORGED, findings, REPORT_KEY } from '../outcome/claims';
import { awsError, S3Store } from './s3-store';
import { TableRow } from './table-row';

const s3 = new S3Store();
const dynamo = mockClient(DynamoDBClient);
const sageMaker = mockClient(SageMakerClient);
const bus = mockClient(EventBridgeClient);
const logged = jest.spyOn(console, 'log').mockImplementation();
const ARN = 'arn:aws:sagemaker:eu-west-1:111122223333:pipeline/retrain/execution/x';
/** Concluded an hour before the gate hears of it. */
const REPORT = { ...findings(), concludedAt: '2026-03-04T09:00:00.000Z' };
let current = REPORT;
let row: TableRow;

beforeEach(() => {
  jest.useFakeTimers({ now: Date.UTC(2026, 2, 4, 10), doNotFake: ['nextTick', 'setImmediate'] });
  process.env[GATE_ENV.tableName] = 'gate';
  process.env[GATE_ENV.pipelineName] = 'retrain';
  process.env[GATE_ENV.settings] = JSON.stringify({
    triggerId: 'Stack/Retraining',
    cooldownSeconds: 3600,
    parameters: { InputData: 's3://data/' },
  });
  row = new TableRow();
  s3.reset();
  current = REPORT;
  s3.set('out', REPORT_KEY, REPORT);
  dynamo.reset();
  dynamo.on(UpdateItemCommand).callsFake((input) => row.update(input));
  sageMaker.reset();
  sageMaker.on(ListPipelineExecutionsCommand).resolves({ PipelineExecutionSummaries: [] });
  sageMaker.on(StartPipelineExecutionCommand).resolves({ PipelineExecutionArn: ARN });
  bus.reset();
  bus.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  logged.mockClear();
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  for (const name of Object.values(GATE_ENV)) delete process.env[name];
  logged.mockRestore();
});

const event = (id: string, claimed: object = {}, others: Partial<GateRequest> = {}): GateRequest => ({
  id,
  concerns: ['Drift', 'Quality'],
  ...claimOf({ ...current.outcome, ...claimed }, others),
});
/** Another outcome that events are of from now on. */
function found(id: string, said: object = {}): void {
  current = { ...REPORT, ...said, outcome: { ...REPORT.outcome, outcomeId: id.repeat(32) } };
  s3.set('out', REPORT_KEY, current);
}
const starts = () => sageMaker.commandCalls(StartPipelineExecutionCommand).map(({ args }) => args[0].input);
const seconds = (count: number) => jest.setSystemTime(Date.now() + count * 1000);
const hours = (count: number) => jest.setSystemTime(Date.now() + count * 3_600_000);

test('an event starts the pipeline with its parameters and a token of allowed length', async () => {
  expect(await handler(event('1'))).toEqual({ decision: 'started', executionArn: ARN });
  const [start] = starts();
  expect(start).toMatchObject({
    PipelineName: 'retrain',
    PipelineParameters: [{ Name: 'InputData', Value: 's3://data/' }],
  });
  expect(start.ClientRequestToken).toMatch(/^[0-9a-f]{64}$/);
  expect(row.attributes).toMatchObject({ ExecutionArn: { S: ARN }, StartedAt: { N: String(Date.now()) } });
});

test('a pipeline that asks for it is told what the violations are a sign of, also when a start is repeated', async () => {
  const settings = JSON.parse(process.env[GATE_ENV.settings] ?? '');
  process.env[GATE_ENV.settings] = JSON.stringify({ ...settings, signalParameter: 'Reason' });
  const violations = ['model_decay_check', 'concept_drift_check'].map((check) => ({
    ...{ feature: 'f1', check, description: '', confirmed: true },
  }));
  current = {
    ...REPORT,
    outcome: { ...REPORT.outcome, monitorKind: 'ModelQuality', concerns: ['Quality'], violations },
  };
  s3.set('out', REPORT_KEY, current);
  await handler(event('1'));
  expect(starts()[0].PipelineParameters).toEqual([
    { Name: 'InputData', Value: 's3://data/' },
    { Name: 'Reason', Value: 'ConceptDrift,ModelDecay' },
  ]);
});

test('an outcome whose violations are a sign of something else starts nothing', async () => {
  expect(await handler(event('1', {}, { signals: ['ConceptDrift'] }))).toEqual({
    ...{ decision: 'declined', reason: 'NoSuchViolations' },
  });
  expect(await handler(event('2', {}, { signals: ['ConceptDrift', 'DataDrift'] }))).toMatchObject({
    decision: 'started',
  });
});

test('each event leaves exactly one line in the log, which says what was decided', async () => {
  await handler(event('1'));
  await handler(event('2'));
  const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
  expect(lines).toMatchObject([
    { decision: 'started', eventId: '1', pipeline: 'retrain' },
    { decision: 'declined', reason: 'OutcomeHandled', eventId: '2' },
  ]);
});

test('the same event is handled once, also when it comes again after the cool-down', async () => {
  await handler(event('1'));
  hours(2);
  expect(await handler(event('1'))).toEqual({ decision: 'declined', reason: 'EventHandled' });
  expect(starts()).toHaveLength(1);
});

test('an event of another outcome is declined until the cool-down is over', async () => {
  await handler(event('1'));
  found('b');
  expect(await handler(event('2'))).toEqual({ decision: 'declined', reason: 'CoolDown' });
  hours(1);
  found('c', { concludedAt: new Date().toISOString() });
  expect(await handler(event('3'))).toMatchObject({ decision: 'started' });
  const [first, second] = starts();
  expect(second.ClientRequestToken).not.toBe(first.ClientRequestToken);
});

test.each(['Executing', 'Stopping'] as const)(
  'an event is declined while an execution is %s, also on a later page',
  async (status) => {
    sageMaker
      .on(ListPipelineExecutionsCommand)
      .resolvesOnce({ PipelineExecutionSummaries: [{ PipelineExecutionStatus: 'Failed' }], NextToken: 'more' })
      .resolves({ PipelineExecutionSummaries: [{ PipelineExecutionStatus: status }] });
    expect(await handler(event('1'))).toEqual({ decision: 'declined', reason: 'PipelineRunning' });
    expect(starts()).toHaveLength(0);
  },
);

test('an event that was declined gives the lease back', async () => {
  sageMaker
    .on(ListPipelineExecutionsCommand)
    .resolvesOnce({ PipelineExecutionSummaries: [{ PipelineExecutionStatus: 'Executing' }] })
    .resolves({});
  await handler(event('1'));
  found('b');
  expect(await handler(event('2'))).toMatchObject({ decision: 'started' });
});

test('two events at the same time start one execution: the other comes again', async () => {
  const results = await Promise.allSettled([handler(event('1')), handler(event('2'))]);
  expect(results).toMatchObject([
    { value: { decision: 'started', executionArn: ARN } },
    { reason: { code: 'LeaseHeld' } },
  ]);
  expect(starts()).toHaveLength(1);
  expect(await handler(event('2'))).toEqual({ decision: 'declined', reason: 'OutcomeHandled' });
});

describe('what was decided about an outcome holds for each further telling of it', () => {
  test('also where it was declined, and what it was declined for is over', async () => {
    await handler(event('1'));
    const started = row.attributes.StartedAt;
    found('b', { concludedAt: '2026-03-04T10:30:00.000Z' });
    expect(await handler(event('2'))).toEqual({ decision: 'declined', reason: 'CoolDown' });
    hours(2);
    expect(await handler(event('3'))).toEqual({ decision: 'declined', reason: 'OutcomeHandled' });
    expect(row.attributes.StartedAt).toEqual(started);
    expect(row.attributes.DecidedOutcomes).toEqual({ L: [{ S: 'a'.repeat(32) }, { S: 'b'.repeat(32) }] });
  });

  test('and a start that was not noted is asked for with the same token by the next telling', async () => {
    row.failOnce('StartedAt');
    await expect(handler(event('1'))).rejects.toThrow('table is gone');
    seconds(121);
    expect(await handler(event('2'))).toMatchObject({ decision: 'started' });
    const [first, second] = starts();
    expect(second.ClientRequestToken).toBe(first.ClientRequestToken);
  });

  test('while what was decided and could not be done is no decision', async () => {
    sageMaker
      .on(StartPipelineExecutionCommand)
      .rejectsOnce(awsError('AccessDenied'))
      .resolves({ PipelineExecutionArn: ARN });
    await expect(handler(event('1'))).rejects.toThrow('AccessDenied');
    hours(1);
    expect(await handler(event('2'))).toMatchObject({ decision: 'started' });
  });

  test('but nobody who is only believed has an outcome dropped', async () => {
    const elsewhere = { monitorId: 'Stack/Elsewhere', outcomeId: 'b'.repeat(32) };
    await handler(event('1', elsewhere));
    expect(row.attributes.DecidedOutcomes).toBeUndefined();
    hours(2);
    found('b', { concludedAt: '2026-03-04T11:30:00.000Z' });
    expect(await handler(event('2'))).toMatchObject({ decision: 'started' });
  });
});

test('a retry after a throttled start asks again with the same token', async () => {
  sageMaker
    .on(StartPipelineExecutionCommand)
    .rejectsOnce(awsError('ThrottlingException'))
    .resolves({ PipelineExecutionArn: ARN });
  await expect(handler(event('1'))).rejects.toThrow('ThrottlingException');
  expect(await handler(event('1'))).toMatchObject({ decision: 'started' });
  const [first, second] = starts();
  expect(second.ClientRequestToken).toBe(first.ClientRequestToken);
});

test('a retry after a crash between start and record is not declined because of its own execution', async () => {
  row.failOnce('StartedAt');
  await expect(handler(event('1'))).rejects.toThrow('table is gone');
  sageMaker
    .on(ListPipelineExecutionsCommand)
    .resolves({ PipelineExecutionSummaries: [{ PipelineExecutionStatus: 'Executing' }] });
  expect(await handler(event('1'))).toMatchObject({ decision: 'started' });
  const [first, second] = starts();
  expect(second.ClientRequestToken).toBe(first.ClientRequestToken);
});

test('a lease that was never given back ends, before another event is tried for the last time', async () => {
  sageMaker.on(ListPipelineExecutionsCommand).rejectsOnce(awsError('ThrottlingException')).resolves({});
  await expect(handler(event('1'))).rejects.toThrow('ThrottlingException');
  await expect(handler(event('2'))).rejects.toThrow('LeaseHeld: another event is being decided about');
  seconds(60);
  await expect(handler(event('2'))).rejects.toThrow('LeaseHeld');
  seconds(120);
  expect(await handler(event('2'))).toMatchObject({ decision: 'started' });
});

describe('a start that could not be noted, of an execution that is over', () => {
  const listed = (description?: string) =>
    sageMaker.on(ListPipelineExecutionsCommand).resolves({
      PipelineExecutionSummaries: [
        { PipelineExecutionStatus: 'Failed', StartTime: new Date(), PipelineExecutionDescription: description },
      ],
    });

  test('cools down as any other: the service lists it, with what the trigger said of it', async () => {
    row.failOnce('StartedAt');
    await expect(handler(event('1'))).rejects.toThrow('table is gone');
    listed(starts()[0].PipelineExecutionDescription);
    seconds(121);
    found('b');
    expect(await handler(event('2'))).toEqual({ decision: 'declined', reason: 'CoolDown' });
  });

  test('is found again by its retry, however late, also when the service has forgotten the token', async () => {
    row.failOnce('StartedAt');
    await expect(handler(event('1'))).rejects.toThrow('table is gone');
    sageMaker.on(ListPipelineExecutionsCommand).resolves({
      PipelineExecutionSummaries: [
        {
          PipelineExecutionArn: 'other',
          PipelineExecutionDescription: 'Started by the retraining trigger Stack/Retraining',
        },
        {
          PipelineExecutionArn: ARN,
          PipelineExecutionDescription: starts()[0].PipelineExecutionDescription,
          StartTime: new Date(),
        },
      ],
    });
    const startedAt = Date.now();
    hours(6);
    expect(await handler(event('1'))).toEqual({ decision: 'started', executionArn: ARN });
    expect(starts()).toHaveLength(1);
    expect(row.attributes.StartedAt).toEqual({ N: String(startedAt) });
  });

  test.each([
    'Started by the retraining trigger Stack/Retraining',
    'Started by the retraining trigger Stack/Retraining, for event 0',
  ])('and is described as %j, cools down, too', async (description) => {
    listed(description);
    expect(await handler(event('1'))).toEqual({ decision: 'declined', reason: 'CoolDown' });
  });

  test.each([
    undefined,
    'Started by the retraining trigger Stack/Other',
    'Started by the retraining trigger Stack/Retraining2, for event 0',
  ])('that is described as %j is none of this trigger', async (description) => {
    listed(description);
    expect(await handler(event('1'))).toMatchObject({ decision: 'started' });
  });
});

test('starts are looked for as far back as the cool-down, and at least 30 days', async () => {
  const back = async (cooldownSeconds: number, id: string) => {
    process.env[GATE_ENV.settings] = JSON.stringify({ triggerId: 'Stack/Retraining', cooldownSeconds, parameters: {} });
    found(id, { concludedAt: new Date().toISOString() });
    await handler(event(id));
    const { CreatedAfter } = sageMaker.commandCalls(ListPipelineExecutionsCommand).slice(-1)[0].args[0].input;
    return (Date.now() - Number(CreatedAfter)) / 86_400_000;
  };
  expect(await back(0, '1')).toBe(30);
  row.attributes.StartedAt = { N: '0' };
  expect(await back(60 * 86_400, '2')).toBe(60);
});

test('fails for a retry when the table cannot be written', async () => {
  dynamo.on(UpdateItemCommand).rejects(awsError('ProvisionedThroughputExceededException'));
  await expect(handler(event('1'))).rejects.toThrow('ProvisionedThroughputExceededException');
});

test.each(['id', 'detail'])('fails on an event without %s, which is none of ours', async (member) => {
  await expect(handler({ ...event('1'), [member]: undefined })).rejects.toThrow('MalformedEvent');
});

describe('what was found says the report, whatever an event claims', () => {
  test.each(FORGED)('an event of %s starts nothing, and is heard of', async (_, claimed, others) => {
    await expect(handler(event('1', claimed, others))).rejects.toThrow(
      /^(OutcomeNotReported|MalformedEvent|ReportOfAnother): /,
    );
    expect(starts()).toEqual([]);
    expect(row.attributes).toEqual({});
  });

  test.each([
    ['a run without violations', { status: 'Completed', concerns: [] }, 'AnotherOutcome'],
    ['a run whose violations are about something else', { concerns: ['Form'] }, 'NoSuchViolations'],
    ['an outcome that has given way', { outcomeId: 'b'.repeat(32) }, 'AnotherOutcome'],
  ])('an event of drift starts nothing where the report is of %s', async (_, said, reason) => {
    s3.set('out', REPORT_KEY, findings(said as never));
    expect(await handler(event('1'))).toEqual({ decision: 'declined', reason });
    expect(starts()).toEqual([]);
    expect(row.attributes).toEqual({});
  });

  test('an event whose report cannot be read is tried again', async () => {
    s3.denied.set(`out/${REPORT_KEY}`, 'AccessDenied');
    await expect(handler(event('1'))).rejects.toThrow('AccessDenied: no access to');
    s3.denied.clear();
    expect(await handler(event('1'))).toMatchObject({ decision: 'started' });
  });

  test('what was found before a training began, and is told after it, starts nothing', async () => {
    await handler(event('1'));
    hours(2);
    found('b');
    expect(await handler(event('2'))).toEqual({ decision: 'declined', reason: 'TrainedSince' });
    expect(starts()).toHaveLength(1);
  });

  test.each([
    ['of a monitor of which the rule does not know where it reports', event('1', { monitorId: 'Stack/Elsewhere' })],
    ['that a rule of an earlier version hands over', event('1', { monitorId: 'Stack/Any' }, { reports: undefined })],
  ])('an event %s is believed', async (_, request) => {
    expect(await handler(request)).toMatchObject({ decision: 'started' });
    expect(s3.client.calls()).toHaveLength(0);
  });
});

test('the stand-in of the table refuses what does not meet the condition', () => {
  expect(() =>
    row.update({
      TableName: 't',
      Key: {},
      ConditionExpression: '#a = :a',
      ExpressionAttributeNames: { '#a': 'A' },
      ExpressionAttributeValues: { ':a': { S: 'x' } },
    }),
  ).toThrow(ConditionalCheckFailedException);
});

describe('what was decided', () => {
  const KEPT = `out/${REPORT_KEY.replace('report.json', '')}retraining-64fcc39d926539c7.message`;
  const told = () => bus.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.[0]);
  const kept = () => JSON.parse(s3.objects.get(KEPT) ?? '{}');

  test('is told on the bus of the monitors, and kept beside the report', async () => {
    await handler(event('a', {}, { eventBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/ml' }));
    const { trigger, ...decided } = kept();
    const { outcomeId, executionId, monitorId, status, windowStart, windowEnd, reportUri } = REPORT.outcome;
    expect(decided).toEqual({
      version: '1',
      outcomeId,
      pipelineName: 'retrain',
      decision: 'Started',
      signals: ['DataDrift'],
      executionArn: ARN,
    });
    const [{ Detail, ...entry } = {}] = told();
    expect(entry).toEqual({
      Source: 'cdk-sagemaker-monitoring',
      DetailType: 'Model Retraining Decided',
      EventBusName: 'arn:aws:events:eu-west-1:111122223333:event-bus/ml',
    });
    const about = { executionId, monitorId, status, windowStart, windowEnd, reportUri };
    expect(JSON.parse(String(Detail))).toEqual({ ...decided, trigger, ...about, isKept: true });
  });

  test('is told with its reason where no training was started, and once for each outcome', async () => {
    await handler(event('a'));
    found('b');
    await handler(event('b'));
    await handler(event('b again'));
    await handler(event('c', { concerns: ['Form'], status: 'Completed' }));
    expect(
      told()
        .map((entry) => JSON.parse(String(entry?.Detail)))
        .map(({ decision, reason }) => [decision, reason]),
    ).toEqual([
      ['Started', undefined],
      ['Declined', 'CoolDown'],
    ]);
    expect(kept()).toMatchObject({ decision: 'Declined', reason: 'CoolDown', outcomeId: 'b'.repeat(32) });
  });

  test('stands where it cannot be told, which the log says', async () => {
    s3.denied.set(KEPT, 'AccessDenied');
    expect(await handler(event('a'))).toEqual({ decision: 'started', executionArn: ARN });
    expect(JSON.parse(String(told()[0]?.Detail))).not.toHaveProperty('isKept');
    found('b');
    bus.on(PutEventsCommand).rejects(awsError('ThrottlingException'));
    expect(await handler(event('b'))).toEqual({ decision: 'declined', reason: 'CoolDown' });
    const lines = logged.mock.calls.map(([line]) => JSON.parse(String(line)));
    expect(lines.filter(({ decision }) => decision === 'decision not told')).toHaveLength(3);
  });
});
