import type { FeatureStatistics } from '../analysis';
import type { Distribution } from './distribution';
import type { FeatureFacts } from './feature-facts';
import { formatCount, formatNumber, formatPercent, readable } from './figures';
import { checkName, findingWord } from './finding';
import { html, type Markup, shorten } from './html';
import { historyPicture } from './pictures/history';

/** Characters of a reason, or of the words of a finding. */
const TEXT_CHARACTERS = 500;

/** What an opened row shows: what was found or not checked, the values, and the last windows. */
export function featureDetail(feature: FeatureFacts, distribution: Distribution | undefined): Markup {
  return html`<div class="opened">${words(feature)}<div class="two"><div>${values(distribution, feature.currentName)}</div><div>${history(feature)}${moments(feature)}</div></div></div>`;
}

function words({ findings, leftOut }: FeatureFacts): Markup | undefined {
  if (findings.length + leftOut.length === 0) return undefined;
  const found = findings.map(
    ({ check, description, ...finding }) =>
      html`<li><b>${checkName(check)}</b>${STANDS[findingWord(finding)]}: ${shorten(readable(description), TEXT_CHARACTERS)}</li>`,
  );
  const left = leftOut.map(
    ({ check, reason }) => html`<li><b>${checkName(check)} not checked</b>: ${shorten(reason, TEXT_CHARACTERS)}</li>`,
  );
  return html`<ul class="words">${found}${left}</ul>`;
}

const STANDS = { violated: '', watched: ', not confirmed yet', accepted: ', accepted' } as const;

/** The values as a table whose cells are bars: it reads the same with and without eyes. */
function values(distribution: Distribution | undefined, currentName = 'window'): Markup {
  if (!distribution) {
    return html`<p class="none">No values to draw: too many different ones, none at all, or another type than in the baseline.</p>`;
  }
  const most = Math.max(...distribution.flatMap(({ baseline, current }) => [baseline, current]));
  const bar = (share: number) => html`<td style="--w:${Math.round((share / most) * 100)}%">${formatPercent(share)}`;
  const rows = distribution.map(
    ({ name, baseline, current }) => html`<tr><th scope="row">${name}${bar(baseline)}${bar(current)}`,
  );
  return html`<table class="bars"><caption>Share of rows</caption><tr><th scope="col">values<th scope="col">baseline<th scope="col">${currentName}${rows}</table>`;
}

function history({ name, history: points, distance }: FeatureFacts): Markup | undefined {
  if (points.length === 0) return undefined;
  const title = `${shorten(name, 60)}: distance by window`;
  const threshold = distance?.threshold;
  const caption = `Distance in the last ${points.length === 1 ? 'window' : `${points.length} windows`}${threshold === undefined ? '' : `; the line is the threshold, ${formatNumber(threshold)}`}`;
  return html`<figure>${historyPicture({ title, points, threshold })}<figcaption>${caption}</figcaption></figure>`;
}

/** What numbers come to, before and now: counts, means and deviations, which are values of no record. */
function moments(feature: FeatureFacts): Markup {
  const { distance } = feature;
  const facts = [
    change(feature, 'rows with a value', ({ numerical_statistics, string_statistics }) => {
      const common = (numerical_statistics ?? string_statistics)?.common;
      return common && formatCount(common.num_present);
    }),
    change(feature, 'mean', ({ numerical_statistics: numbers }) => numbers && formatNumber(numbers.mean)),
    change(
      feature,
      'standard deviation',
      ({ numerical_statistics: numbers }) => numbers && formatNumber(numbers.std_dev),
    ),
    distance?.method === undefined ? undefined : html`<dt>compared by<dd>${shorten(distance.method, 60)}`,
  ];
  return html`<dl>${facts}</dl>`;
}

/** A fact of a feature in the baseline and now; nothing where neither has it. */
function change(
  { baseline, current }: FeatureFacts,
  name: string,
  textOf: (feature: FeatureStatistics) => string | undefined,
): Markup | undefined {
  const [before, now] = [baseline, current].map((feature) => feature && textOf(feature));
  if (before === undefined && now === undefined) return undefined;
  return html`<dt>${name}<dd>${before === now ? now : `${before ?? '–'} → ${now ?? '–'}`}`;
}
