import type { FeatureStatistics } from '../../analysis';
import { namedSubject } from '../../kind/container-violation';
import { formatCount, formatNumber, formatPercent, formatTime } from '../../report/figures';
import { checkName } from '../../report/finding';
import { html, type Markup } from '../../report/html';
import type { RehearsalResult, WindowResult } from '../result';
import { hasDrifted } from './drift';
import { windowName } from './window-name';

/** One row per window: when, which monitor looked at it, how it ended, how much it held. */
export function renderWindows({ windows }: RehearsalResult): Markup {
  if (windows.length === 0) return html`<p class="none">No window was concluded.</p>`;
  const rows = windows.map(
    ({
      outcome,
      unreadableCount,
    }) => html`<tr><th scope="row">${formatTime(outcome.windowStart)} – ${formatTime(outcome.windowEnd).slice(-5)}</th>
      <td class="name">${monitorName(outcome)}</td><td>${statusBadge(outcome.status)}${outcome.failureReason ? html`<br>${outcome.failureReason}` : undefined}</td>
      <td class="number">${formatCount(outcome.recordCount)}</td><td class="number">${unreadableCount}</td>
      <td class="number">${outcome.violationCount}</td><td class="uri">${outcome.reportUri}</td></tr>`,
  );
  return table(['Window (UTC)', 'Monitor', 'Status', '#Records', '#Unreadable', '#Violations', 'Report'], rows);
}

/** What a monitor is called in its front door: the last part of its path. */
function monitorName({ monitorId }: WindowResult['outcome']): string {
  return monitorId.slice(monitorId.lastIndexOf('/') + 1);
}

function statusBadge(status: WindowResult['outcome']['status']): Markup {
  const style = {
    Completed: 'met',
    Watch: 'watched',
    CompletedWithViolations: 'violated',
    NoData: 'watched',
    LabelsMissing: 'violated',
    Failed: 'violated',
  }[status];
  return html`<em class="${style}">${status}</em>`;
}

/** Every violated constraint of every window, in the words of its report. */
export function renderViolations({ windows }: RehearsalResult): Markup {
  const rows = windows.flatMap((window) =>
    window.violations.map(
      (
        violation,
      ) => html`<tr><th scope="row">${windowName(window)}</th><td class="name">${monitorName(window.outcome)}</td><td class="name">${namedSubject(violation)}</td>
        <td>${checkName(violation.constraint_check_type)}</td><td>${violation.description}</td></tr>`,
    ),
  );
  if (rows.length === 0) return html`<p class="none">No constraint was violated.</p>`;
  return table(['Window (UTC)', 'Monitor', 'About', 'Check', 'What was found'], rows);
}

/** The distance of every feature in every window; a cell is darker the closer it comes to the threshold, and marked where it is drift. */
export function renderDistanceTable({ windows }: RehearsalResult): Markup {
  const features = [...new Set(windows.flatMap(({ distances }) => distances.map(({ feature }) => feature)))];
  if (features.length === 0) return html`<p class="none">No feature was compared with the baseline.</p>`;
  const rows = features.map(
    (feature) =>
      html`<tr><th scope="row" class="name">${feature}</th>${windows.map((window) => distanceCell(window, feature))}</tr>`,
  );
  return html`${table(['Feature', ...windows.map((window) => `#${windowName(window)}`)], rows)}
    <p class="none">▲ drift. △ beyond the threshold, but no violation: chance explains it, or the constraints are not evaluated.</p>`;
}

function distanceCell(window: WindowResult, feature: string): Markup {
  const found = window.distances.find((distance) => distance.feature === feature);
  if (!found) return html`<td class="number">–</td>`;
  const ratio = found.distance / found.threshold;
  const isDrift = hasDrifted(window, feature);
  const heat = isDrift ? 'beyond' : `heat-${Math.floor(Math.min(Math.max(ratio, 0), 0.999) * 4)}`;
  return html`<td class="number ${heat}">${formatNumber(found.distance)}${isDrift ? DRIFT : ratio > 1 ? CHANCE : undefined}</td>`;
}

const DRIFT = html` <span class="sign" aria-label="drift, beyond the threshold">▲</span>`;
const CHANCE = html` <span class="sign" aria-label="beyond the threshold, no violation">△</span>`;

/** The share of present values: required, in the baseline and in every window. Features that are complete everywhere are left out. */
export function renderCompleteness({ baseline, windows }: RehearsalResult): Markup {
  const rows = (baseline?.statistics.features ?? []).flatMap((feature) => {
    const shares = windows.map((window) => completenessOf(featureNamed(window, feature.name)));
    const known = completenessOf(feature);
    if ([known, ...shares].every((share) => share === undefined || share === 1)) return [];
    const required = baseline?.constraints.features.find(({ name }) => name === feature.name)?.completeness;
    return [
      html`<tr><th scope="row" class="name">${feature.name}</th>${percentCell(known)}${percentCell(required)}
      ${shares.map((share) => percentCell(share, required))}</tr>`,
    ];
  });
  if (rows.length === 0) return html`<p class="none">No value is missing, neither in the baseline nor in a window.</p>`;
  return table(['Feature', '#Baseline', '#Required', ...windows.map((window) => `#${windowName(window)}`)], rows);
}

function featureNamed({ statistics }: WindowResult, name: string): FeatureStatistics | undefined {
  return statistics?.features.find((feature) => feature.name === name);
}

function completenessOf(feature: FeatureStatistics | undefined): number | undefined {
  const common = (feature?.numerical_statistics ?? feature?.string_statistics)?.common;
  const total = common ? common.num_present + common.num_missing : 0;
  return common && total > 0 ? common.num_present / total : undefined;
}

function percentCell(share: number | undefined, required = 0): Markup {
  if (share === undefined) return html`<td class="number">–</td>`;
  if (share >= required) return html`<td class="number">${formatPercent(share)}</td>`;
  return html`<td class="number beyond">${formatPercent(share)} <span class="sign" aria-label="less than required">▼</span></td>`;
}

/** A table that scrolls by itself where the page is too narrow; a header that begins with # heads numbers. */
export function table(headers: readonly string[], rows: readonly Markup[]): Markup {
  const cells = headers.map((header) =>
    header.startsWith('#')
      ? html`<th scope="col" class="number">${header.slice(1)}</th>`
      : html`<th scope="col">${header}</th>`,
  );
  return html`<div class="scroll" tabindex="0" role="group" aria-label="table"><table class="plain"><thead><tr>${cells}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
