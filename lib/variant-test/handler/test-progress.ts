import { afterWindow, type MetricSums, type TestSettings as SequentialSettings, type TestState } from '../../analysis';
import type { TestEvidence } from '../../outcome/comparison/contract';
import type { KeptTest, TestSettings } from '../contract';
import type { TestedWindow, WindowWalk } from './window-walk';

const HOUR = 3_600_000;

/**
 * How far a test is with the last of some windows. A window that another one has a part of is counted once, with the first of the two. Undefined before the first that
 * counts.
 */
export function testProgress(settings: TestSettings, { before, windows }: WindowWalk): KeptTest | undefined {
  let kept = before && ended(before);
  for (const window of windows) kept = withWindow(settings, window, kept && ended(kept));
  return kept;
}

/** Of a window before, what it has decided is new no more. */
const ended = ({ isNew, ...kept }: KeptTest): KeptTest => ({ ...kept, done: [] });

function withWindow(settings: TestSettings, window: TestedWindow, before: KeptTest | undefined): KeptTest {
  const { start, end, evidence } = window;
  if (before && (before.outcome || start < before.until)) return before;
  const since = before?.since ?? start;
  const { metric, reference, candidate } = evidence;
  const added = { [metric]: { rows: { reference, candidate } } };
  const elapsed = (Date.parse(end) - Date.parse(since)) / HOUR;
  const after = afterWindow(sequential(settings, evidence), { elapsed, evidence: added }, stateOf(before));
  return {
    version: '1',
    test: settings.key,
    since,
    until: end,
    windows: after.windows,
    metrics: after.metrics.map((one) => ({ metric: one.metric, difference: one.difference, sums: one.sums })),
    ...(after.outcome && { outcome: after.outcome, isNew: true }),
    done: [],
  };
}

const stateOf = (before: KeptTest | undefined): TestState | undefined =>
  before && { ...before, metrics: before.metrics.map((one) => ({ ...one, sums: one.sums as MetricSums })) };

function sequential(
  { leastEffect, level, leastHours: least, largestHours: largest }: TestSettings,
  { metric }: TestEvidence,
): SequentialSettings {
  const by =
    metric === 'accuracy' ? ({ by: 'shares', better: 'higher' } as const) : ({ by: 'means', better: 'lower' } as const);
  return { metrics: [{ metric, leastEffect, ...by }], level, least, largest };
}
