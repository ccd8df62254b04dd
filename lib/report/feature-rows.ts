import { compareDistributions, type Distribution, type Naming } from './distribution';
import { featureDetail } from './feature-detail';
import { excessOf, type FeatureFacts, missingShareOf, type Standing, standingOf } from './feature-facts';
import { formatCount, formatNumber, formatPercent, formatProbability } from './figures';
import { html, type Markup, named } from './html';
import { pairOfHistograms } from './pictures/pair-of-histograms';

/** Features that can be opened: a page of thousands would be too large to open. */
const MOST_OPENED = 100;

/** What the rows of features are shown with. */
export interface FeatureTable {
  readonly features: readonly FeatureFacts[];
  readonly naming: Naming;
}

const COLUMNS = ['Feature', 'Values', 'Distance', 'Threshold', 'p-value', 'Blind below', 'Missing'];

/** One row a feature, the most important first; the first hundred open to show their values, their last windows and the words of what was found. */
export function featureRows(table: FeatureTable): Markup {
  const { features } = table;
  if (features.length === 0) return html`<p class="none">There are no features to compare.</p>`;
  const rows = features.map((feature, index) => featureRow(feature, table, index < MOST_OPENED));
  const rest = features.length - MOST_OPENED;
  return html`${LEGEND}<div class="rows"><div class="row head" aria-hidden="true">${COLUMNS.map((name) => html`<span>${name}</span>`)}</div>${rows}</div>
    ${rest > 0 ? html`<p class="none">The ${formatCount(rest)} least important features do not open; the files beside this page have all of them.</p>` : undefined}`;
}

const LEGEND = html`<p class="legend"><span><i class="key b"></i> baseline</span> <span><i class="key c"></i> window</span>
  <span><b>Blind below</b>: with as many rows as this window has, a smaller shift may go unseen.</span></p>`;

function featureRow(feature: FeatureFacts, { naming }: FeatureTable, opens: boolean): Markup {
  const { baseline, current } = feature;
  const distribution = baseline && current && compareDistributions(baseline, current, naming);
  const standing = standingOf(feature);
  const cells = rowCells(feature, standing, distribution);
  if (!opens) return html`<div class="row ${standing}">${cells}</div>`;
  const isOpen = html`${standing === 'violated' ? ' open' : ''}`;
  return html`<details${isOpen}><summary class="row ${standing}">${cells}</summary>${featureDetail(feature, distribution)}</details>`;
}

const STANDINGS: { readonly [standing in Standing]: string } = {
  violated: 'violated',
  watched: 'watched',
  unchecked: 'not checked',
  accepted: 'accepted',
  quiet: 'quiet',
};

function rowCells(feature: FeatureFacts, standing: Standing, distribution: Distribution | undefined): Markup {
  const { name, baseline, current, distance, visible } = feature;
  const type = (current ?? baseline)?.inferred_type;
  const drawn = distribution ? pairOfHistograms(name, distribution) : html`<small>not drawn</small>`;
  return html`<span>${named(name)} <small>${type}</small> <em>${STANDINGS[standing]}</em></span><span>${drawn}</span>${cell('distance', distanceText(feature))}${cell(
    'threshold',
    distance && formatNumber(distance.threshold),
  )}${cell('p-value', distance?.pValue === undefined ? undefined : formatProbability(distance.pValue))}${cell(
    'blind below',
    visible === undefined ? undefined : visibleText(visible),
  )}${cell('missing', missingText(missingShareOf(baseline), missingShareOf(current)))}`;
}

/** A figure, and its name for those who do not see the head of its column. */
function cell(name: string, content: Markup | string | undefined): Markup {
  return html`<span><i>${name} </i>${content ?? '–'}</span>`;
}

/** The distance, and how much of its threshold it takes up. */
function distanceText(feature: FeatureFacts): Markup | undefined {
  if (!feature.distance) return undefined;
  const share = Math.round(Math.min(1, Math.max(0, excessOf(feature) / 2)) * 100);
  return html`${formatNumber(feature.distance.distance)}<s style="--w:${share}%"></s>`;
}

function visibleText(visible: number): string {
  return visible > 1 ? 'all' : formatNumber(visible);
}

function missingText(before: number | undefined, now: number | undefined): string | undefined {
  if (before === undefined && now === undefined) return undefined;
  const [was, is] = [before, now].map((share) => (share === undefined ? '–' : formatPercent(share)));
  return was === is ? is : `${was} → ${is}`;
}
