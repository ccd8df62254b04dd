/** What violations are a sign of: docs/drift.md says how each is found, and how often. */
export enum RetrainingSignal {
  /** Values of features or of predictions are distributed otherwise than in the baseline. */
  DATA_DRIFT = 'DataDrift',

  /** Labels no longer follow from features as they did: more of the old data mends nothing. */
  CONCEPT_DRIFT = 'ConceptDrift',

  /** Quality that falls from window to window. */
  MODEL_DECAY = 'ModelDecay',

  /** Quality beyond its threshold. */
  QUALITY_LOSS = 'QualityLoss',

  /** Predictions that treat groups otherwise than in the baseline. */
  BIAS_DRIFT = 'BiasDrift',

  /** Predictions that rest on other features than in the baseline. */
  ATTRIBUTION_DRIFT = 'AttributionDrift',

  /** Columns, types, missing and unknown values. */
  DATA_FORM = 'DataForm',
}
