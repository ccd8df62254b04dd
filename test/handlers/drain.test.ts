import {
  DescribeMonitoringScheduleCommand,
  ListMonitoringExecutionsCommand,
  type ListMonitoringExecutionsCommandInput,
  ResourceNotFound,
  SageMakerClient,
  StartMonitoringScheduleCommand,
  StopMonitoringScheduleCommand,
  StopProcessingJobCommand,
} from '@aws-sdk/client-sagemaker';
import {
  ExecutionAlreadyExists,
  type ExecutionListItem,
  ListExecutionsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import {
  DRAIN_ENV,
  type DrainProgress,
  type DrainRequest,
  REST_RESOURCE_TYPE,
} from '../../lib/engine/model-monitor/schedule/drain/contract';
import { handler as drain } from '../../lib/engine/model-monitor/schedule/drain/handler/drain.lambda';
import type { DrainEvent } from '../../lib/engine/model-monitor/schedule/drain/handler/drain-request';
import { handler as drainingHandler } from '../../lib/engine/model-monitor/schedule/drain/handler/draining.lambda';
import type { ExpectedMonitor } from '../../lib/engine/reconciler/contract';
import type { WaiterState } from '../../lib/engine/waiter/contract';
import { invoked } from './invocation';
import { EXPECTED_MONITOR } from './requests';
import { awsError, S3Store } from './s3-store';

const handler = invoked(drainingHandler);

const sageMaker = mockClient(SageMakerClient);
const stepFunctions = mockClient(SFNClient);
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Drain';
const JOB = 'arn:aws:sagemaker:eu-west-1:111122223333:processing-job/';

beforeEach(() => {
  process.env[DRAIN_ENV.stateMachineArn] = MACHINE;
  jest.useFakeTimers({ now: Date.parse('2026-03-04T10:30:00Z'), doNotFake: ['nextTick', 'setImmediate'] });
  sageMaker.reset();
  stepFunctions.reset();
  stepFunctions.on(StartExecutionCommand).resolves({ executionArn: 'arn' });
  logged.mockClear();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterEach(() => jest.useRealTimers());
afterAll(() => {
  delete process.env[DRAIN_ENV.stateMachineArn];
  logged.mockRestore();
  fetched.mockRestore();
});

const leaving = (...names: string[]) => names.map((name) => ({ name }));
const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

describe('the custom resource that drains', () => {
  const request = (RequestType: string, names: unknown, before?: unknown): DrainEvent =>
    ({
      RequestType,
      RequestId: 'c0ffee',
      StackId: 'stack',
      LogicalResourceId: 'Drain',
      ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 'first-id' }),
      ResponseURL: 'https://cloudformation.example/answer?signature=secret',
      ResourceProperties: { ServiceToken: 't', ScheduleNames: names },
      OldResourceProperties: { ServiceToken: 't', ScheduleNames: before },
    }) as unknown as DrainEvent;
  const starts = () => stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
  const started = (): DrainRequest => JSON.parse(String(starts()[0].input));

  const monitor = (name: string) => ({ id: `Stack/${name}`, engine: 'model-monitor', monitoringScheduleName: name });
  const monitors = (...names: string[]) => JSON.stringify(names.map(monitor));

  test('lets, on creation, the engines before this one end what they owe', async () => {
    const event = request('Create', ['one', 'two']);
    Object.assign(event.ResourceProperties, { Monitors: monitors('one', 'two') });
    await drain(event);
    expect(started()).toMatchObject({ drain: [], resume: [], succeed: [monitor('one'), monitor('two')] });
  });

  test('knows the monitors of what left the list, and of what came to it', async () => {
    const event = request('Update', ['kept', 'new'], ['gone', 'kept']);
    Object.assign(event.ResourceProperties, { Monitors: monitors('kept', 'new') });
    Object.assign((event as { OldResourceProperties: object }).OldResourceProperties, {
      Monitors: monitors('gone', 'kept'),
    });
    await drain(event);
    expect(started()).toMatchObject({
      drain: [{ name: 'gone', monitor: monitor('gone') }],
      resume: ['new'],
      succeed: [monitor('new')],
    });
  });

  test('is created without doing anything where no monitor is known', async () => {
    await drain(request('Create', ['one']));
    expect(starts()).toEqual([]);
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'Drain', RequestId: 'c0ffee' }]);
  });

  test('drains on an update what left the list, and resumes what came to it', async () => {
    await drain(request('Update', ['kept', 'new'], ['gone', 'kept']));
    expect(started()).toEqual({
      drain: leaving('gone'),
      resume: ['new'],
      settle: [],
      succeed: [],
      callback: {
        responseUrl: 'https://cloudformation.example/answer?signature=secret',
        stackId: 'stack',
        requestId: 'c0ffee',
        logicalResourceId: 'Drain',
        physicalResourceId: 'first-id',
      },
    });
    expect(answers()).toEqual([]);
  });

  test('does nothing on an update that leaves the list as it is, in whatever order', async () => {
    await drain(request('Update', ['a', 'b'], ['b', 'a']));
    expect(starts()).toEqual([]);
    expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'first-id' }]);
  });

  test('drains all on deletion', async () => {
    await drain(request('Delete', ['a', 'b']));
    expect(started()).toMatchObject({ drain: leaving('a', 'b'), resume: [] });
    expect(starts()[0]).toMatchObject({ stateMachineArn: MACHINE, name: 'drain-c0ffee' });
  });

  test.each([
    ['https://s3.example/r?X-Amz-Date=20260304T101000Z&X-Amz-Expires=7200', 'drain-20260304T101000Z-c0ffee'],
    ['https://s3.example/r?X-Amz-Algorithm=a&X-Amz-Date=20260304T101000Z', 'drain-20260304T101000Z-c0ffee'],
    ['https://s3.example/r?AWSAccessKeyId=a&Expires=1431008011', 'drain-c0ffee'],
    ['https://s3.example/r?X-Amz-Date=yesterday', 'drain-c0ffee'],
  ])('names its execution by when the request was made, where %s says it', async (ResponseURL, name) => {
    await drain({ ...request('Delete', ['a']), ResponseURL } as DrainEvent);
    expect(starts()[0]).toMatchObject({ name });
  });

  test('starts nothing twice when it is called twice', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(new ExecutionAlreadyExists({ message: 'exists', $metadata: {} }));
    await drain(request('Delete', ['a']));
    expect(answers()).toEqual([]);
  });

  test.each([[undefined], ['name'], [[1]]])('fails for the list %j', async (names) => {
    await drain(request('Delete', names));
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(/^MalformedRequest: /) }]);
  });

  test('fails with the words of the refusal when the machine cannot be started', async () => {
    stepFunctions.on(StartExecutionCommand).rejects(awsError('AccessDeniedException', 'not authorized'));
    await drain(request('Delete', ['a']));
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'not authorized' }]);
  });

  test('fails for a retry when the answer cannot be delivered', async () => {
    fetched.mockImplementation(async () => new Response(null, { status: 500 }));
    await expect(drain(request('Create', []))).rejects.toThrow('ResponseRefused');
  });

  test('never logs the response URL', async () => {
    await drain(request('Delete', ['a']));
    await drain(request('Create', ['a']));
    expect(logged.mock.calls.flat().join('\n')).not.toContain('signature=secret');
  });
});

describe('the custom resource that waits', () => {
  const schedule = (Name: string, JobDefinitionName: string, ScheduleExpression = 'cron(0 * ? * * *)') => ({
    Name,
    JobDefinitionName,
    ScheduleExpression,
  });
  const request = (RequestType: string, after: unknown, before?: unknown): DrainEvent =>
    ({
      RequestType,
      ResourceType: REST_RESOURCE_TYPE,
      RequestId: 'c0ffee',
      StackId: 'stack',
      LogicalResourceId: 'Rest',
      ...(RequestType === 'Create' ? {} : { PhysicalResourceId: 'first-id' }),
      ResponseURL: 'https://cloudformation.example/answer',
      ResourceProperties: { ServiceToken: 't', Schedules: after },
      OldResourceProperties: { ServiceToken: 't', Schedules: before },
    }) as unknown as DrainEvent;
  const starts = () => stepFunctions.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);

  test.each(['Create', 'Delete'])('does nothing on %s', async (type) => {
    await drain(request(type, [schedule('a', 'one')]));
    expect(starts()).toEqual([]);
    expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
  });

  test('[F3] settles on an update the schedules that were there and are to be otherwise', async () => {
    const before = [schedule('a', 'one'), schedule('b', 'one'), schedule('c', 'one'), schedule('gone', 'one')];
    const daily = schedule('c', 'one', 'cron(0 4 ? * * *)');
    await drain(request('Update', [schedule('a', 'two'), schedule('b', 'one'), daily, schedule('new', 'one')], before));
    expect(JSON.parse(String(starts()[0].input))).toMatchObject({
      drain: [],
      resume: [],
      settle: [schedule('a', 'two'), daily],
    });
    expect(answers()).toEqual([]);
  });

  test('does nothing on an update that only adds and removes schedules', async () => {
    await drain(request('Update', [schedule('a', 'one'), schedule('b', 'two')], [schedule('b', 'two')]));
    expect(starts()).toEqual([]);
  });

  test.each([[undefined], ['a'], [[{}]]])('fails for the list %j', async (list) => {
    await drain(request('Update', list, []));
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: expect.stringMatching(/^MalformedRequest: /) }]);
  });
});

type DrainState = WaiterState<DrainRequest, DrainProgress>;

/** A step, and what the machine does after it: unless there is something left, and time, it lets the outcome be told. */
async function draining(state: DrainState): Promise<DrainProgress> {
  const { progress } = (await handler({ step: 'advance', state })) as DrainState;
  if (progress?.status !== 'InProgress') await handler({ step: 'conclude', state: { ...state, progress } });
  return progress as DrainProgress;
}

describe('a step of a drain', () => {
  const step = (request: Partial<DrainRequest>, more: Partial<DrainState> = {}): DrainState => ({
    request: {
      drain: [],
      resume: [],
      settle: [],
      succeed: [],
      callback: {
        responseUrl: 'https://cloudformation.example/answer?signature=secret',
        stackId: 'stack',
        requestId: 'c0ffee',
        logicalResourceId: 'Drain',
        physicalResourceId: 'first-id',
      },
      ...request,
    },
    startTime: '2026-03-04T10:29:00.000Z',
    ...more,
  });

  /** A schedule with these executions, one on each page: [status, job or none]. */
  function schedule(name: string, status: string, ...executions: [status: string, job?: string][]): void {
    const MonitoringScheduleName = name;
    sageMaker
      .on(DescribeMonitoringScheduleCommand, { MonitoringScheduleName })
      .resolves({ MonitoringScheduleStatus: status as 'Scheduled' });
    sageMaker
      .on(ListMonitoringExecutionsCommand, { MonitoringScheduleName })
      .callsFake(({ NextToken, StatusEquals }: ListMonitoringExecutionsCommandInput) => {
        const matching = executions.filter(([one]) => StatusEquals === undefined || one === StatusEquals);
        const page = Number(NextToken ?? 0);
        return {
          MonitoringExecutionSummaries: matching.slice(page, page + 1).map(([one, job]) => ({
            ScheduledTime: new Date('2026-03-04T10:00:00Z'),
            MonitoringExecutionStatus: one,
            ProcessingJobArn: job && `${JOB}${job}`,
          })),
          NextToken: page + 1 < matching.length ? String(page + 1) : undefined,
        };
      });
  }

  const stopped = () => sageMaker.commandCalls(StopMonitoringScheduleCommand).map(({ args }) => args[0].input);
  const restarted = () => sageMaker.commandCalls(StartMonitoringScheduleCommand).map(({ args }) => args[0].input);
  const stoppedJobs = () =>
    sageMaker.commandCalls(StopProcessingJobCommand).map(({ args }) => args[0].input.ProcessingJobName);

  test('stops a schedule, and looks again later', async () => {
    schedule('a', 'Scheduled');
    const state = step({ drain: leaving('a') });
    const { callback, ...left } = state.request;
    expect(await draining(state)).toEqual({
      status: 'InProgress',
      reason: 'a: it was asked to stop, and has not been seen to be Stopped yet',
      left,
    });
    expect(stopped()).toEqual([{ MonitoringScheduleName: 'a' }]);
    expect(answers()).toEqual([]);
  });

  test('waits while a schedule is Pending', async () => {
    schedule('a', 'Pending');
    expect(await draining(step({ drain: leaving('a') }))).toMatchObject({ status: 'InProgress' });
    expect(stopped()).toEqual([]);
  });

  test('stops the jobs of executions on every page, and waits for those that have none', async () => {
    schedule('a', 'Stopped', ['InProgress', 'job-1'], ['InProgress', 'job-2'], ['Pending'], ['Stopping', 'job-3']);
    expect(await draining(step({ drain: leaving('a') }))).toMatchObject({ status: 'InProgress' });
    expect(stoppedJobs()).toEqual(['job-1', 'job-2']);
  });

  test('does not wait with the jobs until the schedule has stopped', async () => {
    schedule('a', 'Scheduled', ['InProgress', 'job-1']);
    await draining(step({ drain: leaving('a') }));
    expect(stoppedJobs()).toEqual(['job-1']);
  });

  test.each(['Completed', 'CompletedWithViolations', 'Failed', 'Stopped'])(
    'has drained a schedule whose executions are %s',
    async (status) => {
      schedule('a', 'Stopped', [status, 'job']);
      expect(await draining(step({ drain: leaving('a') }))).toMatchObject({ status: 'Completed', left: { drain: [] } });
      expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'first-id' }]);
      expect(stoppedJobs()).toEqual([]);
    },
  );

  test('leaves out of the next step what is at rest', async () => {
    schedule('a', 'Stopped');
    schedule('b', 'Stopped', ['Stopping', 'job']);
    schedule('c', 'Failed');
    expect((await draining(step({ drain: leaving('a', 'b', 'c') }))).left.drain).toEqual(leaving('b'));
  });

  test('takes a schedule that does not exist as drained, and as resumed', async () => {
    sageMaker.on(DescribeMonitoringScheduleCommand).rejects(new ResourceNotFound({ message: 'no', $metadata: {} }));
    expect(await draining(step({ drain: leaving('a'), resume: ['b'] }))).toMatchObject({ status: 'Completed' });
    expect(restarted()).toEqual([]);
  });

  test.each([
    ['Stopped', 1, 'Completed'],
    ['Scheduled', 0, 'Completed'],
    ['Failed', 0, 'Completed'],
    ['Pending', 0, 'InProgress'],
  ])('resumes a schedule that is %s by %d starts: %s', async (status, starts, expected) => {
    schedule('a', status);
    expect((await draining(step({ resume: ['a'] }))).status).toBe(expected);
    expect(restarted()).toHaveLength(starts);
  });

  test.each(['ThrottlingException', 'ValidationException', 'ResourceNotFound'])(
    'tries again after a %s',
    async (name) => {
      schedule('a', 'Scheduled');
      schedule('b', 'Stopped', ['InProgress', 'job']);
      schedule('c', 'Stopped');
      sageMaker.on(StopMonitoringScheduleCommand).rejects(awsError(name));
      sageMaker.on(StopProcessingJobCommand).rejects(awsError(name));
      sageMaker.on(StartMonitoringScheduleCommand).rejects(awsError(name));
      const { status, left } = await draining(step({ drain: leaving('a', 'b'), resume: ['c'] }));
      expect([status, left.drain, left.resume]).toEqual(['InProgress', leaving('a', 'b'), ['c']]);
    },
  );

  describe('for a schedule that is to be changed', () => {
    const wanted = { Name: 'a', JobDefinitionName: 'new', ScheduleExpression: 'cron(0 * ? * * *)' };
    const configured = (definition: string, status = 'Scheduled') =>
      sageMaker.on(DescribeMonitoringScheduleCommand, { MonitoringScheduleName: 'a' }).resolves({
        MonitoringScheduleStatus: status as 'Scheduled',
        MonitoringScheduleConfig: {
          MonitoringJobDefinitionName: definition,
          ScheduleConfig: { ScheduleExpression: wanted.ScheduleExpression },
        },
      });
    const late = { startTime: '2026-03-04T10:00:00.000Z' };

    test('[F3] waits for its executions, and stops neither it nor them', async () => {
      schedule('a', 'Scheduled', ['InProgress', 'job-1'], ['Pending']);
      configured('old');
      expect(await draining(step({ settle: [wanted] }))).toMatchObject({
        status: 'InProgress',
        left: { settle: [wanted] },
      });
      expect([stopped(), stoppedJobs()]).toEqual([[], []]);
    });

    test('[F3] stops their jobs after half an hour', async () => {
      schedule('a', 'Scheduled', ['InProgress', 'job-1']);
      configured('old');
      expect(await draining(step({ settle: [wanted] }, late))).toMatchObject({ status: 'InProgress' });
      expect([stopped(), stoppedJobs()]).toEqual([[], ['job-1']]);
    });

    test('[F3] is done when nothing runs', async () => {
      schedule('a', 'Scheduled', ['Completed', 'job-1']);
      configured('old');
      expect(await draining(step({ settle: [wanted] }))).toMatchObject({ status: 'Completed', left: { settle: [] } });
    });

    test('waits while it is Pending', async () => {
      schedule('a', 'Pending');
      configured('old', 'Pending');
      expect(await draining(step({ settle: [wanted] }))).toMatchObject({ status: 'InProgress' });
    });

    test('[F3] is done at once when it is as wanted already, as in the rollback of an update that did not reach it', async () => {
      schedule('a', 'Scheduled', ['InProgress', 'job-1']);
      configured('new');
      expect(await draining(step({ settle: [wanted] }, late))).toMatchObject({ status: 'Completed' });
      expect(stoppedJobs()).toEqual([]);
    });

    test('is done when it does not exist', async () => {
      sageMaker.on(DescribeMonitoringScheduleCommand).rejects(new ResourceNotFound({ message: 'no', $metadata: {} }));
      expect(await draining(step({ settle: [wanted] }))).toMatchObject({ status: 'Completed' });
    });
  });

  describe('beside another request for the same stack', () => {
    const executionArn = 'arn:aws:states:eu-west-1:111122223333:execution:Drain:drain-own';
    const other = 'arn:aws:states:eu-west-1:111122223333:execution:Drain:drain-other';
    const listed = (others: Partial<ExecutionListItem>[], own = executionArn) =>
      stepFunctions.on(ListExecutionsCommand).resolves({
        executions: [
          { executionArn: own, startDate: new Date('2026-03-04T10:29:00Z'), status: 'RUNNING' },
          ...others,
        ] as ExecutionListItem[],
      });
    const running = (startDate: string) =>
      listed([{ executionArn: other, startDate: new Date(startDate), status: 'RUNNING' }]);
    const made = (time: string, id: string) => executionArn.replace('drain-own', `drain-20260304T${time}Z-${id}`);

    test('that came later, stops nothing any more, and says so', async () => {
      running('2026-03-04T10:29:00.001Z');
      expect(await draining(step({ drain: leaving('a') }, { executionArn }))).toMatchObject({ status: 'Stopped' });
      expect(sageMaker.calls()).toEqual([]);
      expect(answers()).toMatchObject([
        { Status: 'FAILED', Reason: expect.stringMatching(`^SchedulesNotDrained: .*${other}$`) },
      ]);
      expect(stepFunctions.commandCalls(ListExecutionsCommand)[0].args[0].input).toEqual({ stateMachineArn: MACHINE });
    });

    test.each(['RUNNING', 'SUCCEEDED', 'FAILED'] as const)(
      'that was made later, though it was started before and is %s, stops nothing any more',
      async (status) => {
        const [own, later] = [made('102800', 'own'), made('102801', 'later')];
        listed([{ executionArn: later, startDate: new Date('2026-03-04T10:28:30Z'), status }], own);
        const stopped = await draining(step({ drain: leaving('a') }, { executionArn: own }));
        expect(stopped).toMatchObject({ status: 'Stopped', reason: expect.stringContaining(later) });
        expect(sageMaker.calls()).toEqual([]);
      },
    );

    test.each([
      ['of the same second', made('102800', 'twin'), made('102800', 'own')],
      ['of a time that nobody knows', other, made('102800', 'own')],
      ['of a known time, while nobody knows this one', made('102800', 'later'), executionArn],
    ])('%s, that runs and was started later, stops nothing any more', async (_, later, own) => {
      listed([{ executionArn: later, startDate: new Date('2026-03-04T10:29:01Z'), status: 'RUNNING' }], own);
      expect(await draining(step({ drain: leaving('a') }, { executionArn: own }))).toMatchObject({ status: 'Stopped' });
    });

    test('that was made before, though it was started later, waits until it has ended', async () => {
      const [own, before] = [made('102801', 'own'), made('102800', 'before')];
      listed([{ executionArn: before, startDate: new Date('2026-03-04T10:29:30Z'), status: 'RUNNING' }], own);
      expect(await draining(step({ resume: ['a'] }, { executionArn: own }))).toMatchObject({ status: 'InProgress' });
    });

    test.each([
      ['made before', made('102800', 'before'), made('102801', 'own')],
      ['of the same second, and started later', made('102800', 'twin'), made('102800', 'own')],
      ['of a time that nobody knows', other, made('102800', 'own')],
    ])('that has ended, and is %s, is of no matter', async (_, ended, own) => {
      listed([{ executionArn: ended, startDate: new Date('2026-03-04T10:30:00Z'), status: 'SUCCEEDED' }], own);
      schedule('a', 'Scheduled');
      await draining(step({ drain: leaving('a') }, { executionArn: own }));
      expect(stopped()).toHaveLength(1);
    });

    test('that came before, waits until it has ended', async () => {
      running('2026-03-04T10:28:59.999Z');
      const { status, reason, left } = await draining(step({ resume: ['a'] }, { executionArn }));
      expect({ status, reason, left }).toMatchObject({ status: 'InProgress', left: { resume: ['a'] } });
      expect(reason).toContain(other);
      expect(sageMaker.calls()).toEqual([]);
    });

    test('that came before and does not end, gives up in time', async () => {
      running('2026-03-04T09:00:00Z');
      const late = step({ resume: ['a'] }, { executionArn, startTime: '2026-03-04T09:40:00.000Z' });
      expect(await draining(late)).toMatchObject({ status: 'TimedOut', reason: expect.stringContaining(other) });
    });

    test('that has ended, acts', async () => {
      stepFunctions.on(ListExecutionsCommand).resolves({ executions: [] });
      schedule('a', 'Scheduled');
      await draining(step({ drain: leaving('a') }, { executionArn }));
      expect(stopped()).toHaveLength(1);
    });
  });

  describe('where it may be that a monitor goes on with another engine', () => {
    const s3 = new S3Store();
    const monitor: ExpectedMonitor = { ...EXPECTED_MONITOR, engine: 'model-monitor', monitoringScheduleName: 'a' };
    const request = { drain: [{ name: 'a', monitor }] };
    const turn = { everyHours: 1, startHour: 0, graceMinutes: 80 };
    const late = { startTime: '2026-03-04T10:00:00.000Z' };
    beforeEach(() => {
      s3.reset();
      s3.set('out', 'reports/dq/turns.json', {
        turns: [
          { ...turn, engine: 'model-monitor', since: '2026-03-01T00:00:00Z' },
          { ...turn, engine: 'serverless', since: '2026-03-04T10:09:00Z' },
        ],
      });
      schedule('a', 'Stopped', ['InProgress', 'job']);
    });

    test.each(['SlowDown', 'InternalError', 'TimeoutError'])(
      'its runs are not stopped while the answer of S3 is %s, for half an hour',
      async (error) => {
        s3.denied.set('out/reports/dq/turns.json', error);
        expect(await draining(step(request))).toMatchObject({ status: 'InProgress', left: request });
        expect(stoppedJobs()).toEqual([]);
        await draining(step(request, late));
        expect(stoppedJobs()).toEqual(['job']);
      },
    );

    test('its runs may end, and are stopped where nobody can tell', async () => {
      await draining(step(request));
      expect(stoppedJobs()).toEqual([]);
      s3.denied.set('out/reports/dq/turns.json', 'AccessDenied');
      await draining(step(request));
      expect(stoppedJobs()).toEqual(['job']);
    });

    test.each(['SlowDown', 'ThrottlingException'])(
      'one that came waits until S3 says what is owed, and not %s',
      async (error) => {
        s3.denied.set('out/reports/dq/turns.json', error);
        expect(await draining(step({ succeed: [monitor] }))).toMatchObject({ status: 'InProgress' });
        expect(await draining(step({ succeed: [monitor] }, late))).toMatchObject({ status: 'Completed' });
      },
    );
  });

  test('throws what no other step can mend, for a retry of the machine', async () => {
    sageMaker.on(DescribeMonitoringScheduleCommand).rejects(awsError('AccessDeniedException', 'not authorized'));
    await expect(draining(step({ drain: leaving('a') }))).rejects.toThrow('not authorized');
    expect(answers()).toEqual([]);
  });

  test('fails when the time is up, naming what is open and what to do', async () => {
    schedule('a', 'Stopped', ['InProgress', 'job-1'], ['Pending']);
    schedule('b', 'Stopped');
    const refusal = 'The request was rejected because the processing job is in status Stopping.';
    sageMaker.on(StopProcessingJobCommand).rejects(awsError('ValidationException', refusal));
    const late = step({ drain: leaving('a', 'b') }, { startTime: '2026-03-04T09:40:00.000Z' });
    expect(await draining(late)).toMatchObject({ status: 'TimedOut', left: { drain: leaving('a') } });
    expect(answers()).toMatchObject([
      {
        Status: 'FAILED',
        Reason:
          'SchedulesNotDrained: after 50 minutes not every monitoring schedule is at rest; see https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#drain, ' +
          'then deploy or delete again. a: the execution of 2026-03-04T10:00:00.000Z is Pending, ' +
          `the execution of 2026-03-04T10:00:00.000Z is InProgress (job job-1): ${refusal}`,
      },
    ]);
  });

  test('goes on until the last minute', async () => {
    schedule('a', 'Pending');
    const { status } = await draining(step({ drain: leaving('a') }, { startTime: '2026-03-04T09:40:00.001Z' }));
    expect(status).toBe('InProgress');
  });

  test('tells CloudFormation in the words of the step that failed', async () => {
    const Cause = JSON.stringify({ errorType: 'AccessDeniedException', errorMessage: 'not authorized' });
    const state = step({ drain: leaving('a') }, { error: { Error: 'AccessDeniedException', Cause } });
    expect(await handler({ step: 'conclude', state })).toEqual({ status: 'FAILED' });
    expect(answers()).toMatchObject([{ Status: 'FAILED', Reason: 'not authorized' }]);
    expect(sageMaker.calls()).toHaveLength(0);
  });

  test('fails for a retry when the answer cannot be delivered', async () => {
    fetched.mockImplementation(async () => new Response(null, { status: 500 }));
    await expect(draining(step({}))).rejects.toThrow('ResponseRefused');
  });

  test('looks at four schedules at a time', async () => {
    let [now, most] = [0, 0];
    sageMaker.on(DescribeMonitoringScheduleCommand).callsFake(async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setImmediate(resolve));
      now--;
      return { MonitoringScheduleStatus: 'Pending' };
    });
    sageMaker.on(ListMonitoringExecutionsCommand).resolves({});
    const names = Array.from({ length: 60 }, (_, index) => `schedule-${index}`);
    const { left } = await draining(step({ drain: leaving(...names) }));
    expect(left.drain).toEqual(leaving(...names));
    expect(most).toBe(4);
  });

  test('never logs the response URL', async () => {
    schedule('a', 'Scheduled');
    await draining(step({ drain: leaving('a') }));
    await draining(step({}));
    expect(logged.mock.calls.flat().join('\n')).not.toContain('signature=secret');
  });
});
