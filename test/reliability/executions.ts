import type { ConcludeEvent, MonitorRequest, Plan, PlannedItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as explain } from '../../lib/engine/serverless/handler/explain.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import { invoked } from '../handlers/invocation';
import type { Cloud } from './cloud';
import { ONE_BY_ONE, type Schedule } from './schedule';
import type { Invocation, Stage } from './stage';

const conclude = invoked(concludeHandler);

/** What a state machine hands to *conclude* where a function failed for good. */
const FAILED = { Error: 'States.TaskFailed', Cause: 'the function failed' };

/** An execution of the analysis, and what its machine knows of it. */
interface Execution {
  readonly name: string;
  readonly state: { readonly request: MonitorRequest; readonly execution: string };
}

/** The states of an execution: a plan, its items at once, of attributions a model that is asked, and the conclusion, each of which is tried three times. */
export function execution(cloud: Cloud, request: MonitorRequest, name: string): Invocation {
  const running: Execution = { name, state: { request, execution: name } };
  return {
    name: `${name} plans for ${request.monitor.id}`,
    attempts: 3,
    invoke: () => plan(running.state),
    followers: ({ hasSucceeded, result }) => {
      if (!hasSucceeded) return [conclusion(running, { error: FAILED })];
      const made = result as Plan;
      const lines = made.itemCount ? (cloud.objects.get(`${made.bucket}/${made.key}`) ?? '').trim().split('\n') : [];
      return lines.length === 0 ? [conclusion(running, { plan: made })] : profiles(running, made, lines);
    },
  };
}

function profiles(running: Execution, made: Plan, lines: readonly string[]): Invocation[] {
  let [left, hasFailed] = [lines.length, false];
  return lines.map((line, index) => ({
    name: `${running.name} profiles ${index}`,
    attempts: 3,
    invoke: () => profile({ ...running.state, item: JSON.parse(line) as PlannedItem }),
    followers: (ended) => {
      left -= 1;
      hasFailed ||= !ended.hasSucceeded;
      if (left > 0) return [];
      return [hasFailed ? conclusion(running, { plan: made, error: FAILED }) : judged(running, made)];
    },
  }));
}

/** What comes when all items were read. */
function judged(running: Execution, made: Plan): Invocation {
  const { name, state } = running;
  if (!state.request.explanation) return conclusion(running, { plan: made });
  return {
    name: `${name} explains`,
    attempts: 3,
    invoke: () => explain({ ...state, plan: made }),
    followers: ({ hasSucceeded }) => [conclusion(running, { plan: made, ...(!hasSucceeded && { error: FAILED }) })],
  };
}

function conclusion(running: Execution, event: Partial<ConcludeEvent>): Invocation {
  return {
    name: `${running.name} concludes`,
    attempts: 3,
    invoke: () => conclude({ ...running.state, ...event }),
    followers: ({ hasSucceeded }) =>
      hasSucceeded || event.error ? [] : [conclusion(running, { ...event, error: FAILED })],
  };
}

/** The states of an execution until one of these, by the words of its name; what comes from there on is left to whoever asks for it. */
export function until(state: string, invocation: Invocation, rest: Invocation[]): Invocation {
  const held = (next: Invocation) => {
    if (!next.name.includes(` ${state}`)) return [until(state, next, rest)];
    rest.push(next);
    return [];
  };
  return { ...invocation, followers: (end) => (invocation.followers?.(end) ?? []).flatMap(held) };
}

/** Two executions of which one state takes turns, as a schedule says; what comes before and after it is one by one, and meets no fault. */
export async function inTurns(
  stage: Stage,
  executions: readonly Invocation[],
  [first, behind]: readonly [string, string],
  schedule: Schedule,
): Promise<void> {
  const turning: Invocation[] = [];
  await stage.run(
    executions.map((one) => until(first, one, turning)),
    ONE_BY_ONE,
  );
  const rest: Invocation[] = [];
  await stage.run(
    turning.map((one) => until(behind, one, rest)),
    schedule,
  );
  await stage.run(rest, ONE_BY_ONE);
}
