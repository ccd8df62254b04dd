import type { Home } from '../../lib/core/contract';
import type { Invocation } from '../../lib/runtime/home';

/** Where the functions of the tests run. */
export const HOME: Home = { accountId: '111122223333', region: 'eu-west-1' };

const INVOCATION: Invocation = { invokedFunctionArn: `arn:aws:lambda:${HOME.region}:${HOME.accountId}:function:f` };

/** A handler as Lambda calls it: with its context. */
export function invoked<Event, Result>(
  handler: (event: Event, invocation: Invocation) => Promise<Result>,
): (event: Event) => Promise<Result> {
  return (event) => handler(event, INVOCATION);
}
