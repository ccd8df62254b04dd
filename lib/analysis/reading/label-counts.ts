/**
 * How predictions and labels met. Of the records that could be read, every prediction is in exactly one of `matched`,
 * `predictionsWithoutLabel`, `duplicatePredictions` and `rowCountMismatches`, and every label in exactly one of `matched`,
 * `labelsWithoutPrediction`, `duplicateLabels` and `rowCountMismatches`. Predictions outside the window are in none, nor is what a refused
 * part had no room for.
 */
export interface LabelCounts {
  /** requests that have predictions and labels: these are analysed */
  readonly matched: number;
  /** late labels, of a prediction of an earlier window, and labels with an identifier that nothing captured has */
  readonly labelsWithoutPrediction: number;
  /** labels that are missing, or yet to come */
  readonly predictionsWithoutLabel: number;
  /** labels with the identifier of a later one, which counts in their place */
  readonly duplicateLabels: number;
  /** how many of `duplicateLabels` were another label than the one after them */
  readonly conflictingLabels: number;
  /** predictions with the identifier of a later one, which counts in their place */
  readonly duplicatePredictions: number;
  /** requests with another number of labels than of predictions; also among the unreadable */
  readonly rowCountMismatches: number;
}
