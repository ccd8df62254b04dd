import fc from 'fast-check';
import {
  interpret,
  type StateEvent,
  type StateServices,
  StatesLanguageError,
} from '../../../lib/cloud/semantics/states-language/states-language';
import { analysisDefinition } from '../../../lib/engine/serverless/definition';
import engine from '../fixtures/engine-machine.json';

const EXECUTION = {
  name: 'run-1',
  id: 'arn:aws:states:eu-west-1:111122223333:execution:machine:run-1',
  startTime: '2026-01-05T12:00:00Z',
};
const LAMBDA = 'arn:aws:states:::lambda:invoke';

/** A function's error, as a service rejects with it. */
function failure(name: string, message = 'because'): Error {
  return Object.assign(new Error(message), { name });
}

/** What the engine deploys. */
const DEPLOYED = analysisDefinition({
  partition: 'aws',
  planFunctionArn: 'plan',
  profileFunctionArn: 'profile',
  concludeFunctionArn: 'conclude',
});

type Handlers = Readonly<Record<string, (payload: never) => unknown>>;

/** Functions by the last part of their ARN, objects by `bucket/key`. */
function servicesOf(functions: Handlers, objects: Readonly<Record<string, string>> = {}): StateServices {
  return {
    invokeFunction: async (arn, payload) => functions[arn.split(':').pop() as string](payload as never),
    readObject: async (bucket, key) => {
      const text = objects[`${bucket}/${key}`];
      if (text === undefined) {
        throw failure('S3.NoSuchKeyException', 'no such key');
      }
      return text;
    },
  };
}

async function run(definition: object, input: unknown = {}, functions: Handlers = {}, objects = {}) {
  const events: StateEvent[] = [];
  const services = servicesOf(functions, objects);
  const result = await interpret({ definition, input, execution: EXECUTION, services, onState: (e) => events.push(e) });
  return { result, events };
}

/** A machine of one state that ends. */
function only(state: object): object {
  return { StartAt: 'S', States: { S: { End: true, ...state } } };
}

function entered(events: StateEvent[]): string[] {
  return events.filter(({ type }) => type === 'entered').map(({ state }) => state);
}

describe('the machine of the engine', () => {
  const plan = { itemCount: 2, bucket: 'b', key: 'items.jsonl', bucketOwner: '111122223333' };
  const whole = { ...plan, objectCount: 2, objectCountBefore: 0, maximumConcurrency: 3, found: {} };
  const objects = { 'b/items.jsonl': '{"key":"one"}\n\n{"key":"two"}\n' };

  test('plans, profiles every line and concludes', async () => {
    const profiled: unknown[] = [];
    const { result, events } = await run(
      engine,
      { monitor: 'm' },
      {
        plan: () => plan,
        profile: (payload) => {
          profiled.push(payload);
          return 'small';
        },
        conclude: (payload) => ({ got: payload }),
      },
      objects,
    );
    const state = { request: { monitor: 'm' }, execution: 'run-1', result: { plan } };
    expect(result).toEqual({ status: 'SUCCEEDED', output: { got: state } });
    expect(profiled).toEqual([
      { request: { monitor: 'm' }, execution: 'run-1', item: { key: 'one' }, index: 0 },
      { request: { monitor: 'm' }, execution: 'run-1', item: { key: 'two' }, index: 1 },
    ]);
    expect(entered(events)).toEqual([
      ...['Start', 'Plan', 'Anything', 'Profile', 'ProfileItem', 'ProfileItem', 'Conclude', 'Done'],
    ]);
    expect(events.filter((event) => event.itemIndex === 1).map(({ type }) => type)).toEqual(['entered', 'exited']);
  });

  test('goes straight to the conclusion when there is nothing to profile', async () => {
    const { result, events } = await run(engine, {}, { plan: () => ({ itemCount: 0 }), conclude: () => 'done' });
    expect(result).toEqual({ status: 'SUCCEEDED', output: 'done' });
    expect(entered(events)).toEqual(['Start', 'Plan', 'Anything', 'Conclude', 'Done']);
  });

  test('retries service errors with growing, capped, virtual waits', async () => {
    let calls = 0;
    const { result, events } = await run(
      engine,
      {},
      {
        plan: () => {
          calls += 1;
          if (calls <= 3) {
            throw failure('Lambda.TooManyRequestsException');
          }
          return { itemCount: 0 };
        },
        conclude: () => 'done',
      },
    );
    expect(result.status).toBe('SUCCEEDED');
    const retries = events.filter((event) => event.type === 'retried');
    expect(retries.map(({ attempt, waitSeconds }) => [attempt, waitSeconds])).toEqual([
      [1, 2],
      [2, 4],
      [3, 5],
    ]);
  });

  test('tells a failed plan to the conclusion and fails with its error', async () => {
    const told: unknown[] = [];
    const { result, events } = await run(
      engine,
      {},
      {
        plan: () => {
          throw failure('NoBaseline', 'constraints.json is missing');
        },
        conclude: (payload) => told.push(payload),
      },
    );
    expect(result).toEqual({ status: 'FAILED', error: 'NoBaseline', cause: 'constraints.json is missing' });
    expect(told).toEqual([
      { request: {}, execution: 'run-1', error: { Error: 'NoBaseline', Cause: 'constraints.json is missing' } },
    ]);
    expect(events.some(({ type }) => type === 'retried')).toBe(false);
  });

  test('one failed item is more than none tolerated, and no further item starts', async () => {
    const items: unknown[] = [];
    const { result } = await run(
      engine,
      {},
      {
        plan: () => plan,
        profile: (payload) => {
          items.push(payload);
          throw failure('BadLine');
        },
        conclude: () => null,
      },
      objects,
    );
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(items).toHaveLength(1);
  });

  test.each([
    ['a missing object', {}],
    ['a line that is not JSON', { 'b/items.jsonl': '{"a":1}\nnonsense' }],
  ])('%s fails the reader', async (_, files) => {
    const { result } = await run(engine, {}, { plan: () => plan, profile: () => 1, conclude: () => null }, files);
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed' });
  });

  test('the definition that the engine deploys keeps to the subset', async () => {
    const functions = {
      plan: () => whole,
      profile: () => 1,
      conclude: () => null,
    };
    const { result, events } = await run(DEPLOYED, {}, functions, objects);
    expect(result.status).toBe('SUCCEEDED');
    expect(entered(events).filter((state) => state === 'ProfileObjects')).toHaveLength(2);
  });

  test('its items are read of the account that their bucket has to belong to', async () => {
    const asked: unknown[] = [];
    const readObject = async (...address: unknown[]) => JSON.stringify(asked.push(address));
    const services = { ...servicesOf({ plan: () => whole, profile: () => 1, conclude: () => null }), readObject };
    await interpret({ definition: DEPLOYED, input: {}, execution: EXECUTION, services });
    expect(asked).toEqual([['b', 'items.jsonl', '111122223333']]);
  });

  test('a definition is taken as text too', async () => {
    const services = servicesOf({ plan: () => ({ itemCount: 0 }), conclude: () => 1 });
    const props = { definition: JSON.stringify(engine), input: {}, execution: EXECUTION, services };
    expect(await interpret(props)).toEqual({ status: 'SUCCEEDED', output: 1 });
  });
});

describe('data flow', () => {
  test.each([
    ['a result replaces the input', { Type: 'Pass', Result: 5 }, { a: 1 }, 5],
    ['a result at a new path', { Type: 'Pass', Result: 5, ResultPath: '$.b.c' }, { a: 1 }, { a: 1, b: { c: 5 } }],
    ['a dropped result', { Type: 'Pass', Result: 5, ResultPath: null }, { a: 1 }, { a: 1 }],
    [
      'paths in a template',
      { Type: 'Pass', Parameters: { 'x.$': '$.a[1]', y: [{ 'z.$': "$['b c']" }] } },
      { a: [1, 2], 'b c': 3 },
      { x: 2, y: [{ z: 3 }] },
    ],
    ['null is a value', { Type: 'Pass', Parameters: { 'x.$': '$.a' } }, { a: null }, { x: null }],
    ['a result beside the raw input', { Type: 'Pass', InputPath: '$.a', ResultPath: '$.r' }, { a: 1 }, { a: 1, r: 1 }],
    ['an output path', { Type: 'Pass', OutputPath: '$.a' }, { a: { b: 1 } }, { b: 1 }],
    ['no input', { Type: 'Pass', InputPath: null }, { a: 1 }, {}],
    [
      'the context',
      {
        Type: 'Pass',
        Parameters: {
          'n.$': '$$.Execution.Name',
          'i.$': '$$.Execution.Id',
          't.$': '$$.Execution.StartTime',
          'a.$': '$$.Execution.Input.a',
          's.$': '$$.State.Name',
        },
      },
      { a: 1 },
      { n: 'run-1', i: EXECUTION.id, t: EXECUTION.startTime, a: 1, s: 'S' },
    ],
  ] as [string, object, unknown, unknown][])('%s', async (_, state, input, output) => {
    expect((await run(only(state), input)).result).toEqual({ status: 'SUCCEEDED', output });
  });

  test('the result of a function stands inside the metadata of the call', async () => {
    const state = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' } };
    const { result } = await run(only(state), {}, { f: () => undefined });
    expect(result).toMatchObject({ output: { ExecutedVersion: '$LATEST', Payload: null, StatusCode: 200 } });
  });

  test.each([
    ['States.ParameterPathFailure', { Type: 'Pass', Parameters: { 'x.$': '$.none' } }],
    ['States.ResultPathMatchFailure', { Type: 'Pass', Result: 1, ResultPath: '$.a.b' }],
    ['States.Runtime', { Type: 'Pass', OutputPath: '$.none' }],
    ['States.Runtime', { Type: 'Pass', InputPath: '$.none' }],
  ])('%s for %j', async (error, state) => {
    expect((await run(only(state), { a: 1 })).result).toMatchObject({ status: 'FAILED', error });
  });

  test('what is put at a path is found there', async () => {
    const names = fc.array(fc.stringMatching(/^[a-z][a-z0-9]{0,5}$/), { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(names, fc.integer(), async (steps, Result) => {
        const path = `$.${steps.join('.')}`;
        const { result } = await run(only({ Type: 'Pass', Result, ResultPath: path, OutputPath: path }));
        expect(result).toEqual({ status: 'SUCCEEDED', output: Result });
      }),
      { seed: 20_260_107 },
    );
  });
});

describe('choices', () => {
  const choose = async (rule: object, input: unknown, more: object = { Default: 'No' }) => {
    const S = { Type: 'Choice', Choices: [{ ...rule, Next: 'Yes' }], ...more };
    const States = {
      S,
      Yes: { Type: 'Pass', Result: 'yes', End: true },
      No: { Type: 'Pass', Result: 'no', End: true },
    };
    return (await run({ StartAt: 'S', States }, input)).result;
  };
  const v = (more: object) => ({ Variable: '$.v', ...more });

  test.each([
    [v({ NumericEquals: 0 }), 0, 'yes'],
    [v({ NumericEquals: 0 }), '0', 'no'],
    [v({ NumericGreaterThan: 1 }), 1, 'no'],
    [v({ NumericGreaterThan: 1 }), 2, 'yes'],
    [v({ NumericLessThanEquals: 1 }), 1, 'yes'],
    [v({ StringEquals: 'a' }), 'a', 'yes'],
    [v({ BooleanEquals: true }), true, 'yes'],
    [v({ BooleanEquals: true }), 'true', 'no'],
    [v({ IsPresent: true }), null, 'yes'],
    [v({ IsPresent: true }), undefined, 'no'],
    [v({ IsPresent: false }), undefined, 'yes'],
    [v({ IsNull: true }), null, 'yes'],
    [{ Not: v({ StringEquals: 'a' }) }, 'b', 'yes'],
    [{ And: [v({ IsPresent: true }), v({ NumericEquals: 1 })] }, undefined, 'no'],
    [{ And: [v({ IsPresent: true }), v({ NumericEquals: 1 })] }, 1, 'yes'],
    [{ Or: [v({ NumericEquals: 1 }), v({ NumericEquals: 2 })] }, 2, 'yes'],
  ])('%j for %j: %s', async (rule, value, output) => {
    expect(await choose(rule, { v: value })).toEqual({ status: 'SUCCEEDED', output });
  });

  test('fails without a match, and for a path that names nothing', async () => {
    const rule = v({ NumericEquals: 1 });
    expect(await choose(rule, { v: 2 }, {})).toMatchObject({ error: 'States.NoChoiceMatched' });
    expect(await choose(rule, {})).toMatchObject({ error: 'States.Runtime' });
  });
});

describe('errors', () => {
  const task = (more: object) => ({
    Type: 'Task',
    Resource: LAMBDA,
    Parameters: { FunctionName: 'f' },
    End: true,
    ...more,
  });
  const machine = (more: object) => ({ StartAt: 'S', States: { S: task(more), Caught: { Type: 'Succeed' } } });
  const always = (name: string): Handlers => ({
    f: () => {
      throw failure(name);
    },
  });
  const caughtBy = async (ErrorEquals: string[], name: string) => {
    const { result } = await run(machine({ Catch: [{ ErrorEquals, Next: 'Caught' }] }), {}, always(name));
    return result.status === 'SUCCEEDED';
  };

  test.each([
    [['States.ALL'], 'Any', true],
    [['States.ALL'], 'States.Timeout', true],
    [['States.TaskFailed'], 'Any', true],
    [['States.TaskFailed'], 'States.Timeout', false],
    [['States.Timeout'], 'States.Timeout', true],
    [['One', 'Two'], 'Two', true],
    [['One'], 'one', false],
  ])('Catch %j for %s: %s', async (names, error, expected) => {
    expect(await caughtBy(names, error)).toBe(expected);
  });

  test('an uncaught error fails the execution with its name and words', async () => {
    const { result } = await run(machine({}), {}, always('Odd'));
    expect(result).toEqual({ status: 'FAILED', error: 'Odd', cause: 'because' });
  });

  test('each retrier counts its own attempts, as in the scenario of the documentation', async () => {
    const names = ['ErrorA', 'ErrorB', 'ErrorC', 'ErrorB'];
    const { events } = await run(
      machine({
        Retry: [
          { ErrorEquals: ['ErrorA', 'ErrorB'], IntervalSeconds: 1, BackoffRate: 2, MaxAttempts: 2 },
          { ErrorEquals: ['ErrorC'], IntervalSeconds: 5 },
        ],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
      }),
      {},
      {
        f: () => {
          throw failure(names.shift() ?? 'None');
        },
      },
    );
    const waits = events.filter((event) => event.type === 'retried').map(({ waitSeconds }) => waitSeconds);
    expect(waits).toEqual([1, 2, 5]);
    expect(events.find((event) => event.type === 'caught')).toMatchObject({ error: 'ErrorB', next: 'Caught' });
  });

  test('no attempts is no retry', async () => {
    const Retry = [{ ErrorEquals: ['Odd'], MaxAttempts: 0 }, { ErrorEquals: ['States.ALL'] }];
    expect((await run(machine({ Retry }), {}, always('Odd'))).events.some(({ type }) => type === 'retried')).toBe(
      false,
    );
    expect(
      (await run(machine({ Retry }), {}, always('Other'))).events.filter(({ type }) => type === 'retried'),
    ).toHaveLength(3);
  });

  test('a Fail state gives its own words', async () => {
    const { result } = await run({ StartAt: 'S', States: { S: { Type: 'Fail', Error: 'E', Cause: 'C' } } });
    expect(result).toEqual({ status: 'FAILED', error: 'E', cause: 'C' });
  });

  test('a fault of a service that has no name is not hidden', async () => {
    const services = { ...servicesOf({}), invokeFunction: () => Promise.reject('text') };
    const props = { definition: machine({}), input: {}, execution: EXECUTION, services };
    await expect(interpret(props)).rejects.toThrow('UnnamedRejection');
  });
});

describe('the limit of 262,144 bytes', () => {
  const limit = 262_144;
  const pass = only({ Type: 'Pass' });

  test('exactly the limit is allowed, a byte more is not, and bytes are UTF-8', async () => {
    expect((await run(pass, 'x'.repeat(limit - 2))).result.status).toBe('SUCCEEDED');
    expect((await run(pass, 'x'.repeat(limit - 1))).result).toMatchObject({ error: 'States.DataLimitExceeded' });
    expect((await run(pass, 'ä'.repeat(limit / 2))).result).toMatchObject({ error: 'States.DataLimitExceeded' });
  });

  test('a large result of a function cannot be caught by States.ALL', async () => {
    const S = {
      ...{ Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' }, ResultPath: null, End: true },
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Caught' }],
    };
    const machine = { StartAt: 'S', States: { S, Caught: { Type: 'Succeed' } } };
    const { result } = await run(machine, {}, { f: () => 'x'.repeat(limit) });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.DataLimitExceeded' });
  });
});

describe('tolerated failures', () => {
  const map = (more: object) => {
    const {
      Catch: _catch,
      ToleratedFailurePercentage: _percentage,
      ResultPath: _path,
      Next: _next,
      ...rest
    } = engine.States.Profile;
    return only({ ...rest, ...more });
  };
  const state = { request: {}, execution: 'e', result: { plan: { bucket: 'b', key: 'k' } } };
  const odd = { profile: ({ index }: { index: number }) => (index % 2 === 1 ? Promise.reject(failure('Odd')) : index) };

  test.each([
    [{}, false],
    [{ ToleratedFailurePercentage: 49 }, false],
    [{ ToleratedFailurePercentage: 50 }, true],
    [{ ToleratedFailureCount: 1 }, false],
    [{ ToleratedFailureCount: 2 }, true],
    [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, false],
  ])('two of four failed with %j: %s', async (more, succeeds) => {
    const { result } = await run(map(more), state, odd, { 'b/k': '0\n1\n2\n3' });
    const expected = succeeds ? { output: [0, 2] } : { error: 'States.ExceedToleratedFailureThreshold' };
    expect(result).toMatchObject(expected);
  });
});

describe('the concurrency of a map that the data say', () => {
  const { Catch, ResultPath: _path, Next: _next, MaxConcurrency: _number, ...rest } = engine.States.Profile;
  const Profile = {
    ...rest,
    MaxConcurrencyPath: '$.request.concurrency',
    End: true,
    Catch: [{ ...Catch[0], Next: 'Caught' }],
  };
  const machine = { StartAt: 'Profile', States: { Profile, Caught: { Type: 'Succeed' } } };
  const state = (concurrency: unknown) => ({
    request: { concurrency },
    execution: 'e',
    result: { plan: { bucket: 'b', key: 'k' } },
  });
  const runs = (concurrency: unknown) => run(machine, state(concurrency), { profile: () => 1 }, { 'b/k': '0\n1' });

  test.each([0, 1, 1000])('is %d', async (concurrency) => {
    expect((await runs(concurrency)).result).toMatchObject({ status: 'SUCCEEDED', output: [1, 1] });
  });

  test.each([undefined, null, -1, 1.5, '10'])(
    'fails the execution as %p, which no Catch covers',
    async (concurrency) => {
      const { result } = await runs(concurrency);
      expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
      expect(JSON.stringify(result)).toContain('MaxConcurrencyPath');
    },
  );
});

describe('definitions that are refused', () => {
  const task = { Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'f' } };
  const profile = engine.States.Profile;
  const { Next: _n, Catch: _c, ...map } = profile;
  test.each([
    ['NotJson', 'nonsense'],
    ['UnknownField', { ...engine, Extra: 1 }],
    ['UnknownState', { StartAt: 'X', States: {} }],
    ['WrongFields', only({ Type: 'Wait' })],
    ['WrongFields', only({ Type: 'Wait', Seconds: 1, SecondsPath: '$.s' })],
    ['WrongValue', only({ Type: 'Wait', Seconds: -1 })],
    ['UnknownField', only({ Type: 'Wait', Timestamp: '2026-01-05T00:00:00Z' })],
    ['UnknownStateType', only({ Type: 'Parallel' })],
    ['UnknownField', only({ Type: 'Pass', Assign: {} })],
    ['UnknownField', only({ ...task, HeartbeatSeconds: 1 })],
    ['UnknownField', only({ ...task, Parameters: { FunctionName: 'f', Qualifier: '1' } })],
    ['UnknownResource', only({ ...task, Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken' })],
    ['MissingField', only({ ...task, Parameters: {} })],
    ['WrongTransition', { StartAt: 'S', States: { S: { Type: 'Pass' } } }],
    ['WrongTransition', only({ Type: 'Pass', Next: 'S' })],
    ['UnknownState', { StartAt: 'S', States: { S: { Type: 'Pass', Next: 'T' } } }],
    ['UnknownField', only({ ...task, Retry: [{ ErrorEquals: ['A'], Times: 1 }] })],
    ['WrongValue', only({ ...task, Retry: [{ ErrorEquals: ['States.ALL', 'A'] }] })],
    ['WrongValue', only({ ...task, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['A'] }] })],
    ['WrongValue', only({ ...task, Retry: [{ ErrorEquals: ['A'], JitterStrategy: 'SOME' }] })],
    ['UnknownState', only({ ...task, Catch: [{ ErrorEquals: ['A'], Next: 'T' }] })],
    ['IntrinsicNotSupported', only({ Type: 'Pass', Parameters: { 'x.$': 'States.UUID()' } })],
    ['UnknownContextPath', only({ Type: 'Pass', Parameters: { 'x.$': '$$.Task.Token' } })],
    ['UnknownPath', only({ Type: 'Pass', Parameters: { 'x.$': '$.a[*]' } })],
    ['UnknownPath', only({ Type: 'Pass', InputPath: '$..a' })],
    ['WrongTemplate', only({ Type: 'Pass', Parameters: { 'x.$': 5 } })],
    [
      'UnknownOperator',
      {
        StartAt: 'S',
        States: { S: { Type: 'Choice', Choices: [{ Variable: '$.a', StringMatches: '*', Next: 'S' }] } },
      },
    ],
    [
      'WrongChoice',
      {
        StartAt: 'S',
        States: { S: { Type: 'Choice', Choices: [{ Variable: '$.a', NumericEquals: '0', Next: 'S' }] } },
      },
    ],
    ['NotSupported', { ...engine, QueryLanguage: 'JSONata' }],
    ['NotSupported', only({ ...map, ItemReader: { ...map.ItemReader, ReaderConfig: { InputType: 'CSV' } } })],
    ['NotSupported', only({ ...map, ItemProcessor: { ...map.ItemProcessor, ProcessorConfig: { Mode: 'INLINE' } } })],
    ['UnknownField', only({ ...map, ItemBatcher: {} })],
    [
      'UnknownField',
      only({
        ...map,
        ItemProcessor: { ...map.ItemProcessor, States: { ProfileItem: { ...task, End: true, Odd: 1 } } },
      }),
    ],
    ['WrongValue', only({ ...map, ToleratedFailurePercentage: 101 })],
    ['WrongFields', only({ ...map, MaxConcurrencyPath: '$.concurrency' })],
    ['UnknownPath', only({ ...map, MaxConcurrency: undefined, MaxConcurrencyPath: '$.c[*]' })],
    ['WrongFields', { StartAt: 'S', States: { S: { Type: 'Fail', Error: 'a', ErrorPath: '$.a' } } }],
  ] as [string, string | object][])('fails with %s, before anything runs: %j', async (code, definition) => {
    const props = { definition, input: {}, execution: EXECUTION, services: servicesOf({}) };
    await expect(interpret(props)).rejects.toThrow(StatesLanguageError);
    await expect(interpret(props)).rejects.toThrow(code);
  });
});

describe('waiting', () => {
  async function waited(definition: object, input: unknown = {}, functions: Handlers = {}) {
    const waits: number[] = [];
    const wait = async (seconds: number) => void waits.push(seconds);
    const services = { ...servicesOf(functions), wait };
    const result = await interpret({ definition, input, execution: EXECUTION, services });
    return { result, waits };
  }

  test('a Wait state waits for its seconds, or those of a path, and hands its input on', async () => {
    const states = {
      S: { Type: 'Wait', Seconds: 30, Next: 'T' },
      T: { Type: 'Wait', SecondsPath: '$.pause', End: true },
    };
    const { result, waits } = await waited({ StartAt: 'S', States: states }, { pause: 5 });
    expect([result, waits]).toEqual([{ status: 'SUCCEEDED', output: { pause: 5 } }, [30, 5]]);
  });

  test.each([[1.5], [-1], ['5'], [undefined]])('a SecondsPath that names %p fails the execution', async (pause) => {
    const { result } = await waited(only({ Type: 'Wait', SecondsPath: '$.pause' }), { pause });
    expect(result).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  });

  test('a loop of Wait, Task and Choice polls until the answer is there', async () => {
    const answers = ['InProgress', 'InProgress', 'Completed'];
    const definition = {
      StartAt: 'Wait',
      States: {
        Wait: { Type: 'Wait', Seconds: 60, Next: 'Ask' },
        Ask: {
          Type: 'Task',
          Resource: LAMBDA,
          Parameters: { FunctionName: 'a:ask' },
          ResultPath: '$.asked',
          Next: 'Done',
        },
        Done: {
          Type: 'Choice',
          Choices: [{ Variable: '$.asked.Payload', StringEquals: 'InProgress', Next: 'Wait' }],
          Default: 'End',
        },
        End: { Type: 'Succeed' },
      },
    };
    const { waits } = await waited(definition, {}, { ask: () => answers.shift() });
    expect(waits).toEqual([60, 60, 60]);
  });

  test('a retry waits as its retrier says', async () => {
    let calls = 0;
    const ask = () => {
      calls++;
      if (calls < 4) throw failure('Busy');
    };
    const Retry = [{ ErrorEquals: ['Busy'], IntervalSeconds: 5, MaxAttempts: 5, BackoffRate: 2, MaxDelaySeconds: 12 }];
    const task = only({ Type: 'Task', Resource: LAMBDA, Parameters: { FunctionName: 'a:ask' }, Retry });
    expect((await waited(task, {}, { ask })).waits).toEqual([5, 10, 12]);
  });
});
