import type { MetricIdentity } from '../alarm-state/alarm-state';

/** A search as it stands in an expression. */
export interface MetricSearch {
  readonly namespace: string;
  /** all that the metrics have, and no others */
  readonly dimensions: readonly string[];
  readonly metricName?: string;
  /** values of dimensions, in full */
  readonly where: Readonly<Record<string, string>>;
  /** what the name of the metric begins with */
  readonly words: readonly string[];
  readonly statistic: string;
  /** seconds */
  readonly period: number;
}

const PARTS = /^SEARCH\('\{([^}]*)\} ?([^']*)', '([^']*)', (\d+)\)$/;
const TERM = /"?([\w:.]+)"?="([^"]*)"/g;

/**
 * Reads a search; undefined where it is none, or one of a form that is not known here, as with partial terms or `OR`.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/search-expression-syntax.html
 */
export function metricSearch(expression: string): MetricSearch | undefined {
  const [, schema, terms, statistic, period] = PARTS.exec(expression) ?? [];
  const found = schema === undefined ? undefined : searchTerms(`{${schema}} ${terms}`);
  return found && { ...found, statistic, period: Number(period) };
}

/** What a search is of, without its statistic, as variables of dashboards have it. */
export function searchTerms(text: string): Omit<MetricSearch, 'statistic' | 'period'> | undefined {
  const [, schema, terms = ''] = /^\{([^{}]+)\} ?(.*)$/s.exec(text.trim()) ?? [];
  if (schema === undefined || /\b(OR|AND|NOT)\b|[():]"/.test(terms)) return undefined;
  const [namespace, ...dimensions] = schema.split(',').map((name) => name.replace(/"/g, ''));
  const named = [...terms.matchAll(TERM)].map(([, name, value]) => [name, value] as const);
  const { MetricName: metricName, ...where } = Object.fromEntries(named);
  const words = terms.replace(TERM, '').split(' ').filter(Boolean);
  return { namespace, dimensions, metricName, where, words };
}

/** Whether a search finds a metric: it has exactly the dimensions of the schema, and each term. */
export function finds(
  { namespace, dimensions, metricName, where, words }: Omit<MetricSearch, 'statistic' | 'period'>,
  metric: MetricIdentity,
): boolean {
  return (
    namespace === metric.namespace &&
    JSON.stringify([...dimensions].sort()) === JSON.stringify(Object.keys(metric.dimensions).sort()) &&
    (metricName === undefined || metricName === metric.metricName) &&
    words.every((word) => metric.metricName.startsWith(word)) &&
    Object.entries(where).every(([dimension, value]) => metric.dimensions[dimension] === value)
  );
}
