import type { Comparison } from './parity-comparison';

/** The violations of a run by a key of each, and what the container wrote of it. */
export interface ViolationSets {
  /** begins the names of the fields: `run 1` */
  readonly part: string;
  readonly expected: ReadonlyMap<string, unknown>;
  readonly actual: ReadonlyMap<string, unknown>;
  /** why the container may have had more than the case holds; absent when the list is whole */
  readonly cut?: string;
  /** the field of a key, and what is named in the list of differences */
  readonly named: (key: string) => { readonly field: string; readonly what: string };
}

/** Compares violations as sets: one verdict for each key that either has, and one for their number; of a list that was cut only for what it holds. */
export function compareViolationSets(
  comparison: Comparison,
  { part, expected, actual, cut, named }: ViolationSets,
): void {
  const count = `${part} violation count`;
  if (cut === undefined) comparison.values(count, 'the file', { expected: expected.size, actual: actual.size });
  else comparison.unavailable(count, cut);
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    const { field, what } = named(key);
    const isCut = cut !== undefined && !expected.has(key);
    if (isCut) comparison.unavailable(`${part} ${field}`, `${what} violates here; ${cut}`);
    else comparison.values(`${part} ${field}`, what, { expected: expected.get(key), actual: actual.get(key) });
  }
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;

/** What a file says of a violation, whatever its kind. */
interface DescribedViolation {
  readonly description: string;
  readonly constraint_check_type: string;
}

/** The numbers of a description apart from its words, so that they compare as doubles. */
export function numbersApart(violation: DescribedViolation | undefined): unknown {
  if (!violation) return 'no violation';
  const { description, constraint_check_type } = violation;
  const numbers = [...description.matchAll(NUMBER)].map(([text]) => Number(text));
  return { numbers, words: description.replace(NUMBER, '#'), constraint_check_type };
}
