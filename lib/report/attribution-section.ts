import type { LabelExplanation } from '../analysis';
import { formatCount, formatPercent } from './figures';
import { html, type Markup, named } from './html';
import type { ReportedRun } from './reported-run';

/** Features that are drawn of each output. */
const MOST_FEATURES = 40;

/** How much each feature counts in what the model answers, then and now; undefined where the run has no attributions. */
export function attributionSection({ run, baseline }: ReportedRun): Markup | undefined {
  const now = run.analysis?.explanations?.kernel_shap;
  if (!now) return undefined;
  const before = baseline.analysis?.explanations?.kernel_shap ?? {};
  return html`${Object.entries(now).map(([label, explanation]) => labelTable(label, explanation, before[label]))}`;
}

interface Share {
  readonly feature: string;
  readonly before: number;
  readonly now: number;
}

function labelTable(label: string, now: LabelExplanation, before: LabelExplanation | undefined): Markup {
  const shares = sharesOf(now, before);
  const [ranksBefore, ranksNow] = [ranks(shares, 'before'), ranks(shares, 'now')];
  const most = Math.max(...shares.flatMap((share) => [share.before, share.now]), 1e-9);
  const bar = (share: number) => html`<td style="--w:${Math.round((share / most) * 100)}%">${formatPercent(share)}`;
  const rows = shares.slice(0, MOST_FEATURES).map(({ feature, ...share }) => {
    const [was, is] = [ranksBefore.get(feature), ranksNow.get(feature)];
    const moved = before && was !== is ? html`<em class="watched">${was} → ${is}</em>` : is;
    return html`<tr><th scope="row">${named(feature)}<td>${moved}${bar(share.before)}${bar(share.now)}`;
  });
  const rest = shares.length - MOST_FEATURES;
  return html`<table class="bars"><caption>Attributions of ${named(label)}: each feature's share of all</caption>
    <tr><th scope="col">feature<th scope="col">place<th scope="col">baseline<th scope="col">window${rows}</table>
    ${rest > 0 ? html`<p class="none">${formatCount(rest)} more features count less; analysis.json has them.</p>` : undefined}`;
}

/** Shares of the sum of all sizes, those that counted most in the baseline first. */
function sharesOf(now: LabelExplanation, before: LabelExplanation | undefined): Share[] {
  const [is, was] = [now, before].map((each) => each?.global_shap_values ?? {});
  const total = (values: Record<string, number>) =>
    Object.values(values).reduce((sum, value) => sum + Math.abs(value), 0);
  const [all, former] = [total(is), total(was)];
  const share = (value: number | undefined, sum: number) => (sum > 0 ? Math.abs(value ?? 0) / sum : 0);
  return [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .map((feature) => ({ feature, before: share(was[feature], former), now: share(is[feature], all) }))
    .sort((a, b) => b.before - a.before || b.now - a.now);
}

/** Places by size, 1 the largest. */
function ranks(shares: readonly Share[], side: 'before' | 'now'): Map<string, number> {
  const ordered = [...shares].sort((a, b) => b[side] - a[side]);
  return new Map(ordered.map(({ feature }, index) => [feature, index + 1]));
}
