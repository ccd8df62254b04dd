import { findings } from '../../examples/birdstrikes/findings';
import type { RehearsalResult, WindowResult } from '../../lib/rehearsal/result';
import { EMPTY_RESULT } from '../rehearsal/report-fixture';

// What the demo says of each kind of monitor, by which it fails.

type Outcome = WindowResult['outcome'];

function windowOf(given: Pick<Outcome, 'monitorKind' | 'status'> & Partial<Outcome>, ...features: string[]) {
  const violations = features.map((feature) => ({ feature, check: 'any' }));
  const outcome = { windowStart: '2026-01-05T02:00:00Z', recordCount: 9, violations, ...given } as Outcome;
  return { outcome, violations: [], distances: [], unreadableCount: 0, hasPage: true };
}

const resultOf = (...windows: WindowResult[]): RehearsalResult => ({ ...EMPTY_RESULT, windows });
const bias = windowOf({ monitorKind: 'ModelBias', status: 'CompletedWithViolations' }, 'night', 'dusk');
const later = windowOf(
  { monitorKind: 'ModelBias', status: 'CompletedWithViolations', windowStart: '2026-01-05T03:00:00Z' },
  'night',
);

test('what a kind found is told once, from its first window on, and is what was expected of drift alone', () => {
  const name = 'bias';
  const detail = 'in 2 of 2 windows with data, from 02:00 on: night, dusk';
  expect(findings(resultOf(bias, later), true)).toEqual([{ name, met: true, detail }]);
  expect(findings(resultOf(bias, later), false)).toEqual([{ name, met: false, detail }]);
});

test('a kind that found nothing is what was expected without drift, and each kind is asked for itself', () => {
  const quiet = windowOf({ monitorKind: 'ModelQuality', status: 'Completed' });
  const watched = windowOf({ monitorKind: 'ModelQuality', status: 'Watch' }, 'auc');
  const [quality, found] = findings(resultOf(bias, quiet, watched), true);
  expect(quality).toEqual({ name: 'decay of quality', met: false, detail: 'none in 2 windows with data' });
  expect(found).toMatchObject({ name: 'bias', met: true });
  expect(findings(resultOf(quiet), false)).toMatchObject([{ met: true }]);
});

test('windows without data say nothing, and a kind that has no others is not what was expected', () => {
  const empty = windowOf({ monitorKind: 'DataQuality', status: 'NoData', recordCount: 0 });
  expect(findings(resultOf(empty), false)).toMatchObject([{ met: false, detail: 'none in 0 windows with data' }]);
  expect(findings(resultOf(), true)).toEqual([]);
});
