import type { Evidence } from './evidence';

/**
 * What a cell of the page says.
 *
 * Whether something is refused is found by trying, and what else is known of it has to go with that: a refusal that no test holds, and one that would rest on
 * a source, are mistakes.
 *
 * @param refusals codes of the errors that refuse it; empty where nothing does
 */
export function cellOf(refusals: readonly string[], { tests = {}, source, note }: Evidence): string {
  const links = Object.entries(tests).map(([deed, file]) => `[${deed}](../test/${file})`);
  const rest = note === undefined ? '' : `; ${note}`;
  if (refusals.length > 0) {
    if (links.length === 0) throw new Error(`UntestedRefusal: no test is named that holds ${refusals.join(', ')}`);
    const codes = [...new Set(refusals)].map((code) => `[\`${code}\`](errors.md#${code.toLowerCase()})`);
    return `refused with ${codes.join(', ')}: ${links.join(', ')}${rest}`;
  }
  if (links.length > 0) return `tested: ${links.join(', ')}${rest}`;
  return source ? `documented: [${source[0]}][${source[1]}]${rest}` : `unknown${rest}`;
}
