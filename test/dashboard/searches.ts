/** A metric that somebody publishes, or that the library's own constructs read. */
export interface Named {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { readonly [name: string]: string };
}

/** A search as it stands in an expression. */
export interface ReadSearch {
  readonly schema: readonly string[];
  readonly metricName?: string;
  readonly where: { readonly [dimension: string]: string };
  readonly words: readonly string[];
  readonly statistic: string;
  /** seconds */
  readonly period: number;
}

const PARTS = /SEARCH\('\{([^}]*)\} ?([^']*)', '([^']*)', (\d+)\)/;
const TERM = /"?([\w:.]+)"?="([^"]*)"/g;

export function searchOf(expression: string): ReadSearch {
  const [, schema, terms, statistic, period] = PARTS.exec(expression) ?? [];
  if (schema === undefined) throw new Error(`no search: ${expression}`);
  const { MetricName: metricName, ...where } = Object.fromEntries(
    [...terms.matchAll(TERM)].map(([, name, value]) => [name, value]),
  );
  const words = terms.replace(TERM, '').split(' ').filter(Boolean);
  const names = schema.split(',').map((name) => name.replace(/"/g, ''));
  return { schema: names, metricName, where, words, statistic, period: Number(period) };
}

/** Whether a search finds a metric: it has exactly the dimensions of the schema, and each term. */
export function finds({ schema, metricName, where, words }: ReadSearch, metric: Named): boolean {
  const [namespace, ...dimensions] = schema;
  return (
    namespace === metric.namespace &&
    JSON.stringify([...dimensions].sort()) === JSON.stringify(Object.keys(metric.dimensions).sort()) &&
    (metricName === undefined || metricName === metric.metricName) &&
    words.every((word) => metric.metricName.startsWith(word)) &&
    Object.entries(where).every(([dimension, value]) => metric.dimensions[dimension] === value)
  );
}
