// What constructs of monitors and the handlers of engines share. Types only.

/** Which rows of captured records a monitor reads; one of the members. */
export type RecordFilterCondition =
  | { readonly customAttributes: string[] }
  | { readonly inferenceIds: string[] }
  | { readonly inferenceIdPrefix: string }
  | { readonly column: string; readonly values: string[] }
  | { readonly anyOf: RecordFilterCondition[] }
  | { readonly allOf: RecordFilterCondition[] }
  | { readonly noneOf: RecordFilterCondition[] };

/** Where the rows of a body stand in its JSON: the keys to them, and behind `[*]` those in each item of a list. */
export interface RowsPath {
  readonly keys: string[];
  /** absent where there is one row, no list of them */
  readonly itemKeys?: string[];
}

/** How one side of captured records is read: by a path, with names for values that have none, or both. */
export interface SideFormat {
  readonly path?: RowsPath;
  readonly names?: string[];
  /** of rows that are objects: what columns are called by the flattened keys at which they stand; null is no column, others keep their names */
  readonly columns?: { readonly [key: string]: string | null };
}

/** How the bodies of captured records become rows. */
export interface RecordFormatSettings {
  readonly request?: SideFormat;
  readonly response?: SideFormat;
}

/** One change to the rows of captured records; one of the members. */
export type RecordTransformationSettings =
  | { readonly rename: { readonly [column: string]: string } }
  | { readonly drop: string[] }
  | { readonly cast: string; readonly to: 'Integral' | 'Fractional' | 'Boolean' }
  | { readonly unwrap: string }
  | { readonly parseJson: string }
  | { readonly parseCsv: string; readonly names: string[] }
  | { readonly spread: string; readonly length: number };

/** Two variants beside each other, by their names. */
export interface ComparedPair {
  /** with which is compared */
  readonly reference: string;
  /** that may take its place */
  readonly candidate: string;
}

/** What requests are of that depend on each other; one of the members. */
export type RequestUnitSettings = { readonly customAttribute: string } | { readonly inferenceIdBefore: string };

/** Two variants beside each other in each window of a monitor. */
export interface ComparisonSettings extends ComparedPair {
  /** whether the number of differences becomes a metric; false where absent */
  readonly metric?: boolean;
  /** the test for which windows say what it needs to add them up; absent where there is none */
  readonly test?: string;
}
