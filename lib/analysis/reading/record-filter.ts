import { type Meaning, meaningOf } from '../profile/meaning';

/** Which rows of captured records are read; one of the members. */
export type RecordFilter =
  /** records that have one of these attributes: a custom attribute, or a part of one between commas and semicolons */
  | { readonly customAttributes: readonly string[] }
  | { readonly inferenceIds: readonly string[] }
  | { readonly inferenceIdPrefix: string }
  /** rows with one of these values, as they are meant, in a column: its name, or in CSV its index from `0` on, the answer's columns first */
  | { readonly column: string; readonly values: readonly string[] }
  | { readonly anyOf: readonly RecordFilter[] }
  | { readonly allOf: readonly RecordFilter[] }
  | { readonly noneOf: readonly RecordFilter[] };

/** What a filter looks at. */
export interface FilteredRow {
  readonly attributes: ReadonlySet<string>;
  readonly inferenceId?: string;
  /** the value of a column, null where it is missing, undefined where rows cannot have it; absent where the row cannot be read */
  readonly cell?: (column: string) => string | null | undefined;
}

/** Whether a row is read; undefined where that cannot be said of it: it cannot be read, or has no such column. */
export type RowMatcher = (row: FilteredRow) => boolean | undefined;

/** A filter as a function, for many rows. */
export function rowMatcher(filter: RecordFilter): RowMatcher {
  if ('anyOf' in filter) return anyOf(filter.anyOf.map(rowMatcher));
  if ('noneOf' in filter) return not(anyOf(filter.noneOf.map(rowMatcher)));
  if ('allOf' in filter) return not(anyOf(filter.allOf.map((each) => not(rowMatcher(each)))));
  if ('column' in filter) return ofColumn(filter.column, new Set(filter.values.map(meaningOf)));
  if ('customAttributes' in filter) {
    return ({ attributes }) => filter.customAttributes.some((each) => attributes.has(each));
  }
  if ('inferenceIdPrefix' in filter) {
    return ({ inferenceId }) => inferenceId?.startsWith(filter.inferenceIdPrefix) ?? false;
  }
  const ids = new Set(filter.inferenceIds);
  return ({ inferenceId }) => inferenceId !== undefined && ids.has(inferenceId);
}

function ofColumn(column: string, meanings: ReadonlySet<Meaning>): RowMatcher {
  return ({ cell }) => {
    const value = cell?.(column);
    if (value === undefined) return undefined;
    return value !== null && meanings.has(meaningOf(value));
  };
}

function anyOf(matchers: readonly RowMatcher[]): RowMatcher {
  return (row) => {
    const found = matchers.map((matches) => matches(row));
    if (found.includes(true)) return true;
    return found.includes(undefined) ? undefined : false;
  };
}

function not(matcher: RowMatcher): RowMatcher {
  return (row) => {
    const matches = matcher(row);
    return matches === undefined ? undefined : !matches;
  };
}

/** What `eventMetadata` of a captured record says of all of its rows; whatever is no text is not there. */
export function eventOf(metadata: { readonly [key: string]: unknown }): FilteredRow {
  const { customAttributes, inferenceId } = metadata;
  const texts = Array.isArray(customAttributes) ? customAttributes.filter((each) => typeof each === 'string') : [];
  return {
    attributes: new Set(texts.flatMap((text) => [text, ...text.split(/[,;]/)]).map((text) => text.trim())),
    inferenceId: typeof inferenceId === 'string' ? inferenceId : undefined,
  };
}
