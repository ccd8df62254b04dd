import { type AnalysisFiles, modelQualityAnalysis } from '../../../../lib/analysis';
import type { EstimatedQualityFile, ModelQualityConstraints } from '../../../../lib/analysis/model-quality/schemas';
import { captured, truth } from '../../../../tools/verify/peers/window';
import { BINARY } from '../rows';
import { baselineOfLines, checkedWindow } from './checked-window';
import { drawing, drawnRows, type Row, type Traffic } from './drawn';

const next = drawing(5);

async function baselineOf(rows: readonly Row[], followsContainer = false): Promise<AnalysisFiles> {
  const problem = { ...BINARY, probabilityAttribute: 'score' };
  const lines = rows.map(({ score, isPositive }) => `${score},${Number(isPositive)}`);
  return baselineOfLines(['score,label', ...lines], { problem, followsContainer });
}

/** The window of some rows, of which so many have a label. */
function windowOf(rows: readonly Row[], labelled = rows.length, followsContainer = false) {
  const analysis = modelQualityAnalysis({ problem: BINARY, followsContainer });
  const meeting = analysis.meeting?.();
  const lines = {
    records: rows.map(({ score }, id) => captured(id, '0', String(score))),
    labels: rows.slice(0, labelled).map(({ isPositive }, id) => truth(id, String(Number(isPositive)))),
  };
  for (const content of ['records', 'labels'] as const) {
    const reader = analysis.reader();
    const file = reader.file(`${content}.jsonl`, content);
    file.push(Buffer.from(lines[content].map((line) => `${line}\n`).join('')));
    file.end();
    meeting?.add(analysis.encodeRanges?.(reader.finish()) ?? new Uint8Array());
  }
  const window = meeting?.judged();
  if (!window) throw new Error('no meeting');
  return window;
}

const foundIn = (traffic: Traffic, baseline: AnalysisFiles, labelled?: number) =>
  checkedWindow(windowOf(drawnRows('overconfident', 1_000, traffic, next), labelled), baseline);

let baseline: AnalysisFiles;

beforeAll(async () => {
  baseline = await baselineOf(drawnRows('overconfident', 5_000, {}, next));
});

test('a baseline keeps how its probabilities are read, and the container does not', async () => {
  expect(baseline['constraints.json']).toMatchObject({ calibration: { isCalibrated: true } });
  const container = await baselineOf(drawnRows('overconfident', 500, {}, next), true);
  expect(container['constraints.json']).not.toHaveProperty('calibration');
});

test('where only the features move, labels show what was estimated', async () => {
  const { drifts, estimate, notEvaluated } = await foundIn({ mean: 0.8, spread: 0.7 }, baseline);
  expect(drifts).toEqual([]);
  expect(notEvaluated).toEqual([]);
  expect(estimate.rows).toBe(1_000);
  expect(estimate.gaps.map(({ metric }) => metric)).toEqual([
    'accuracy',
    'precision',
    'recall',
    'true_negative_rate',
    'f1',
    'auc',
  ]);
  expect(estimate.estimates.accuracy).toEqual([expect.any(Number), expect.any(Number)]);
});

test('where labels follow another rule, concept drift is found, with its figures', async () => {
  const { drifts, estimate } = await foundIn({ turned: 0.2 }, baseline);
  const [gap] = estimate.gaps;
  expect(drifts[0]).toEqual({
    entry: {
      constraint_check_type: 'concept_drift_check',
      description: `Metric accuracy with ${gap.realized} is below the ${gap.estimated} +/- ${gap.standardError} that the probabilities of the model let expect`,
      metric_name: 'accuracy',
    },
    observed: gap.realized,
    expected: gap.estimated,
    pValue: gap.pValue,
  });
  expect(gap.realized).toBeLessThan(gap.estimated);
});

test('without a label the quality is estimated', () => {
  const { files = {} } = windowOf(drawnRows('overconfident', 1_000, {}, next), 0).expected?.(baseline) ?? {};
  const { estimates, gaps, rows, notCompared } = (files as AnalysisFiles)[
    'estimated_quality.json'
  ] as EstimatedQualityFile;
  expect({ gaps, rows }).toEqual({ gaps: [], rows: 1_000 });
  expect(notCompared).toBe('the window has 0 rows with a label, and needs 30 for it');
  expect(estimates.accuracy[0]).toBeGreaterThan(0.6);
});

test('with fewer than 30 labels nothing is compared, which is said', async () => {
  const { notEvaluated, estimate } = await foundIn({ turned: 0.5 }, baseline, 29);
  expect(notEvaluated).toContainEqual({
    feature: '',
    check: 'concept_drift_check',
    reason:
      'labels are not compared with what the probabilities let expect: the window has 29 rows with a label, and needs 30 for it',
    isUnasked: true,
  });
  expect(estimate.gaps).toEqual([]);
  expect((await foundIn({}, baseline, 30)).estimate.gaps.length).toBeGreaterThan(0);
});

test('a baseline that cannot be calibrated says why, and so does each run', async () => {
  const few = await baselineOf(drawnRows('calibrated', 50, {}, next));
  expect(few['constraints.json']).toMatchObject({
    calibration: { refusal: 'the baseline has 50 rows, and needs 100 for it' },
  });
  const { notEvaluated, drifts } = await foundIn({ turned: 0.5 }, few);
  expect(drifts).toEqual([]);
  expect(notEvaluated.map(({ reason }) => reason)).toContain(
    'labels are not compared with what the probabilities let expect: the baseline has 50 rows, and needs 100 for it',
  );
});

describe('scores of a window that are no probabilities', () => {
  const beyond = (count: number) => {
    const rows = drawnRows('overconfident', 1_000, { turned: 0.2 }, drawing(7));
    return rows.map((row, index) => (index < count ? { ...row, score: index % 2 === 0 ? 2 : -1 } : row));
  };
  const found = async (count: number) => {
    const made = await windowOf(beyond(count)).check(baseline);
    if ('refusal' in made) throw new Error(made.refusal);
    return { ...made, estimate: made.files['estimated_quality.json'] as EstimatedQualityFile };
  };

  test('are said where there are more than a hundredth of them', async () => {
    const { notEvaluated, estimate } = await found(11);
    const why = '11 of 1000 predictions have a probability below 0 or above 1';
    expect(estimate).toEqual({ rows: 1_000, outside: 11, estimates: {}, gaps: [], notCompared: why });
    expect(notEvaluated.map(({ reason }) => reason)).toContain(
      `labels are not compared with what the probabilities let expect: ${why}`,
    );
  });

  test('count as 0 and 1 otherwise: no stranger decides that nothing is found', async () => {
    const [few, none] = [await found(10), await found(0)];
    expect(few.estimate).toMatchObject({ rows: 1_000, outside: 10 });
    expect(few.estimate.gaps.map(({ metric }) => metric)).toEqual(none.estimate.gaps.map(({ metric }) => metric));
    const checks = few.violations.map(
      ({ entry }) => (entry as { constraint_check_type: string }).constraint_check_type,
    );
    expect(checks).toContain('concept_drift_check');
    expect(Math.abs(few.estimate.estimates.accuracy[0] - none.estimate.estimates.accuracy[0])).toBeLessThan(0.01);
    expect(none.estimate).not.toHaveProperty('outside');
  });
});

test("a baseline of an earlier version, and the container's rules, know of no probabilities", async () => {
  const { calibration, ...earlier } = baseline['constraints.json'] as ModelQualityConstraints;
  const rows = drawnRows('overconfident', 500, { turned: 0.5 }, next);
  for (const [window, files] of [
    [windowOf(rows), { ...baseline, 'constraints.json': earlier }],
    [windowOf(rows, 500, true), baseline],
  ] as const) {
    const found = await window.check(files);
    expect('files' in found && Object.keys(found.files)).toEqual(['statistics.json', 'constraints.json']);
    expect(window.expected?.(files)).toBeUndefined();
  }
});
