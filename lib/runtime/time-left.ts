/** What Lambda tells a function about the time that it has left, beside the event. */
export interface Timed {
  getRemainingTimeInMillis(): number;
}

/**
 * Says whether less time is left to a function than it needs to end well. Without its context, as where no Lambda runs it, time is never over.
 *
 * @param needed milliseconds
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-context.html
 */
export function timeIsOver(context: Timed | undefined, needed: number): () => boolean {
  return () => context !== undefined && context.getRemainingTimeInMillis() < needed;
}
