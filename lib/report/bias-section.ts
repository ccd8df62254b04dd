import type { BiasMetric, BiasSection, BiasStage, FacetMetrics, GroupSampling } from '../analysis';
import { formatCount, formatNumber } from './figures';
import { findingsOf } from './finding';
import { html, type Markup, named, shorten } from './html';
import { type Interval, intervalsPicture } from './pictures/intervals';
import type { ReportedRun } from './reported-run';

const STAGES: readonly (readonly [BiasStage, string])[] = [
  ['post_training_bias_metrics', 'What the model predicts'],
  ['pre_training_bias_metrics', 'What the labels say'],
];

/** Whether a run has metrics of groups. */
export function hasGroups({ run }: ReportedRun): boolean {
  return STAGES.some(([stage]) => run.analysis?.[stage] !== undefined);
}

/** Standard errors on either side of a value: chance is outside in one of twenty. */
const ERRORS = 1.96;

/** Bias by group, then and now, with how much chance is in it; undefined where the run has no such metrics. */
export function biasSection(input: ReportedRun): Markup | undefined {
  const stages = STAGES.flatMap(([stage, title]) => {
    const now = input.run.analysis?.[stage];
    return now ? [html`<h3>${title}</h3>${groupsOf(now).map((group) => groupTable(input, stage, group))}`] : [];
  });
  if (stages.length === 0) return undefined;
  return html`<p class="legend"><span><i class="key b"></i> baseline</span> <span><i class="key c"></i> window</span>
    <span>lines: where chance leaves 19 of 20 such windows; the dashed line is fairness</span></p>${stages}`;
}

interface Group extends FacetMetrics {
  readonly facet: string;
  /** among those of its facet, counted from 1 */
  readonly place: number;
}

function groupsOf({ facets }: BiasSection): Group[] {
  return Object.entries(facets).flatMap(([facet, groups]) =>
    groups.map((group, index) => ({ facet, place: index + 1, ...group })),
  );
}

function groupTable(input: ReportedRun, stage: BiasStage, group: Group): Markup {
  const before = baselineGroup(input, stage, group);
  const sampling = samplingOf(input.run.analysis?.sampling?.[stage]?.[group.facet], group);
  const violated = new Set(findingsOf(input).map(({ subject }) => subject));
  const called = calledBy(input, group, before);
  const isViolated = ({ name }: BiasMetric) =>
    violated.has(`${group.facet}=${(before ?? group).value_or_threshold} (${name})`);
  const rows = group.metrics.map((metric) => metricRow({ input, stage, group, before }, metric, isViolated(metric)));
  const size =
    sampling &&
    html` <small>${formatCount(sampling.rows)} rows of the group, ${formatCount(sampling.other_rows)} others</small>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="bias of a group"><table class="figures"><caption>${named(group.facet)} = ${named(called)}${size}</caption>
    <tr><th scope="col">metric<th scope="col">baseline<th scope="col">window<th scope="col">both${rows}</table></div>`;
}

interface GroupView {
  readonly input: ReportedRun;
  readonly stage: BiasStage;
  readonly group: Group;
  readonly before: FacetMetrics | undefined;
}

function metricRow({ input, stage, group, before }: GroupView, metric: BiasMetric, isViolated: boolean): Markup {
  const { name, description } = metric;
  const former = before?.metrics.find((each) => each.name === name);
  const [was, is] = [
    intervalOf(former, samplingOf(input.baseline.analysis?.sampling?.[stage]?.[group.facet], before ?? group)),
    intervalOf(metric, samplingOf(input.run.analysis?.sampling?.[stage]?.[group.facet], group)),
  ];
  const mark = isViolated ? html` <em class="violated">violated</em>` : undefined;
  const drawn = is
    ? intervalsPicture({ title: `${name}: baseline and window`, fair: fairAt(name), before: was, now: is })
    : html`<small>${shorten(metric.error ?? 'no value', 200)}</small>`;
  return html`<tr><th scope="row">${shorten(description, 80)}${mark}<td>${valueText(former, was)}<td>${valueText(metric, is)}<td>${drawn}`;
}

function baselineGroup(
  { baseline }: ReportedRun,
  stage: BiasStage,
  { facet, value_or_threshold }: Group,
): FacetMetrics | undefined {
  const groups = baseline.analysis?.[stage]?.facets[facet] ?? [];
  const called = groupName(value_or_threshold);
  return (
    groups.find((group) => group.value_or_threshold === value_or_threshold) ??
    groups.find((group) => groupName(group.value_or_threshold) === called)
  );
}

function samplingOf(
  groups: readonly GroupSampling[] | undefined,
  { value_or_threshold }: Pick<FacetMetrics, 'value_or_threshold'>,
) {
  return groups?.find((group) => group.value_or_threshold === value_or_threshold);
}

/** As the baseline has it. One that only the window has is the value of records that nobody has told yet, and is called by its place. */
function calledBy({ naming }: ReportedRun, group: Group, before: FacetMetrics | undefined): string {
  if (before === undefined && naming !== 'values') return `another value, ${group.place}`;
  return groupName((before ?? group).value_or_threshold);
}

/** Differences are fair at 0, and the one ratio at 1. */
const fairAt = (name: BiasMetric['name']) => (name === 'DI' ? 1 : 0);

/** An interval ends with the greatest value of its data, which is a record's: what is told is where it begins. */
function groupName(value: string): string {
  const [, lower] = /^\((.+), [^,]+\]$/.exec(value) ?? [];
  return lower === undefined ? value : `above ${lower}`;
}

function intervalOf(metric: BiasMetric | undefined, sampling: GroupSampling | undefined): Interval | undefined {
  if (typeof metric?.value !== 'number') return undefined;
  const [, error = 0] = sampling?.estimates[metric.name] ?? [];
  return { value: metric.value, half: Number.isFinite(error) ? ERRORS * error : 0 };
}

function valueText(metric: BiasMetric | undefined, interval: Interval | undefined): string {
  if (!interval) return metric?.value == null ? '–' : String(metric.value);
  return interval.half > 0
    ? `${formatNumber(interval.value)} ± ${formatNumber(interval.half)}`
    : formatNumber(interval.value);
}
