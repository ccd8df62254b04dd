import { findings } from '../../examples/birdstrikes/findings';
import { story } from '../../examples/birdstrikes/story';
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
  const name = 'bias drift';
  const detail = 'in 2 of 2 windows with data, from 02:00 on: night, dusk';
  expect(findings(resultOf(bias, later), true)).toEqual([{ name, met: true, detail }]);
  expect(findings(resultOf(bias, later), false)).toEqual([{ name, met: false, detail }]);
});

test('a kind that found nothing is what was expected without drift, and each kind is asked for itself', () => {
  const quiet = windowOf({ monitorKind: 'ModelQuality', status: 'Completed' });
  const watched = windowOf({ monitorKind: 'ModelQuality', status: 'Watch' }, 'auc');
  const [quality, found] = findings(resultOf(bias, quiet, watched), true);
  expect(quality).toEqual({ name: 'loss of quality', met: false, detail: 'none in 2 windows with data' });
  expect(found).toMatchObject({ name: 'bias drift', met: true });
  expect(findings(resultOf(quiet), false)).toMatchObject([{ met: true }]);
});

test('windows without data say nothing, and a kind that has no others is not what was expected', () => {
  const empty = windowOf({ monitorKind: 'DataQuality', status: 'NoData', recordCount: 0 });
  expect(findings(resultOf(empty), false)).toMatchObject([{ met: false, detail: 'none in 0 windows with data' }]);
  expect(findings(resultOf(), true)).toEqual([]);
});

describe('the four words', () => {
  const violation = (feature: string, check: string, observed: number) => ({
    ...{ feature, check, observed, expected: 0.1, confirmed: true, description: '' },
  });
  const data = (...violations: ReturnType<typeof violation>[]) =>
    windowOf({ monitorKind: 'DataQuality', status: 'CompletedWithViolations', violations });
  const quality = (...violations: ReturnType<typeof violation>[]) =>
    windowOf({ monitorKind: 'ModelQuality', status: 'CompletedWithViolations', violations });
  const drift = 'baseline_drift_check';

  test('are told apart by check, and by whether answers moved or anything else, with figures from the reports', () => {
    const windows = [
      data(violation('age', drift, 0.3)),
      data(violation('age', drift, 0.2), violation('score', drift, 0.5)),
    ];
    const all = [...windows, quality(violation('auc', 'concept_drift_check', 0.05))];
    expect(story(resultOf(...all), 'score')).toEqual([
      'data drift        found in 2 of 2 windows, from 02:00 on: age 0.20 to 0.30 (of 0.10)',
      'prediction drift  found in 1 of 2 windows, from 02:00 on: score 0.50 (of 0.10)',
      'concept drift     found in 1 of 1 window, from 02:00 on: auc 0.05 (of 0.10)',
      'model decay       not found in 1 window: it takes a fall from window to window over ten of them',
    ]);
  });

  test('are not looked for where no window was analysed', () => {
    expect(story(resultOf(), 'score').map((line) => line.slice(18))).toEqual(
      Array.from({ length: 4 }, () => 'not looked for: no window was analysed'),
    );
  });

  test('are not found by what is not confirmed, nor by another check', () => {
    const unsure = { ...violation('age', drift, 0.3), confirmed: false };
    const found = story(resultOf(data(unsure, violation('score', 'completeness_check', 0.3))), 'score');
    expect(found.map((line) => line.slice(18))).toEqual([
      'not found in 1 window',
      'not found in 1 window',
      'not looked for: what came of the predictions is not known',
      'not looked for: what came of the predictions is not known',
    ]);
  });
});
