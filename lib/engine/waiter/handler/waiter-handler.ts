import type { Home } from '../../../core/contract';
import { errorWords } from '../../../outcome/execution-error';
import { type Answer, answer, type CustomResourceOutcome, respond } from '../../../runtime/custom-resource';
import { malformedRequest } from '../../../runtime/failure';
import { homeOf, type Invocation } from '../../../runtime/home';
import { log } from '../../../runtime/log';
import type { AwaitedRequest, Progress, WaiterEvent, WaiterState } from '../contract';

/** Work that a deployment waits for. Everything may be called again. */
export interface AwaitedWork<R extends AwaitedRequest, P extends Progress> {
  /** does what can be done now, and says how far it is; what it throws is tried again by the machine, or fails the work */
  readonly advance: (state: WaiterState<R, P>, home: Home) => Promise<P>;
  /** finishes what has completed, and returns the attributes of the custom resource; nothing where absent */
  readonly finish?: (request: R) => Promise<{ readonly [attribute: string]: string }>;
  /** tells how it ended; the custom resource where absent */
  readonly tell?: (request: R, outcome: CustomResourceOutcome) => Promise<void>;
}

/** The function of a waiter's steps. */
export function waiterHandler<R extends AwaitedRequest, P extends Progress>(work: AwaitedWork<R, P>) {
  return async ({ step, state }: WaiterEvent<R, P>, invocation: Invocation): Promise<WaiterState<R, P> | Answer> => {
    if (step === 'conclude') return conclude(work, state);
    if (step !== 'advance') throw malformedRequest("'step' is neither 'advance' nor 'conclude'");
    const progress = await work.advance(state, homeOf(invocation));
    log(progress.status, { requestId: state.request.callback.requestId, reason: progress.reason });
    return { ...state, progress };
  };
}

/** Seconds since the execution began. */
export function elapsedSeconds({ startTime }: { readonly startTime: string }): number {
  return (Date.now() - Date.parse(startTime)) / 1000;
}

async function conclude<R extends AwaitedRequest, P extends Progress>(
  { finish, tell = respondTo }: AwaitedWork<R, P>,
  { request, progress, error }: WaiterState<R, P>,
): Promise<Answer> {
  const fulfil = async (): Promise<CustomResourceOutcome> => {
    if (error) return { status: 'FAILED', reason: errorWords(error) };
    if (!progress) throw malformedRequest("the state has neither 'progress' nor 'error'");
    if (progress.status !== 'Completed') return { status: 'FAILED', reason: progress.reason };
    return { status: 'SUCCESS', data: await finish?.(request) };
  };
  return answer(request.callback, fulfil, (outcome) => tell(request, outcome));
}

function respondTo({ callback }: AwaitedRequest, outcome: CustomResourceOutcome): Promise<void> {
  return respond(callback, outcome);
}
