/** What a monitor watches. The values are SageMaker's monitoring types. */
export enum MonitorKind {
  /** The input (and output) data of the model against a baseline dataset. */
  DATA_QUALITY = 'DataQuality',
  /** The model's predictions against ground truth. */
  MODEL_QUALITY = 'ModelQuality',
  /** Bias metrics of predictions against those of a baseline. */
  MODEL_BIAS = 'ModelBias',
  /** Feature attributions against those of a baseline. */
  MODEL_EXPLAINABILITY = 'ModelExplainability',
}
