import { type AnalysisFiles, modelQualityAnalysis, type QualityProblem } from '../../../../lib/analysis';
import type { ModelQualityConstraints } from '../../../../lib/analysis/model-quality/schemas';
import { captured, truth } from '../../../../tools/verify/peers/window';
import { baselineOfLines, checkedWindow } from './checked-window';
import { type ClassifiedRow, drawnClasses, LABELS, type Traffic } from './class-drawn';
import { drawing } from './drawn';

// Captured records with the probabilities of several labels, read apart from their labels and met by ranges, against a labelled baseline.

const next = drawing(95);

const PROBLEM: QualityProblem = {
  type: 'MulticlassClassification',
  inferenceAttribute: '0',
  probabilityAttributes: { cat: '1', dog: '2', hen: '3' },
};

async function baselineOf(rows: readonly ClassifiedRow[], labels: readonly string[] = LABELS): Promise<AnalysisFiles> {
  const problem = {
    ...PROBLEM,
    inferenceAttribute: 'said',
    probabilityAttributes: { cat: 'p_cat', dog: 'p_dog', hen: 'p_hen' },
  };
  const lines = rows.map(({ predicted, probabilities, actual }) =>
    [LABELS[predicted], ...probabilities, labels[actual]].join(),
  );
  return baselineOfLines(['said,p_cat,p_dog,p_hen,label', ...lines], { problem });
}

/** How answers are written. */
const FORMATS = {
  csv: ({ predicted, probabilities }: ClassifiedRow) => [LABELS[predicted], ...probabilities].join(),
  odd: ({ predicted, probabilities }: ClassifiedRow) =>
    [` ${LABELS[predicted]} `, ...probabilities.map((p) => ` ${p.toExponential()}`)].join(),
} as const;

function windowOf(
  rows: readonly ClassifiedRow[],
  baseline: AnalysisFiles,
  { parts = 1, format = 'csv' }: { readonly parts?: number; readonly format?: keyof typeof FORMATS } = {},
) {
  const analysis = modelQualityAnalysis({ problem: PROBLEM });
  const meeting = analysis.meeting?.(undefined, baseline);
  const lines = {
    records: rows.map((row, id) => captured(id, '0', FORMATS[format](row))),
    labels: rows.map(({ actual }, id) => truth(id, LABELS[actual])),
  };
  for (const content of ['records', 'labels'] as const) {
    for (let part = 0; part < parts; part += 1) {
      const own = lines[content].filter((_, index) => index % parts === part);
      const reader = analysis.reader(true);
      const file = reader.file(`${content}.jsonl`, content);
      file.push(Buffer.from(own.map((line) => `${line}\n`).join('')));
      file.end();
      meeting?.add(analysis.encodeRanges?.(reader.finish()) ?? new Uint8Array());
    }
  }
  const window = meeting?.judged();
  if (!window) throw new Error('no meeting');
  return window;
}

const foundIn = (traffic: Traffic, baseline: AnalysisFiles) =>
  checkedWindow(windowOf(drawnClasses('overconfident', 1_000, traffic, next), baseline), baseline);

let baseline: AnalysisFiles;

beforeAll(async () => {
  baseline = await baselineOf(drawnClasses('overconfident', 5_000, {}, next));
});

test('a baseline keeps how the probabilities of each label are read', () => {
  const { calibration } = baseline['constraints.json'] as ModelQualityConstraints;
  expect(calibration).toMatchObject({ classes: { cat: { isCalibrated: true }, dog: {}, hen: {} } });
});

test('where only the features move, labels show what was estimated', async () => {
  const { drifts, estimate, notEvaluated } = await foundIn({ mean: 0.5, spread: 0.8 }, baseline);
  expect([drifts, notEvaluated]).toEqual([[], []]);
  expect(estimate).toMatchObject({ rows: 1_000 });
  expect(estimate.gaps.map(({ metric }) => metric)).toEqual([
    'accuracy',
    'macro_precision',
    'macro_recall',
    'macro_true_negative_rate',
    'macro_f1',
    'macro_auc',
  ]);
});

test('where labels follow another rule, concept drift is found, with its figures, and what is remembered for decay', async () => {
  const { drifts, estimate, quality } = await foundIn({ turned: 0.2 }, baseline);
  const [gap] = estimate.gaps;
  expect(drifts[0]).toMatchObject({
    entry: { constraint_check_type: 'concept_drift_check', metric_name: 'accuracy' },
    observed: gap.realized,
    expected: gap.estimated,
  });
  expect(Object.keys(quality?.estimated ?? {})).toEqual(['accuracy', 'weighted_precision', 'weighted_f1']);
});

test('estimates are the same to the bit in however many parts records were read, and whether their fields are plain or not', async () => {
  const rows = drawnClasses('overconfident', 500, {}, next);
  const fileOf = async (options: Parameters<typeof windowOf>[2]) => {
    const found = await windowOf(rows, baseline, options).check(baseline);
    return 'files' in found && found.files['estimated_quality.json'];
  };
  const whole = await fileOf({});
  expect(whole).toMatchObject({ rows: 500, estimates: { accuracy: [expect.any(Number), expect.any(Number)] } });
  for (const parts of [2, 3, 7]) expect(await fileOf({ parts })).toEqual(whole);
  expect(await fileOf({ parts: 5, format: 'odd' })).toEqual(whole);
});

test('merged parts come to what parts that meet by ranges do', async () => {
  const rows = drawnClasses('overconfident', 400, {}, next);
  const analysis = modelQualityAnalysis({ problem: PROBLEM });
  const parts = (['records', 'labels'] as const).map((content) => {
    const reader = analysis.reader();
    const file = reader.file(`${content}.jsonl`, content);
    const lines = rows.map((row, id) =>
      content === 'labels' ? truth(id, LABELS[row.actual]) : captured(id, '0', FORMATS.csv(row)),
    );
    file.push(Buffer.from(lines.map((line) => `${line}\n`).join('')));
    file.end();
    return analysis.decode(analysis.encode(reader.finish()));
  });
  const merged = await analysis.check(analysis.merge(parts), baseline);
  const met = await windowOf(rows, baseline).check(baseline);
  expect('files' in merged && merged.files['estimated_quality.json']).toEqual(
    'files' in met && met.files['estimated_quality.json'],
  );
});

test('a record without one of the probabilities cannot be read', () => {
  const analysis = modelQualityAnalysis({ problem: PROBLEM });
  const reader = analysis.reader();
  const file = reader.file('records.jsonl', 'records');
  file.push(
    Buffer.from(
      ['cat,0.2,0.8', 'cat,0.2,0.8,none', 'cat,0.2,0.7,0.1'].map((body, id) => `${captured(id, '0', body)}\n`).join(''),
    ),
  );
  file.end();
  expect(analysis.counts(reader.finish())).toMatchObject({ unreadableCount: 2 });
});

test('a baseline of other labels, of none, and of an earlier version is said', async () => {
  const rows = drawnClasses('overconfident', 200, {}, next);
  const { calibration, ...earlier } = baseline['constraints.json'] as ModelQualityConstraints;
  const { classes } = calibration as { classes: Record<string, object> };
  const with_ = (changed?: object) => ({ ...baseline, 'constraints.json': { ...earlier, ...changed } });
  const estimateOf = async (files: AnalysisFiles) => {
    const found = await windowOf(rows, files).check(files);
    return 'files' in found && found.files['estimated_quality.json'];
  };
  expect(await estimateOf(with_())).toBeUndefined();
  const notCompared = 'the baseline was made of other probabilities';
  const { hen, ...others } = classes;
  for (const other of [{ classes: others }, hen])
    expect(await estimateOf(with_({ calibration: other }))).toMatchObject({ rows: 200, notCompared });
  expect(await estimateOf(with_({ calibration: { refusal: 'too few' } }))).toMatchObject({ notCompared: 'too few' });
});

test('the probability of the predicted label alone estimates nothing', async () => {
  const problem: QualityProblem = {
    type: 'MulticlassClassification',
    inferenceAttribute: '0',
    probabilityAttribute: '1',
  };
  const analysis = modelQualityAnalysis({
    problem: { ...problem, inferenceAttribute: 'said', probabilityAttribute: 'p' },
    groundTruthAttribute: 'label',
  });
  const reader = analysis.reader();
  const file = reader.file('baseline.csv');
  file.push(Buffer.from(`said,p,label\n${'1,0.9,1\n2,0.8,2\n0,0.7,1\n'.repeat(60)}`));
  file.end();
  const made = await analysis.baseline(reader.finish());
  expect('files' in made && made.files['constraints.json']).toHaveProperty('calibration', undefined);
});

/** What is left of captured answers, for a problem. */
function extractOf(problem: QualityProblem, answers: readonly string[]): Buffer {
  const analysis = modelQualityAnalysis({ problem });
  const reader = analysis.reader(true);
  const file = reader.file('records.jsonl', 'records');
  file.push(Buffer.from(answers.map((answer, id) => `${captured(id, '0', answer)}\n`).join('')));
  file.end();
  return Buffer.from(analysis.encodeRanges?.(reader.finish()) ?? '');
}

test('of probabilities that are not asked for an extract holds nothing, byte for byte', () => {
  const rows = drawnClasses('calibrated', 400, {}, next);
  const answers = rows.map((row) => FORMATS.csv(row));
  const labelsAlone = answers.map((answer) => answer.split(',')[0]);
  const { probabilityAttributes: _, ...unasked } = PROBLEM;
  expect(extractOf(unasked, answers).equals(extractOf(unasked, labelsAlone))).toBe(true);
  expect(extractOf(PROBLEM, answers).length).toBeGreaterThan(extractOf(unasked, answers).length);
});
