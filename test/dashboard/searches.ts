import { finds as findsMetric, type MetricSearch, metricSearch } from '../../lib/cloud/semantics/metric-search/search';

/** A metric that somebody publishes, or that the library's own constructs read. */
export interface Named {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: { readonly [name: string]: string };
}

/** The search of an expression. */
export function searchOf(expression: string): MetricSearch {
  const search = metricSearch(/SEARCH\('[^']*', '[^']*', \d+\)/.exec(expression)?.[0] ?? '');
  if (search === undefined) throw new Error(`no search: ${expression}`);
  return search;
}

/** Whether a search finds a metric. */
export const finds = (search: MetricSearch, metric: Named): boolean => findsMetric(search, metric);
