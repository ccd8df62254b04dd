import type { Confusion, GroupedOutcomes, Outcomes, Sides } from './counts';
import { total } from './counts';
import { conditionalDemographicDisparity } from './demographic-disparity';
import { type FlipTestInput, flipTest } from './flip-test';
import * as post from './post-training';
import * as pre from './pre-training';
import type { BiasMetric, BiasMetricName, BiasValue, PostTrainingMetricName, PreTrainingMetricName } from './schemas';

/** What a metric is computed from: all rows of one stage, divided by one group of a facet. */
export interface MetricInput<Counted> {
  readonly sides: Sides<Counted>;
  /** outcomes by group variable: observed before training, predicted after it; undefined without a group variable */
  readonly groups?: GroupedOutcomes;
  /** a text says why the flip test is not possible */
  readonly flipTest?: FlipTestInput | string;
}

/** A metric: its value, or why it has none. */
type Compute<Counted> = (input: MetricInput<Counted>) => number | string;

/** A metric's name in words, and how it is computed. */
export interface MetricDefinition<Counted> {
  readonly description: string;
  readonly compute: Compute<Counted>;
}

/** Metrics of one stage, and which of them are computed. */
export interface ComputedMetrics<Counted> {
  readonly definitions: Readonly<Record<string, MetricDefinition<Counted>>>;
  readonly names: readonly BiasMetricName[];
}

const NO_GROUPS = 'Group variable is empty or not provided';
const NO_ROWS = 'The facet selects no row';
const ALL_ROWS = 'The facet selects every row';

function emptySide<Counted>(sides: Sides<Counted>, rows: (counted: Counted) => number): string | undefined {
  if (rows(sides.disadvantaged) === 0) return NO_ROWS;
  return rows(sides.advantaged) === 0 ? ALL_ROWS : undefined;
}

const confused = (c: Confusion) => total(post.observedOutcomes(c));

const ofLabels =
  (formula: (sides: Sides<Outcomes>) => number): Compute<Outcomes> =>
  ({ sides }) =>
    emptySide(sides, total) ?? formula(sides);

const ofCommonOutcomes =
  (formula: (sides: Sides<Outcomes>) => number): Compute<Outcomes> =>
  ({ sides }) => {
    if (pre.commonShares(sides).length > 0) return formula(sides);
    return emptySide(sides, total) ?? 'The two sides of the facet have no label in common';
  };

const ofPredictions =
  (formula: (sides: Sides<Confusion>) => number): Compute<Confusion> =>
  ({ sides }) =>
    emptySide(sides, confused) ?? formula(sides);

const disparity =
  <Counted>(outcomes: (counted: Counted) => Outcomes): Compute<Counted> =>
  ({ sides, groups }) => {
    if (!groups || groups.length === 0) return NO_GROUPS;
    const [a, d] = [outcomes(sides.advantaged), outcomes(sides.disadvantaged)];
    if (a.positive + d.positive === 0) return 'No row has a positive label';
    if (a.negative + d.negative === 0) return 'No row has a negative label';
    return conditionalDemographicDisparity(groups);
  };

const entropy: Compute<Confusion> = ({ sides }) => {
  const value = post.generalizedEntropy(sides);
  return Number.isNaN(value) ? 'All predicted labels are false negatives' : value;
};

const flips: Compute<Confusion> = ({ sides, flipTest: input }) => {
  const reason = typeof input === 'object' ? emptySide(sides, confused) : (input ?? 'No features');
  return reason ?? flipTest(input as FlipTestInput);
};

/**
 * The metrics of labels, by name. Made when they are asked for, so that bundles that compute none do without them. Descriptions are those of Clarify's files.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-data-bias.html
 */
export const preTrainingMetrics = (): Readonly<Record<PreTrainingMetricName, MetricDefinition<Outcomes>>> => ({
  CDDL: {
    description: 'Conditional Demographic Disparity in Labels (CDDL)',
    compute: disparity((outcomes) => outcomes),
  },
  CI: { description: 'Class Imbalance (CI)', compute: ofLabels(pre.classImbalance) },
  DPL: {
    description: 'Difference in Positive Proportions in Labels (DPL)',
    compute: ofLabels(pre.differenceInProportions),
  },
  JS: { description: 'Jensen-Shannon Divergence (JS)', compute: ofCommonOutcomes(pre.jensenShannon) },
  KL: { description: 'Kullback-Liebler Divergence (KL)', compute: ofCommonOutcomes(pre.kullbackLeibler) },
  KS: { description: 'Kolmogorov-Smirnov Distance (KS)', compute: ofCommonOutcomes(pre.kolmogorovSmirnov) },
  LP: { description: 'L-p Norm (LP)', compute: ofCommonOutcomes(pre.lpNorm) },
  TVD: { description: 'Total Variation Distance (TVD)', compute: ofCommonOutcomes(pre.totalVariation) },
});

/**
 * The metrics of predicted labels, by name. Descriptions are those of Clarify's files.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-measure-post-training-bias.html
 */
export const postTrainingMetrics = (): Readonly<Record<PostTrainingMetricName, MetricDefinition<Confusion>>> => ({
  AD: { description: 'Accuracy Difference (AD)', compute: ofPredictions(post.accuracyDifference) },
  CDDPL: {
    description: 'Conditional Demographic Disparity in Predicted Labels (CDDPL)',
    compute: disparity(post.predictedOutcomes),
  },
  DAR: {
    description: 'Difference in Acceptance Rates (DAR)',
    compute: ofPredictions(post.differenceInAcceptanceRates),
  },
  DCA: {
    description: 'Difference in Conditional Acceptance (DCA)',
    compute: ofPredictions(post.differenceInConditionalAcceptance),
  },
  DCR: {
    description: 'Difference in Conditional Rejection (DCR)',
    compute: ofPredictions(post.differenceInConditionalRejection),
  },
  DI: { description: 'Disparate Impact (DI)', compute: ofPredictions(post.disparateImpact) },
  DPPL: {
    description: 'Difference in Positive Proportions in Predicted Labels (DPPL)',
    compute: ofPredictions(post.differenceInPredictedProportions),
  },
  DRR: {
    description: 'Difference in Rejection Rates (DRR)',
    compute: ofPredictions(post.differenceInRejectionRates),
  },
  FT: { description: 'Flip Test (FT)', compute: flips },
  GE: { description: 'Generalized Entropy (GE)', compute: entropy },
  RD: { description: 'Recall Difference (RD)', compute: ofPredictions(post.recallDifference) },
  SD: { description: 'Specificity Difference (SD)', compute: ofPredictions(post.specificityDifference) },
  TE: { description: 'Treatment Equality (TE)', compute: ofPredictions(post.treatmentEquality) },
});

/** Computes metrics by name, sorted by name; those that are not possible get null and the reason. */
export function computeMetrics<Counted>(
  definitions: Readonly<Record<string, MetricDefinition<Counted>>>,
  names: readonly BiasMetricName[],
  input: MetricInput<Counted>,
): BiasMetric[] {
  return [...names].sort().map((name) => {
    const { description, compute } = definitions[name];
    const result = compute(input);
    if (typeof result === 'string') return { name, description, value: null, error: result };
    return { name, description, value: fileValue(result) };
  });
}

/** A number as the files have it. NaN, which no metric gives, would be null. */
export function fileValue(value: number): BiasValue {
  if (Number.isFinite(value)) return value;
  if (Number.isNaN(value)) return null;
  return value > 0 ? 'Infinity' : '-Infinity';
}
