import {
  type ModelQualityStatistics,
  modelQualityAnalysis,
  type ProblemType,
  type QualityProblem,
} from '../../../lib/analysis';
import { differences, type Figures } from './differences';
import { casesOf } from './python';
import { captured, filesOf, truth } from './window';

interface QualityCase {
  readonly name: string;
  readonly type: ProblemType;
  readonly labels: readonly string[];
  /** what the model answered */
  readonly answers: readonly string[];
  readonly expected: { readonly [metric: string]: number };
  /** by actual and predicted label */
  readonly matrix?: { readonly [actual: string]: Figures };
}

/** What model quality says otherwise than scikit-learn, a line each, and of how many cases. */
export async function qualityAgainstScikitLearn(python: string, seed: number) {
  const cases = casesOf<QualityCase>(python, 'model_quality.py', seed);
  const found = await Promise.all(cases.map(differencesOf));
  return { of: 'model quality and scikit-learn', cases: cases.length, differences: found.flat() };
}

async function differencesOf({ name, type, labels, answers, expected, matrix = {} }: QualityCase): Promise<string[]> {
  const files = await filesOf(modelQualityAnalysis({ problem: problemOf(type) }), {
    records: answers.map((answer, id) => captured(id, '0', answer)),
    labels: labels.map((label, id) => truth(id, label)),
  });
  const { metrics, confusion } = metricsOf(files['statistics.json'] as ModelQualityStatistics);
  const ofMatrix = Object.entries(matrix).map(([actual, row]) =>
    differences(`${name}, ${type}, ${actual}`, confusion[actual] ?? {}, row),
  );
  return [...differences(`${name}, ${type}`, metrics, expected), ...ofMatrix.flat()];
}

const problemOf = (type: ProblemType): QualityProblem =>
  type === 'BinaryClassification' ? { type, probabilityAttribute: '0' } : { type, inferenceAttribute: '0' };

function metricsOf(statistics: ModelQualityStatistics) {
  const { regression_metrics, binary_classification_metrics, multiclass_classification_metrics } = statistics;
  const all = regression_metrics ?? binary_classification_metrics ?? multiclass_classification_metrics ?? {};
  const values = Object.entries(all).map(([name, metric]) => [name, (metric as { value?: unknown }).value]);
  const classified = binary_classification_metrics ?? multiclass_classification_metrics;
  return {
    metrics: Object.fromEntries(values) as Figures,
    confusion: (classified?.confusion_matrix ?? {}) as { readonly [actual: string]: Figures },
  };
}
