import {
  BiasAnalysis,
  Facet,
  type Model,
  ModelProblem,
  PositiveOutcome,
  Predictor,
  ShapAggregation,
  ShapAnalysis,
  ShapBaseline,
} from 'cdk-sagemaker-monitoring';

/** What the model is asked with, in this order. */
const FEATURES = [
  'airport',
  'aircraft',
  'operator',
  'origin_state',
  'phase_of_flight',
  'wildlife_size',
  'wildlife_species',
  'time_of_day',
  'speed_knots',
];

/** The probability above which a crew is warned: one strike in ten does damage. */
const THRESHOLD = 0.2;

/** The columns of the labelled data that are no features. */
export const COLUMNS = { label: 'damaged', probability: 'damage_probability' };

/** Whether warnings are right. */
export function warnings(): ModelProblem {
  return ModelProblem.binaryClassification({ probability: '0', threshold: THRESHOLD });
}

/** Whether crews are warned by night as they are at other times. */
export function nightAndDay(): BiasAnalysis {
  return BiasAnalysis.of({
    headers: [...FEATURES, COLUMNS.label],
    label: COLUMNS.label,
    positiveOutcome: PositiveOutcome.ofValues([1]),
    facets: [Facet.categorical('time_of_day', ['Night'])],
    probability: '0',
    threshold: THRESHOLD,
  });
}

/** Which features decide, beside a strike that is as most are. Squares tell features that decide from those that hardly do. */
export function reasons(model: Model): ShapAnalysis {
  return ShapAnalysis.of({
    headers: FEATURES,
    predictor: Predictor.fromModel(model),
    baseline: ShapBaseline.rows([
      [
        'DALLAS/FORT WORTH INTL ARPT',
        'MD-80',
        'AMERICAN AIRLINES',
        'Texas',
        'Approach',
        'Small',
        'Unknown bird - small',
        'Day',
        140,
      ],
    ]),
    aggregation: ShapAggregation.MEAN_SQ,
    recordCount: 60,
  });
}
