/** What became of a comparison. `rounding`: doubles that differ by less than 1e-9 of their size. */
export const VERDICTS = ['identical', 'rounding', 'different', 'unavailable'] as const;
/** What became of one comparison. */
export type Verdict = (typeof VERDICTS)[number];

const ROUNDING = 1e-9;
const MAX_LISTED = 50;

/** Verdicts by field, with the differences in words. */
export class Comparison {
  readonly fields = new Map<string, Record<Verdict, number>>();
  readonly differences: string[] = [];
  readonly notes = new Set<string>();

  /** Compares one value. `what` names it in the list of differences. */
  values(field: string, what: string, pair: { readonly expected: unknown; readonly actual: unknown }): void {
    const verdict = verdictOf(pair.expected, pair.actual);
    this.count(field, verdict);
    if (verdict === 'different') {
      this.differences.push(`${field} of ${what}: ${brief(pair.actual)} instead of ${brief(pair.expected)}`);
    }
  }

  unavailable(field: string, why: string, count = 1): void {
    for (let index = 0; index < count; index++) this.count(field, 'unavailable');
    this.notes.add(`${field}: ${why}`);
  }

  total(verdict: Verdict): number {
    let sum = 0;
    for (const counts of this.fields.values()) sum += counts[verdict];
    return sum;
  }

  /** The table, then the differences, then why something is not available. */
  lines(): string[] {
    const width = Math.max(10, ...[...this.fields.keys()].map((field) => field.length));
    const cells = (values: readonly (string | number)[]) => values.map((value) => String(value).padStart(16)).join('');
    return [
      `${'field'.padEnd(width)}${cells(['identical', 'within rounding', 'different', 'not available'])}`,
      ...Array.from(
        this.fields,
        ([field, counts]) => field.padEnd(width) + cells(VERDICTS.map((each) => counts[each])),
      ),
      `${'total'.padEnd(width)}${cells(VERDICTS.map((each) => this.total(each)))}`,
      ...this.differences.slice(0, MAX_LISTED).map((difference) => `different: ${difference}`),
      ...[...this.notes].map((note) => `not available: ${note}`),
    ];
  }

  private count(field: string, verdict: Verdict): void {
    const counts = this.fields.get(field) ?? { identical: 0, rounding: 0, different: 0, unavailable: 0 };
    counts[verdict] += 1;
    this.fields.set(field, counts);
  }
}

const RANK: Verdict[] = ['identical', 'rounding', 'different'];

/** The worst verdict within two JSON values; lists are compared item by item, objects key by key. */
function verdictOf(expected: unknown, actual: unknown): Verdict {
  if (typeof expected === 'number' && typeof actual === 'number') return numberVerdict(expected, actual);
  if (!isCompound(expected) || !isCompound(actual)) return expected === actual ? 'identical' : 'different';
  if (Array.isArray(expected) !== Array.isArray(actual)) return 'different';
  const keys = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  let worst = 0;
  for (const key of keys) worst = Math.max(worst, RANK.indexOf(verdictOf(expected[key], actual[key])));
  return RANK[worst];
}

const isCompound = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function numberVerdict(expected: number, actual: number): Verdict {
  if (expected === actual || (Number.isNaN(expected) && Number.isNaN(actual))) return 'identical';
  const size = Math.max(Math.abs(expected), Math.abs(actual));
  return Math.abs(expected - actual) <= ROUNDING * size ? 'rounding' : 'different';
}

function brief(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 160 ? `${text.slice(0, 160)}...` : text;
}
