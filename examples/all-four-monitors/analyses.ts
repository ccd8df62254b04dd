import {
  BiasAnalysis,
  Facet,
  type Model,
  PositiveOutcome,
  Predictor,
  ShapAnalysis,
  ShapBaseline,
} from 'cdk-sagemaker-monitoring';

/** What the model is asked with, in this order. */
const FEATURES = ['amount', 'term_months', 'income', 'years_employed', 'purpose', 'under_25'];

/** The columns of the labelled data that are no features. */
export const COLUMNS = { label: 'paid', prediction: 'predicted', probability: 'probability' };

/** Whether the young get loans as often as others, for the same purpose. */
export function fairness(): BiasAnalysis {
  return BiasAnalysis.of({
    headers: [...FEATURES, COLUMNS.label],
    label: COLUMNS.label,
    positiveOutcome: PositiveOutcome.ofValues([1]),
    facets: [Facet.categorical('under_25', [1])],
    groupVariable: 'purpose',
    probability: '0',
    threshold: 0.5,
  });
}

/** Which features decide, against an applicant in the middle of everything. */
export function reasons(model: Model): ShapAnalysis {
  return ShapAnalysis.of({
    headers: FEATURES,
    predictor: Predictor.fromModel(model),
    baseline: ShapBaseline.rows([[5000, 36, 42_000, 4, 'car', 0]]),
    sampleCount: 200,
    seed: 7,
  });
}
