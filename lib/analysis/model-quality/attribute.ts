import { columnNumber } from '../labels/column-row';

/** Where a value is: a column of CSV, or a path into JSON. */
export interface Attribute {
  /** 0-based; undefined when the attribute names no column by number */
  readonly columnIndex?: number;
  readonly path: readonly string[];
}

const SEGMENT = /\.?([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/**
 * Reads an attribute: `0` and `_c0` are the first CSV column, `$.predictions[0].score` and `predictions[0].score` a path. Throws when it is
 * no path: filters, slices and wildcards of JSONPath are not supported.
 *
 * @see https://sagemaker.readthedocs.io/en/stable/api/inference/model_monitor.html
 */
export function readAttribute(attribute: string): Attribute {
  const text = attribute.startsWith('$') ? attribute.slice(1) : attribute;
  const path: string[] = [];
  SEGMENT.lastIndex = 0;
  while (SEGMENT.lastIndex < text.length) {
    const [, ...groups] = SEGMENT.exec(text) ?? [];
    const segment = groups.find((group) => group !== undefined);
    if (segment === undefined || segment === '*') throw new Error(`QualityAttribute: ${unreadable(attribute)}`);
    path.push(segment);
  }
  if (path.length === 0) throw new Error(`QualityAttribute: ${unreadable(attribute)}`);
  return { columnIndex: columnNumber(attribute), path };
}

const unreadable = (attribute: string) =>
  `"${attribute}" is neither the index of a column nor a path like $.predictions[0].score`;

/** The text at a path of a JSON value; undefined when there is nothing, or a list or an object. */
export function textAt(value: unknown, path: readonly string[]): string | undefined {
  let at: unknown = value;
  for (const segment of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, segment)) return undefined;
    at = (at as Record<string, unknown>)[segment];
  }
  if (typeof at === 'string') return at;
  return typeof at === 'number' || typeof at === 'boolean' ? String(at) : undefined;
}
