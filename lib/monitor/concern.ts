/** What violations are about. */
export enum Concern {
  /** How values, predictions, bias or attributions are distributed. */
  DRIFT = 'Drift',

  /** What the model is worth, against labels. */
  QUALITY = 'Quality',

  /** The form of the data: columns, types, missing and unknown values. Mostly a fault of whoever sends them. */
  FORM = 'Form',
}
