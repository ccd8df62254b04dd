import { interpret } from '../../../lib/cloud/semantics/states-language/states-language';
import type { Plan } from '../../../lib/engine/serverless/contract';
import { analysisDefinition } from '../../../lib/engine/serverless/definition';
import { readText } from '../../../lib/runtime/s3';
import { awsError, S3Store } from '../../handlers/s3-store';

const PROPS = {
  partition: 'aws',
  planFunctionArn: 'arn:plan',
  profileFunctionArn: 'arn:profile',
  concludeFunctionArn: 'arn:conclude',
};

const s3 = new S3Store();
afterEach(() => s3.reset());

/** What a function throws whose request to S3 is answered so. */
async function thrownFor(name: string, httpStatusCode: number): Promise<Error> {
  s3.client.onAnyCommand().rejects(Object.assign(awsError(name), { $metadata: { httpStatusCode } }));
  return readText({ bucket: 'bucket', key: 'k' }).catch((error: Error) => error) as Promise<Error>;
}

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Resource?: string;
  readonly Parameters?: { readonly [name: string]: unknown };
  readonly ResultPath?: string | null;
  readonly Retry?: object[];
  readonly Catch?: { readonly ErrorEquals: string[]; readonly ResultPath: string; readonly Next: string }[];
  readonly Choices?: { readonly Next: string }[];
  readonly ItemProcessor?: { readonly StartAt: string; readonly States: States };
}
type States = { readonly [name: string]: State };

const definition = analysisDefinition(PROPS) as { StartAt: string; States: States };
const { States: states } = definition;
const children = states.Profile.ItemProcessor?.States ?? {};
const every = { ...states, ...children };

/** Fields of the States Language that the definition may use, by type of state: what the rehearsal interprets. */
const FIELDS: { readonly [type: string]: string[] } = {
  Pass: ['Parameters', 'Next'],
  Task: ['Resource', 'Parameters', 'ResultSelector', 'ResultPath', 'OutputPath', 'Retry', 'Catch', 'Next', 'End'],
  Choice: ['Choices', 'Default'],
  Map: ['MaxConcurrencyPath', 'ItemReader', 'ItemSelector', 'ItemProcessor', 'ResultPath', 'Retry', 'Catch', 'Next'],
  Fail: ['ErrorPath', 'CausePath'],
};

describe('the definition of the analysis', () => {
  test.each(Object.entries(every))(
    'keeps in %s to the subset of the States Language that the rehearsal knows',
    (_, state) => {
      const { Type, ...fields } = state;
      expect(FIELDS[Type]).toEqual(expect.arrayContaining(Object.keys(fields)));
    },
  );

  test('reaches every state, and names no other', () => {
    const named = Object.values(states).flatMap(({ Next, Default, Catch, Choices }) => [
      ...[Next, Default].filter((name) => name !== undefined),
      ...[...(Catch ?? []), ...(Choices ?? [])].map((rule) => rule.Next),
    ]);
    expect([...new Set([definition.StartAt, ...named])].sort()).toEqual(Object.keys(states).sort());
    expect(Object.keys(children)).toEqual([states.Profile.ItemProcessor?.StartAt]);
  });

  test('begins with the plan, which knows the request and the execution as every function does', () => {
    const Payload = { 'request.$': '$$.Execution.Input', 'execution.$': '$$.Execution.Name' };
    expect(definition.StartAt).toBe('Plan');
    expect(states.Plan).toMatchObject({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName: 'arn:plan', Payload },
    });
  });

  test.each([
    ['Conclude', 'arn:conclude'],
    ['ConcludeFailure', 'arn:conclude'],
    ['ProfileObjects', 'arn:profile'],
  ])('%s invokes its function with the whole state', (name, FunctionName) => {
    expect(every[name]).toMatchObject({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { FunctionName, 'Payload.$': '$' },
    });
  });

  test('keeps of the plan what the Map reads, and what was found beside', () => {
    expect(states.Plan).toMatchObject({
      ResultSelector: {
        plan: {
          'bucket.$': '$.Payload.bucket',
          'key.$': '$.Payload.key',
          'itemCount.$': '$.Payload.itemCount',
          'objectCount.$': '$.Payload.objectCount',
          'objectCountBefore.$': '$.Payload.objectCountBefore',
          'maximumConcurrency.$': '$.Payload.maximumConcurrency',
          'found.$': '$.Payload.found',
        },
      },
    });
    expect(states.Plan.ResultPath).toBeUndefined();
  });

  test('hands all that a plan answers on to the conclusion', async () => {
    const plan: Plan = {
      bucket: 'out',
      bucketOwner: '111122223333',
      key: 'plan.jsonl',
      itemCount: 0,
      objectCount: 0,
      objectCountBefore: null,
      maximumConcurrency: 10,
      found: { variants: { read: [], leftOut: ['shadow'] } },
    };
    const { status, asked } = await ended(async () => plan);
    expect(status).toBe('SUCCEEDED');
    const begun = { request: { mode: 'monitor' }, execution: 'e1' };
    expect(asked).toEqual([begun, { ...begun, plan }]);
  });

  test('hands a plan that failed on to the conclusion, as it does with what failed later', async () => {
    const { status, asked } = await ended(() => Promise.reject(new Error('broken')));
    expect(status).toBe('FAILED');
    const begun = { request: { mode: 'monitor' }, execution: 'e1' };
    expect(asked.slice(0, -1)).toEqual([begun, begun, begun]);
    expect(asked.at(-1)).toEqual({ ...begun, error: expect.objectContaining({ Error: expect.any(String) }) });
  });

  /** What the functions of an execution without items were asked, and how it ended. */
  async function ended(answer: () => Promise<Plan>) {
    const asked: unknown[] = [];
    const { status } = await interpret({
      definition: JSON.stringify(definition),
      input: { mode: 'monitor' },
      execution: { name: 'e1', id: 'arn:e1', startTime: '2026-03-04T10:05:00Z' },
      services: {
        invokeFunction: async (arn, payload) => {
          asked.push(payload);
          return arn === 'arn:plan' ? answer() : {};
        },
        readObject: () => Promise.reject(new Error('not asked for')),
        wait: async () => undefined,
      },
    });
    return { status, asked };
  }

  test('opens no Map where there is nothing to profile, or one item alone', () => {
    expect(states.AnythingToProfile).toEqual({
      Type: 'Choice',
      Choices: [
        { Variable: '$.plan.found.item', IsPresent: true, Next: 'ProfileOnly' },
        { Variable: '$.plan.itemCount', NumericGreaterThan: 0, Next: 'Profile' },
      ],
      Default: 'Conclude',
    });
  });

  test('gives an item alone to its function as a Map gives it to each child', () => {
    const names = ['request.$', 'execution.$', 'item.$'];
    expect(Object.keys(states.ProfileOnly.Parameters?.Payload ?? {})).toEqual(names);
    expect(states.ProfileOnly).toMatchObject({
      Parameters: { FunctionName: 'arn:profile', Payload: { 'item.$': '$.plan.found.item' } },
      ResultPath: null,
      Next: states.Profile.Next,
    });
  });

  test('profiles in a Distributed Map whose children are STANDARD, as many at once as the plan says', () => {
    expect(states.Profile).toMatchObject({
      MaxConcurrencyPath: '$.plan.maximumConcurrency',
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSONL' },
        Parameters: {
          'Bucket.$': '$.plan.bucket',
          'Key.$': '$.plan.key',
          'ExpectedBucketOwner.$': '$.plan.bucketOwner',
        },
      },
      ItemSelector: {
        'request.$': '$.request',
        'execution.$': '$.execution',
        'item.$': '$$.Map.Item.Value',
      },
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
      ResultPath: null,
    });
  });

  test.each(Object.entries(every).filter(([, { Type }]) => Type === 'Task'))(
    'tries %s seven times while what it asks is unwell, else three times',
    (_, { Retry }) => {
      const ErrorEquals = expect.arrayContaining(['Lambda.ServiceException', 'ThrottlingException']);
      const wait = { IntervalSeconds: 2, MaxDelaySeconds: 60 };
      const jitter = { BackoffRate: 2, JitterStrategy: 'FULL' };
      expect(Retry).toEqual([
        { ErrorEquals: ['Lambda.TooManyRequestsException'], ...wait, MaxAttempts: 20, ...jitter }, // 16 minutes at most
        { ErrorEquals, ...wait, MaxAttempts: 6, ...jitter },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 2, ...jitter },
      ]);
    },
  );

  test('reads the list of items seven times, and does not begin a Map again that failed in an item', () => {
    const jitter = { BackoffRate: 2, JitterStrategy: 'FULL' };
    const ErrorEquals = ['States.ItemReaderFailed'];
    expect(states.Profile.Retry).toEqual([
      { ErrorEquals, IntervalSeconds: 2, MaxAttempts: 6, MaxDelaySeconds: 60, ...jitter },
    ]);
  });

  test.each([
    ['S3 was busy', () => thrownFor('SlowDown', 503), 7],
    ['an object is archived', () => thrownFor('InvalidObjectState', 403), 3],
    ['metrics were throttled', async () => awsError('ThrottlingException'), 7],
    ['an answer did not come in time', async () => awsError('TimeoutError'), 7],
    ['of a bug', async () => new TypeError('undefined is no function'), 3],
  ])('of a function that failed because %s, asks it as often as that may pass', async (_, failed, times) => {
    const thrown = await failed();
    const { asked } = await ended(() => Promise.reject(thrown));
    expect(asked.filter((payload) => !Object.hasOwn(payload as object, 'error'))).toHaveLength(times);
  });

  test.each([
    ['Plan', 'PlanFailed'],
    ['ProfileOnly', 'ConcludeFailure'],
    ['Profile', 'ConcludeFailure'],
    ['Conclude', 'ConcludeFailure'],
  ])('tells the failure of %s, and keeps the state beside it', (name, Next) => {
    expect(states[name].Catch).toEqual([{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next }]);
  });

  test('ends as failed, with the error, after a failure was told', () => {
    expect(states.ConcludeFailure).toMatchObject({ ResultPath: null, Next: 'Failed' });
    expect(states.Failed).toEqual({ Type: 'Fail', ErrorPath: '$.error.Error', CausePath: '$.error.Cause' });
  });

  test('hands on no result of a function but the plan: a payload is at most 256 KiB', () => {
    const others = Object.entries(states).filter(
      ([name, { Type }]) => ['Task', 'Map'].includes(Type) && name !== 'Plan',
    );
    expect(others.map(([, { ResultPath }]) => ResultPath)).toEqual([null, null, null, null]);
  });

  test('names the services of its partition', () => {
    const text = JSON.stringify(analysisDefinition({ ...PROPS, partition: 'aws-cn' }));
    expect(text).not.toContain('arn:aws:');
    expect(text.match(/arn:aws-cn:states:::/g)).toHaveLength(6);
  });
});
