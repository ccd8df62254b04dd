/**
 * Writes one decision as one line of JSON to the function's log.
 *
 * Neither a response URL (it is a secret) nor a row of data belongs into `facts`.
 *
 * ```json
 * {"decision":"declined","reason":"CoolDown","eventId":"..."}
 * ```
 */
export function log(decision: string, facts: { readonly [name: string]: unknown } = {}): void {
  console.log(JSON.stringify({ decision, ...facts }));
}
