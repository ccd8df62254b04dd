import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  checkModelQuality,
  type ModelQualityStatistics,
  type QualityProblem,
  QualityProfile,
  qualityStatistics,
  suggestQualityConstraints,
} from '../../lib/analysis';
import { run } from '../../lib/cli/main';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parity-model-quality-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function parity(files: { readonly [name: string]: unknown }) {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), JSON.stringify(content));
  const lines: string[] = [];
  const code = await run(['parity', folder], { out: (line) => lines.push(line), error: (line) => lines.push(line) });
  return { code, text: lines.join('\n') };
}

const PROBLEM: QualityProblem = { type: 'BinaryClassification', probabilityAttribute: '0' };

/** Statistics of rows with these probabilities; every other row is positive. */
function statisticsOf(scores: readonly number[]): ModelQualityStatistics {
  const profile = new QualityProfile(PROBLEM);
  for (const [index, score] of scores.entries()) {
    const actual = index % 2 === 0 ? '1' : '0';
    profile.add({ actual, predicted: score > 0.5 ? '1' : '0', score }, String(index));
  }
  const result = qualityStatistics(profile);
  if ('refusal' in result) throw new Error(result.refusal);
  return result.statistics;
}

const baseline = statisticsOf([0.9, 0.1, 0.8, 0.2]);
const statistics = statisticsOf([0.9, 0.7, 0.3, 0.2]);
const baselineConstraints = suggestQualityConstraints(baseline);
const { violations } = checkModelQuality({ statistics, baselineConstraints });

const files = {
  'case.json': {
    title: 'own',
    kind: 'model-quality',
    build: 'deequ-2.0',
    baseline: { statistics: 'baseline.json', constraints: 'constraints.json' },
    runs: [{ name: 'one', statistics: 'statistics.json', violations: 'violations.json' }],
    absent: ['inputs'],
  },
  'baseline.json': baseline,
  'constraints.json': baselineConstraints,
  'statistics.json': statistics,
  'violations.json': { violations },
};

test('a case of equal files is the same in every field, and says what it does not compare', async () => {
  const { code, text } = await parity({ ...files, 'violations.json': { violations: [...violations].reverse() } });
  expect(text).toContain('not available: run one statistics: rows are not compared; inputs');
  expect(text).not.toContain('different:');
  expect(code).toBe(0);
});

test('a violation that is missing, and one in other words, are named', async () => {
  const [first, ...rest] = violations;
  const others = [{ ...first, description: 'worse' }, ...rest.slice(1)];
  const { code, text } = await parity({ ...files, 'violations.json': { violations: others } });
  expect(text).toContain(`different: run one violation count of the file: ${violations.length} instead of`);
  expect(text).toContain(`different: run one violations of ${first.metric_name}`);
  expect(text).toContain(`different: run one violations of ${rest[0].metric_name}`);
  expect(code).toBe(1);
});

test('constraints and metrics that do not follow from the file are named', async () => {
  const metrics = baseline.binary_classification_metrics;
  const wrong = {
    ...baseline,
    binary_classification_metrics: { ...metrics, auc: { value: 0.25 }, f2: { value: 0.5 } },
  };
  const { code, text } = await parity({ ...files, 'baseline.json': wrong });
  expect(text).toContain('different: baseline auc of the statistics: 1 instead of 0.25');
  expect(text).toContain('different: baseline f2 of the statistics: 1 instead of 0.5');
  expect(text).toContain('different: baseline constraints of auc');
  expect(code).toBe(1);
});
