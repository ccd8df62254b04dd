/** A metric's value as files and oracles have it. */
export type Figure = number | string | null;

/** 1e-9 relative or 1e-14 absolute; texts and null have to be the same. */
export function isClose(actual: Figure, expected: Figure, relative = 1e-9): boolean {
  if (typeof actual !== 'number' || typeof expected !== 'number') return actual === expected;
  const gap = Math.abs(actual - expected);
  return gap <= 1e-14 || gap <= relative * Math.max(Math.abs(actual), Math.abs(expected));
}

/** What differs, in words; empty when nothing does. */
export function differences(
  actual: Record<string, Figure>,
  expected: Record<string, Figure>,
  relative?: number,
): string[] {
  return Object.entries(expected)
    .filter(([name, value]) => !(name in actual) || !isClose(actual[name], value, relative))
    .map(([name, value]) => `${name} is ${actual[name]}, not ${value}`);
}
