import type { ConfusionMatrix, QualityConstraintTable, QualityMetric } from '../analysis';
import { confusionTable } from './confusion-table';
import { formatNumber } from './figures';
import { findingsOf } from './finding';
import { html, type Markup } from './html';
import { operatingPoint, type RocCurve, rocPicture } from './pictures/roc';
import type { ComparedFiles, ReportedRun } from './reported-run';

/** The metrics of one problem type, whichever it is. */
interface QualityMetrics {
  readonly [name: string]: unknown;
}

/** What a model is worth, beside what it was worth; undefined where the run has no such metrics. */
export function qualitySection(input: ReportedRun): Markup | undefined {
  const now = metricsOf(input.run);
  if (!now) return undefined;
  const before = metricsOf(input.baseline);
  return html`${metricTable(input, now, before)}${pictures(input, now, before)}`;
}

function metricsOf({ statistics }: ComparedFiles): QualityMetrics | undefined {
  return (
    statistics?.regression_metrics ??
    statistics?.binary_classification_metrics ??
    statistics?.multiclass_classification_metrics
  );
}

function limitsOf({ constraints }: ComparedFiles): QualityConstraintTable {
  return (
    constraints?.regression_constraints ??
    constraints?.binary_classification_constraints ??
    constraints?.multiclass_classification_constraints ??
    {}
  );
}

function isMetric(value: unknown): value is QualityMetric {
  return typeof value === 'object' && value !== null && 'value' in value;
}

function metricTable(input: ReportedRun, now: QualityMetrics, before: QualityMetrics | undefined): Markup {
  const limits = limitsOf(input.baseline);
  const violated = new Set(findingsOf(input).map(({ subject }) => subject));
  const names = Object.keys(now).filter((name) => isMetric(now[name]) && !name.endsWith(CONSTANT));
  const isViolated = (name: string) => violated.has(name) || violated.has(camelCase(name));
  const ordered = [...names.filter(isViolated), ...names.filter((name) => !isViolated(name))];
  const rows = ordered.map((name) => {
    const [value, former] = [now[name], before?.[name]];
    const mark = isViolated(name) ? html` <em class="violated">violated</em>` : undefined;
    return html`<tr><th scope="row">${words(name)}${mark}<td>${metricText(former)}<td>${metricText(value)}<td>${limitText(limits, name)}<td>${metricText(now[name + CONSTANT])}`;
  });
  return html`<div class="scroll" tabindex="0" role="group" aria-label="metrics"><table class="figures"><caption>Metrics of the window, ± their standard deviation</caption>
    <tr><th scope="col">metric<th scope="col">baseline<th scope="col">window<th scope="col">limit<th scope="col">best constant answer${rows}</table></div>`;
}

/** End of the name of what a model that always answers the same would come to. */
const CONSTANT = '_best_constant_classifier';

/** As Model Monitor writes the four rates in violations. */
const camelCase = (name: string) => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

const words = (name: string) => name.replace(/_/g, ' ');

function metricText(metric: unknown): string {
  if (!isMetric(metric) || typeof metric.value !== 'number') return '–';
  const { value, standard_deviation: deviation } = metric;
  return typeof deviation === 'number' && deviation > 0
    ? `${formatNumber(value)} ± ${formatNumber(deviation)}`
    : formatNumber(value);
}

function limitText(limits: QualityConstraintTable, name: string): string {
  const { threshold, comparison_operator: operator } = limits[name] ?? {};
  if (typeof threshold !== 'number') return '–';
  return `at ${operator === 'GreaterThanThreshold' ? 'most' : 'least'} ${formatNumber(threshold)}`;
}

function pictures({ naming = 'places' }: ReportedRun, now: QualityMetrics, before: QualityMetrics | undefined): Markup {
  const matrix = now.confusion_matrix as ConfusionMatrix | undefined;
  const former = before?.confusion_matrix as ConfusionMatrix | undefined;
  const [curve, formerCurve] = [now, before].map((metrics) => rocOf(metrics));
  const point = operatingPoint(now.false_positive_rate, now.true_positive_rate);
  return html`<div class="two">${matrix && html`<div>${confusionTable(matrix, former, naming)}</div>`}${curve && html`<div>${rocPicture(curve, formerCurve, point)}</div>`}</div>`;
}

function rocOf(metrics: QualityMetrics | undefined): RocCurve | undefined {
  const curve = metrics?.receiver_operating_characteristic_curve as
    | { readonly false_positive_rates: number[]; readonly true_positive_rates: number[] }
    | undefined;
  if (!curve) return undefined;
  const points = curve.false_positive_rates.map((rate, index) => [rate, curve.true_positive_rates[index]] as const);
  const auc = isMetric(metrics?.auc) ? metrics.auc.value : undefined;
  return { points, ...(typeof auc === 'number' && { area: auc }) };
}
