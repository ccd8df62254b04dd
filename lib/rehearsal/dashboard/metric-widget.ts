import type { Account } from '../../cloud/account/account';
import { isMembers, type Members, objectList, optionalNumber, optionalText } from '../../cloud/members';
import type { MetricIdentity } from '../../cloud/semantics/alarm-state/alarm-state';
import {
  type MetricSeries,
  searchedSeries,
  seriesOf,
  type TimeRange,
} from '../../cloud/semantics/metric-search/expression';
import { metricSearch } from '../../cloud/semantics/metric-search/search';
import type { AbsentMetric, RehearsedMetrics, RehearsedSeries } from './rehearsed-dashboard';

const FIVE_MINUTES = 300;

/** What a widget of metrics shows: each of its searches, and of its metrics. */
export function metricWidget(properties: Members, account: Account, range: TimeRange): RehearsedMetrics {
  const entries = Array.isArray(properties.metrics) ? (properties.metrics as unknown[]) : [];
  const found = entries
    .filter(Array.isArray)
    .map((entry) => lineOf(entry as unknown[], properties, { account, range }));
  const annotations = isMembers(properties.annotations) ? properties.annotations : {};
  const axis = isMembers(properties.yAxis) && isMembers(properties.yAxis.left) ? properties.yAxis.left : {};
  return {
    view: (properties.view ?? 'timeSeries') === 'timeSeries' ? 'lines' : 'table',
    series: found.flatMap(({ series = [] }) => series),
    absent: found.flatMap(({ absent }) => (absent ? [absent] : [])),
    limits: objectList(annotations, 'horizontal', 'annotations').map((limit) => ({
      value: optionalNumber(limit, 'value', 'an annotation') ?? 0,
      label: optionalText(limit, 'label', 'an annotation'),
    })),
    least: optionalNumber(axis, 'min', 'an axis'),
    most: optionalNumber(axis, 'max', 'an axis'),
  };
}

/** Where values come from, and of when. */
interface Source {
  readonly account: Account;
  readonly range: TimeRange;
}

/** What comes of an entry of a widget. */
interface Lines {
  readonly series?: readonly RehearsedSeries[];
  readonly absent?: AbsentMetric;
}

function lineOf(entry: unknown[], widget: Members, source: Source): Lines {
  const last = entry[entry.length - 1];
  const options: Members = isMembers(last) ? last : {};
  const names = entry.filter((part): part is string => typeof part === 'string');
  const expression = optionalText(options, 'expression', 'a metric');
  const label = optionalText(options, 'label', 'a metric');
  const { account, range } = source;
  const metric = expression === undefined ? identityOf(names) : searchedIn(expression);
  const whose = optionalText(options, 'accountId', 'a metric') ?? account.id;
  if (whose !== account.id)
    return {
      absent: { name: nameOf(metric, label), reason: `of account ${whose}, and this rehearsal is of ${account.id}` },
    };
  const found =
    expression === undefined
      ? [plain(names, { ...widget, ...options }, source)]
      : searchedSeries(expression, account.metrics, range);
  if (found === undefined)
    return { absent: { name: nameOf(metric, label), reason: 'of an expression that the rehearsal does not know' } };
  const series = found
    .filter(({ points }) => points.length > 0)
    .map((one) => ({ label: labelOf(label, one), points: one.points }));
  return series.length > 0 ? { series } : { absent: { name: nameOf(metric, label), reason: absence(metric) } };
}

/** `[namespace, name, dimension, value, ...]` */
function identityOf([namespace = '', metricName = '', ...pairs]: readonly string[]): MetricIdentity {
  const dimensions = Object.fromEntries(
    pairs.flatMap((name, index) => (index % 2 === 0 ? [[name, pairs[index + 1] ?? ''] as const] : [])),
  );
  return { namespace, metricName, dimensions };
}

function plain(names: readonly string[], { stat, period }: Members, { account, range }: Source): MetricSeries {
  const statistic = typeof stat === 'string' ? stat : 'Average';
  const seconds = typeof period === 'number' ? period : FIVE_MINUTES;
  return seriesOf(identityOf(names), { statistic, period: seconds, store: account.metrics, range });
}

/** What the innermost search of an expression is of. */
function searchedIn(expression: string): Sought {
  const [text = ''] = /SEARCH\('[^']*', '[^']*', \d+\)/.exec(expression) ?? [];
  return metricSearch(text) ?? { namespace: '' };
}

/** Namespaces of what AWS publishes by itself. */
const OF_AWS = /^\/?aws\//i;

type Sought = Pick<MetricIdentity, 'namespace'> & { readonly metricName?: string };

const absence = ({ namespace }: Sought) =>
  OF_AWS.test(namespace) ? 'as SageMaker publishes it, and does not run here' : 'as nothing was published';

function nameOf({ namespace, metricName }: Sought, label: string | undefined): string {
  if (metricName) return metricName;
  return namespace === '' || (label !== undefined && !label.includes('${'))
    ? (label ?? 'metrics')
    : `metrics of ${namespace}`;
}

const PROPERTY = /\$\{PROP\('(?:Dim\.)?([^']+)'\)\}/g;

/** What a line is called: dynamic labels of CloudWatch, of its metric. */
function labelOf(label: string | undefined, { metric }: MetricSeries): string {
  if (label === undefined) return metric ? [...Object.values(metric.dimensions), metric.metricName].join(' ') : 'sum';
  return label.replace(PROPERTY, (_, name: string) =>
    name === 'MetricName' ? (metric?.metricName ?? '') : (metric?.dimensions[name] ?? ''),
  );
}
