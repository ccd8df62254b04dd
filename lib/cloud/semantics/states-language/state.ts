import { choiceHolds } from './choice';
import type { StateDefinition, StateMachine } from './definition';
import { asStateFailure, checkSize, coversError, StateFailure, serviceFailure } from './failure';
import { fillTemplate, readPath, type StateContext, writePath } from './path';
import type { MachineRun } from './states-language';

/** One visit of a state. */
export interface StateVisit {
  readonly name: string;
  readonly definition: StateDefinition;
  readonly input: unknown;
  readonly run: MachineRun;
  /** Runs a Map's item processor; handed in, because it comes back here. */
  readonly runMachine: (machine: StateMachine, run: MachineRun) => Promise<unknown>;
}

/** Where the execution goes on; `next` is undefined at its end. */
export interface StateStep {
  readonly output: unknown;
  readonly next: string | undefined;
}

interface Retrier {
  readonly ErrorEquals: string[];
  readonly IntervalSeconds?: number;
  readonly MaxAttempts?: number;
  readonly BackoffRate?: number;
  readonly MaxDelaySeconds?: number;
}

interface Catcher {
  readonly ErrorEquals: string[];
  readonly Next: string;
  readonly ResultPath?: string | null;
}

/** Runs one state with its retries; a failure that nothing catches is a thrown StateFailure. */
export async function runState(visit: StateVisit): Promise<StateStep> {
  const { name, definition, input, run } = visit;
  const attempts = new Map<Retrier, number>();
  for (;;) {
    try {
      return await attempt(visit);
    } catch (error) {
      const failure = asStateFailure(error);
      const item = run.itemIndex === undefined ? {} : { itemIndex: run.itemIndex };
      const happened = { state: name, error: failure.error, cause: failure.cause, ...item };
      const retry = nextRetry((definition.Retry ?? []) as Retrier[], failure, attempts);
      if (retry !== undefined) {
        run.onState?.({ type: 'retried', ...happened, ...retry });
        await run.services.wait?.(retry.waitSeconds);
        continue;
      }
      const catcher = ((definition.Catch ?? []) as Catcher[]).find((entry) => covers(entry, failure));
      if (catcher === undefined) {
        throw failure;
      }
      run.onState?.({ type: 'caught', ...happened, next: catcher.Next });
      const output = placeResult(catcher.ResultPath, input, { Error: failure.error, Cause: failure.cause });
      return { output, next: catcher.Next };
    }
  }
}

/**
 * The next retry of the first retrier that covers the failure, if it has attempts left. Attempts count per retrier. With jitter it waits for the longest
 * that it may.
 *
 * @see https://states-language.net/spec.html#errors
 */
function nextRetry(
  retriers: Retrier[],
  failure: StateFailure,
  attempts: Map<Retrier, number>,
): { attempt: number; waitSeconds: number } | undefined {
  const retrier = retriers.find((entry) => covers(entry, failure));
  const done = retrier === undefined ? 0 : (attempts.get(retrier) ?? 0);
  if (retrier === undefined || done >= (retrier.MaxAttempts ?? 3)) {
    return undefined;
  }
  attempts.set(retrier, done + 1);
  const wait = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** done;
  return { attempt: done + 1, waitSeconds: Math.min(wait, retrier.MaxDelaySeconds ?? Infinity) };
}

function covers(handler: { readonly ErrorEquals: string[] }, failure: StateFailure): boolean {
  return handler.ErrorEquals.some((name) => coversError(name, failure.error));
}

async function attempt(visit: StateVisit): Promise<StateStep> {
  const { definition, name, run } = visit;
  const context: StateContext = {
    Execution: { Id: run.execution.id, Name: run.execution.name, StartTime: run.execution.startTime, Input: run.input },
    State: { Name: name },
  };
  const data = selectPath(definition.InputPath, visit.input, context);
  switch (definition.Type) {
    case 'Pass':
      return finish({ visit, context, result: passResult(definition, data, context) });
    case 'Task':
      return finish({ visit, context, result: await taskResult(visit, data, context) });
    case 'Map':
      return finish({ visit, context, result: await mapResult(visit, data, context) });
    case 'Wait':
      await run.services.wait?.(secondsOf(definition, data, context));
      return { output: selectPath(definition.OutputPath, data, context), next: definition.Next as string | undefined };
    case 'Choice':
      return { output: selectPath(definition.OutputPath, data, context), next: chosen(definition, data, context) };
    case 'Succeed':
      return { output: selectPath(definition.OutputPath, data, context), next: undefined };
    default:
      throw failureOf(definition, data, context);
  }
}

interface Finish {
  readonly visit: StateVisit;
  readonly context: StateContext;
  readonly result: unknown;
}

/** ResultSelector, ResultPath and OutputPath, in this order. ResultPath writes into the raw input, before InputPath. */
function finish({ visit: { definition, input }, context, result }: Finish): StateStep {
  const selector = definition.ResultSelector;
  const selected = selector === undefined ? result : fillTemplate(selector, result, context);
  const placed = placeResult(definition.ResultPath as string | null | undefined, input, selected);
  return { output: selectPath(definition.OutputPath, placed, context), next: definition.Next as string | undefined };
}

/** A ResultPath of null drops the result; without one the result is everything. */
function placeResult(path: string | null | undefined, input: unknown, result: unknown): unknown {
  return path === null ? input : writePath(path ?? '$', input, result);
}

/** InputPath or OutputPath: null selects {}, a path that names nothing fails the execution. */
function selectPath(path: unknown, data: unknown, context: StateContext): unknown {
  if (path === null) {
    return {};
  }
  const selected = readPath(String(path ?? '$'), data, context);
  if (selected === undefined) {
    throw new StateFailure('States.Runtime', `the path "${path}" names nothing in ${JSON.stringify(data)}`);
  }
  return selected;
}

function passResult(definition: StateDefinition, data: unknown, context: StateContext): unknown {
  if (definition.Result !== undefined) {
    return definition.Result;
  }
  return definition.Parameters === undefined ? data : fillTemplate(definition.Parameters, data, context);
}

/**
 * The result of `lambda:invoke`: the function's output inside the metadata of the call. The request's own headers are left out.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 */
async function taskResult(
  { name, definition, run }: StateVisit,
  data: unknown,
  context: StateContext,
): Promise<unknown> {
  const call = fillTemplate(definition.Parameters, data, context) as { FunctionName: unknown; Payload?: unknown };
  checkSize(call, `the parameters of task "${name}"`);
  const output = await run.services.invokeFunction(String(call.FunctionName), call.Payload ?? {}).catch((reason) => {
    throw serviceFailure(reason);
  });
  const result = {
    ExecutedVersion: '$LATEST',
    Payload: output ?? null,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    StatusCode: 200,
  };
  checkSize(result, `the result of task "${name}"`);
  return result;
}

/** Of a Wait state; a path that names no number from 0 to 99999999 fails the execution. */
function secondsOf(definition: StateDefinition, data: unknown, context: StateContext): number {
  const path = definition.SecondsPath;
  const value = path === undefined ? definition.Seconds : readPath(String(path), data, context);
  if (!Number.isSafeInteger(value) || Number(value) < 0 || Number(value) > 99_999_999) {
    throw new StateFailure(
      'States.Runtime',
      `the SecondsPath "${path}" names ${JSON.stringify(value)}, not a whole number from 0 to 99999999`,
    );
  }
  return Number(value);
}

function chosen(definition: StateDefinition, data: unknown, context: StateContext): string {
  const rules = definition.Choices as Readonly<Record<string, unknown>>[];
  const next = rules.find((rule) => choiceHolds(rule, data, context))?.Next ?? definition.Default;
  if (next === undefined) {
    throw new StateFailure(
      'States.NoChoiceMatched',
      `no choice holds for ${JSON.stringify(data)} and there is no Default`,
    );
  }
  return String(next);
}

function failureOf(definition: StateDefinition, data: unknown, context: StateContext): StateFailure {
  const textAt = (path: unknown): string => {
    const value = readPath(String(path), data, context);
    if (typeof value !== 'string') {
      throw new StateFailure('States.Runtime', `the path "${path}" of a Fail state names no text`);
    }
    return value;
  };
  const error = definition.ErrorPath === undefined ? definition.Error : textAt(definition.ErrorPath);
  const cause = definition.CausePath === undefined ? definition.Cause : textAt(definition.CausePath);
  return new StateFailure(String(error ?? ''), String(cause ?? ''));
}

/**
 * Runs the item processor once per line of the JSON Lines object, one after another. More failed items than tolerated fail the
 * state and no further item starts; the results are those of the items that succeeded, in their order.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
async function mapResult(visit: StateVisit, data: unknown, context: StateContext): Promise<unknown> {
  checkConcurrency(visit.definition, data, context);
  const items = await readItems(visit, data, context);
  const machine = visit.definition.ItemProcessor as StateMachine;
  const failures: StateFailure[] = [];
  const results: unknown[] = [];
  for (const [index, item] of items.entries()) {
    const itemContext = { ...context, Map: { Item: { Index: index, Value: item } } };
    const selector = visit.definition.ItemSelector;
    const input = selector === undefined ? item : fillTemplate(selector, data, itemContext);
    try {
      results.push(await visit.runMachine(machine, childRun(visit, input, index)));
    } catch (error) {
      failures.push(asStateFailure(error));
      assertTolerated(visit.definition, failures, items.length);
    }
  }
  checkSize(results, `the result of map "${visit.name}"`);
  return results;
}

/** Of a Map whose concurrency the data say: what is no whole number from 0 on fails the execution, and no Catch covers that. */
function checkConcurrency({ MaxConcurrencyPath: path }: StateDefinition, data: unknown, context: StateContext): void {
  if (path === undefined) {
    return;
  }
  const value = readPath(String(path), data, context);
  if (!Number.isSafeInteger(value) || Number(value) < 0) {
    const what = `the MaxConcurrencyPath "${path}" names ${JSON.stringify(value)}, not a whole number of at least 0`;
    throw new StateFailure('States.Runtime', what);
  }
}

/** Each item is an execution of its own, with its own `$$.Execution`. The service makes up the names; here they are the index. */
function childRun({ name, definition, run }: StateVisit, input: unknown, index: number): MachineRun {
  const label = String(definition.Label ?? name);
  const execution = {
    name: String(index),
    id: `${run.execution.id}/${label}:${index}`,
    startTime: run.execution.startTime,
  };
  return { ...run, input, execution, itemIndex: index };
}

function assertTolerated(definition: StateDefinition, failures: StateFailure[], itemCount: number): void {
  const percentage = definition.ToleratedFailurePercentage as number | undefined;
  const count = definition.ToleratedFailureCount as number | undefined;
  const overPercentage = failures.length > ((percentage ?? (count === undefined ? 0 : 100)) / 100) * itemCount;
  const overCount = failures.length > (count ?? itemCount);
  if (overPercentage || overCount) {
    const last = failures[failures.length - 1];
    throw new StateFailure(
      'States.ExceedToleratedFailureThreshold',
      `${failures.length} of ${itemCount} items failed, more than tolerated; the last with ${last.message}`,
    );
  }
}

/** One item per line; empty lines are no items. */
async function readItems({ definition, run }: StateVisit, data: unknown, context: StateContext): Promise<unknown[]> {
  const reader = definition.ItemReader as { Parameters: unknown };
  const address = fillTemplate(reader.Parameters, data, context) as { readonly [parameter: string]: unknown };
  const { Bucket: bucket, Key: key, ExpectedBucketOwner: owner } = address;
  const expectedOwner = owner === undefined ? undefined : String(owner);
  const text = await run.services.readObject(String(bucket), String(key), expectedOwner).catch((reason) => {
    const { error, cause } = serviceFailure(reason);
    throw new StateFailure('States.ItemReaderFailed', `s3://${bucket}/${key}: ${error}: ${cause}`);
  });
  return text
    .split('\n')
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => parseItem(line, `s3://${bucket}/${key} line ${number}`));
}

function parseItem(line: string, where: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    throw new StateFailure('States.ItemReaderFailed', `${where} is not JSON: ${(error as Error).message}`);
  }
}
