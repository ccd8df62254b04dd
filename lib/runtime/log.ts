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
  console.log(JSON.stringify({ decision, ...facts }).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escaped));
}

/** What is not printable, as JSON writes it: strangers choose names, and terminals find orders in them. */
const escaped = (text: string): string =>
  Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
