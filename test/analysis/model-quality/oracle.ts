import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The cases that `test/oracles/model-quality/generate.py` wrote. */
export function oracleCases<T>(name: string): T[] {
  const text = readFileSync(join(__dirname, '../../oracles/model-quality', `${name}.ndjson`), 'utf8');
  const [, ...lines] = text.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

/** Within 1e-9 of the size, or 1e-14. */
export const isClose = (actual: number, expected: number) =>
  Math.abs(actual - expected) <= Math.max(1e-14, 1e-9 * Math.abs(expected));

/** What differs from the oracle, one line each. */
export function differences(
  actual: { readonly [metric: string]: { readonly value: unknown } },
  expected: { readonly [metric: string]: number | null },
): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => {
      const got = actual[name]?.value;
      return typeof value === 'number' && typeof got === 'number' ? !isClose(got, value) : got !== value;
    })
    .map(([name, value]) => `${name} is ${actual[name]?.value} instead of ${value}`);
}
