import { afterWindow, GroupedWindow, type MetricEvidence, type TestState } from '../../../lib/analysis/sequential';
import { casesOf } from './python';

/** A side of a window: of rows their groups and values, of counts and minutes two numbers. */
type Side = readonly [number, number] | readonly [readonly number[], readonly number[]];
type Pair = readonly [Side, Side];

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

interface SequenceCase {
  readonly by: 'shares' | 'means' | 'counts' | 'minutes';
  readonly leastEffect: number;
  readonly windows: readonly (Pair | readonly Pair[])[];
  /** after each window; null where too little is known */
  readonly intervals: readonly (Interval | null)[];
}

/** Where numeric integration ends. */
const RELATIVE = 1e-7;

/** Where confidence sequences are other than an independent program finds them, a line each, and of how many. */
export async function sequencesAgainstDefinition(python: string, seed: number) {
  const cases = casesOf<SequenceCase>(python, 'sequential.py', seed);
  return {
    of: 'confidence sequences and their definition',
    cases: cases.length,
    differences: cases.flatMap(differencesOf),
  };
}

function differencesOf({ by, leastEffect, windows, intervals }: SequenceCase, index: number): string[] {
  const settings = {
    metrics: [{ metric: 'it', by, better: 'higher', leastEffect } as const],
    level: 0.05,
    least: Number.POSITIVE_INFINITY,
    largest: Number.POSITIVE_INFINITY,
  };
  let state: TestState | undefined;
  return windows.flatMap((window, at) => {
    // as if nothing had been decided: each window is compared
    state = {
      ...afterWindow(settings, { elapsed: at, evidence: { it: evidenceOf(by, window) } }, state),
      outcome: undefined,
    };
    const [{ difference }] = state.metrics;
    return isSame(difference, intervals[at])
      ? []
      : [
          `${by}, case ${index}, window ${at}: ${JSON.stringify(difference)} here, and ${JSON.stringify(intervals[at])} there`,
        ];
  });
}

function evidenceOf(by: SequenceCase['by'], window: Pair | readonly Pair[]): MetricEvidence {
  if (by === 'minutes') {
    const measured = ([count, sum]: Side) => ({ count: Number(count), sum: Number(sum) });
    return {
      minutes: (window as Pair[]).map(([one, other]) => ({ reference: measured(one), candidate: measured(other) })),
    };
  }
  const [one, other] = window as Pair;
  const counted = ([count, found]: Side) => ({ count: Number(count), found: Number(found) });
  return by === 'counts'
    ? { counts: { reference: counted(one), candidate: counted(other) } }
    : { rows: rowsOf(one, other) };
}

function rowsOf(...sides: Pair): GroupedWindow {
  const rows = new GroupedWindow();
  for (const [index, side] of [rows.reference, rows.candidate].entries()) {
    const [groups, values] = sides[index] as readonly [readonly number[], readonly number[]];
    for (const [row, group] of groups.entries()) side.add(group, values[row]);
  }
  return rows;
}

function isSame(ours: Interval | undefined, theirs: Interval | null): boolean {
  if (!ours || !theirs) return !ours && !theirs;
  const most = RELATIVE * (theirs.high - theirs.low);
  return (['value', 'low', 'high'] as const).every((end) => Math.abs(ours[end] - theirs[end]) <= most);
}
