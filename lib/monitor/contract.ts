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
