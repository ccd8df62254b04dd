/** JSON as it travels in events, templates and state inputs. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Tells whether an EventBridge event pattern matches an event; throws EventPatternError on a pattern it does not know. */
export function matchesPattern(_pattern: unknown, _event: unknown): boolean {
  throw new Error('not there yet');
}
