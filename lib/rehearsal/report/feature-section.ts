import type { FeatureStatistics } from '../../analysis';
import { compareDistributions, type Distribution } from '../../report/distribution';
import { formatNumber, formatPercent } from '../../report/figures';
import { html, type Markup, shorten } from '../../report/html';
import type { RehearsalResult, WindowResult } from '../result';
import { axisStyle, COLOR, renderChart } from './chart';
import { hasDrifted } from './drift';
import { windowName } from './window-name';

/** Features whose values are drawn; the tables have all of them. */
const MAX_CARDS = 24;

type Distance = WindowResult['distances'][number];

/** One feature of the baseline, and what every window says of it. */
interface FeatureSummary {
  readonly baseline: FeatureStatistics;
  readonly distances: { readonly window: WindowResult; readonly distance: Distance | undefined }[];
  readonly violationCount: number;
  /** the largest distance in thresholds; 0 where nothing was compared */
  readonly excess: number;
}

/** One card per feature, the most different first: the values in its most different window beside the baseline's, and its distance in all windows. */
export function renderFeatures(result: RehearsalResult): Markup {
  const features = result.baseline?.statistics.features ?? [];
  const summaries = features
    .map((feature) => summarize(feature, result.windows))
    .sort((a, b) => b.violationCount - a.violationCount || b.excess - a.excess);
  if (summaries.length === 0) return html`<p class="none">There is no baseline to compare with.</p>`;
  const rest = summaries.length - MAX_CARDS;
  return html`<p class="legend"><span class="key baseline"></span> baseline <span class="key current"></span> the window that differs most
    <span class="key threshold"></span> threshold</p>
    <div class="cards">${summaries.slice(0, MAX_CARDS).map((summary) => renderCard(summary))}</div>
    ${rest > 0 ? html`<p>${rest} more features differ less; the tables below have all of them.</p>` : undefined}`;
}

function summarize(baseline: FeatureStatistics, windows: readonly WindowResult[]): FeatureSummary {
  const distances = windows.map((window) => ({
    window,
    distance: window.distances.find(({ feature }) => feature === baseline.name),
  }));
  const ratios = distances.map(({ distance }) => (distance ? distance.distance / distance.threshold : 0));
  const violationsOf = ({ violations }: WindowResult) =>
    violations.filter(({ feature_name }) => feature_name === baseline.name).length;
  const violationCount = windows.reduce((sum, window) => sum + violationsOf(window), 0);
  return { baseline, distances, violationCount, excess: Math.max(0, ...ratios.filter(Number.isFinite)) };
}

function renderCard(summary: FeatureSummary): Markup {
  const { baseline, violationCount } = summary;
  const badge =
    violationCount > 0
      ? html`<span class="badge problem">${violationCount} ${violationCount === 1 ? 'violation' : 'violations'}</span>`
      : html`<span class="badge quiet">quiet</span>`;
  return html`<article class="card"><h3><span class="name">${baseline.name}</span> <small>${baseline.inferred_type}</small> ${badge}</h3>
    ${renderValues(summary)}${renderDistances(summary)}</article>`;
}

function renderValues({ baseline, distances }: FeatureSummary): Markup {
  const ranked = [...distances].sort((a, b) => (b.distance?.distance ?? -1) - (a.distance?.distance ?? -1));
  const window = ranked.find((entry) => entry.window.statistics)?.window;
  const current = window?.statistics?.features.find(({ name }) => name === baseline.name);
  const distribution = current && compareDistributions(baseline, current);
  if (!window || !distribution) {
    return html`<p class="none">No values to draw: too many different ones, none at all, or another type than in the baseline.</p>`;
  }
  const title = `${baseline.name}: baseline and ${windowName(window)}`;
  return html`<figure>${renderChart({
    title,
    description: describe(distribution),
    width: 520,
    height: 60 + distribution.length * 26,
    option: valuesOption(distribution),
  })}<figcaption>Share of values, baseline and ${windowName(window)}</figcaption></figure>${valuesTable(distribution, windowName(window))}`;
}

function describe(distribution: Distribution): string {
  return distribution
    .map(({ name, baseline, current }) => `${name}: ${formatPercent(baseline)} then ${formatPercent(current)}`)
    .join('; ');
}

function valuesOption(distribution: Distribution) {
  const groups = distribution.map(({ name }) => name);
  const bars = (data: number[], color: string) => ({
    type: 'bar' as const,
    data,
    silent: true,
    barGap: '10%',
    itemStyle: { color },
  });
  return {
    grid: { left: labelWidth(groups), right: 24, top: 6, bottom: 24 },
    xAxis: {
      type: 'value' as const,
      ...axisStyle(),
      axisLabel: { color: COLOR.muted, fontSize: 12, formatter: formatPercent },
    },
    yAxis: { type: 'category' as const, data: groups, inverse: true, ...axisStyle() },
    series: [
      bars(
        distribution.map(({ baseline }) => baseline),
        COLOR.baseline,
      ),
      bars(
        distribution.map(({ current }) => current),
        COLOR.current,
      ),
    ],
  };
}

/** Room for the longest label, in pixels: without a browser there is nothing to measure text with, so capitals are assumed. */
function labelWidth(labels: readonly string[]): number {
  return 16 + Math.max(...labels.map((label) => label.length)) * 7.8;
}

function valuesTable(distribution: Distribution, window: string): Markup {
  const rows = distribution.map(
    ({
      name,
      baseline,
      current,
    }) => html`<tr><th scope="row">${name}</th><td class="number">${formatPercent(baseline)}</td>
      <td class="number">${formatPercent(current)}</td></tr>`,
  );
  return html`<details><summary>As a table</summary><table><thead><tr><th scope="col">Values</th><th scope="col">Baseline</th>
    <th scope="col">${window}</th></tr></thead><tbody>${rows}</tbody></table></details>`;
}

function renderDistances({ baseline, distances }: FeatureSummary): Markup {
  const threshold = distances.find(({ distance }) => distance)?.distance?.threshold;
  if (threshold === undefined) return html`<p class="none">Not compared with the baseline's distribution.</p>`;
  const texts = distances.map(
    ({ window, distance }) => `${windowName(window)}: ${distance ? formatNumber(distance.distance) : 'not compared'}`,
  );
  return html`<figure>${renderChart({
    title: `${baseline.name}: distance to the baseline by window`,
    description: `Threshold ${formatNumber(threshold)}. ${texts.join('; ')}`,
    width: 520,
    height: 130,
    option: distancesOption(distances, threshold),
  })}<figcaption>Distance to the baseline by window; the threshold is ${formatNumber(threshold)}</figcaption></figure>`;
}

function distancesOption(distances: FeatureSummary['distances'], threshold: number) {
  const largest = Math.max(
    threshold * 1.5,
    ...distances.map(({ distance }) => distance?.distance ?? 0).filter(Number.isFinite),
  );
  return {
    grid: { left: 8, right: 24, top: 18, bottom: 6, containLabel: true },
    xAxis: {
      type: 'category' as const,
      data: distances.map(({ window }) => shorten(windowName(window), 24)),
      ...axisStyle(),
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      max: largest,
      ...axisStyle(),
      splitLine: { show: false },
      axisLabel: { show: false },
    },
    series: [distanceBars(distances, threshold)],
  };
}

/** One bar per window, in the colour of a problem where it is drift; the threshold is a dashed line. */
function distanceBars(distances: FeatureSummary['distances'], threshold: number) {
  return {
    type: 'bar' as const,
    silent: true,
    barMaxWidth: 48,
    barMinHeight: 1,
    label: {
      show: true,
      position: 'top' as const,
      backgroundColor: COLOR.card,
      padding: [1, 3],
      color: COLOR.text,
      fontSize: 12,
      formatter: ({ value }: { value?: unknown }) => (typeof value === 'number' ? formatNumber(value) : ''),
    },
    data: distances.map(({ window, distance }) =>
      distance ? barOf(distance, hasDrifted(window, distance.feature)) : null,
    ),
    labelLayout: { hideOverlap: true },
    markLine: {
      z: 1,
      silent: true,
      symbol: 'none',
      label: { show: false },
      data: [{ yAxis: threshold }],
      lineStyle: { color: COLOR.problem, type: 'dashed' as const, width: 1.5 },
    },
  };
}

function barOf({ distance }: Distance, isDrift: boolean) {
  return { value: distance, itemStyle: { color: isDrift ? COLOR.problem : COLOR.current } };
}
