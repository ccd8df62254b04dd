import type { ExecutionReport, ExecutionStatus } from '../outcome/contract';
import { compareDistributions } from './distribution';
import { excessOf, type FeatureFacts, featuresOf, HISTORY_WINDOWS, sorted, standingOf } from './feature-facts';
import { formatCount, formatNumber, formatTime, readable, windowSpan } from './figures';
import { checkName, findingsOf } from './finding';
import { html, type Markup, named, shorten } from './html';
import { pairOfHistograms } from './pictures/pair-of-histograms';
import type { ReportedRun } from './reported-run';
import { at, picture } from './svg';
import { verdictOf, verdictPanel } from './verdict';
import { type Theme, widget } from './widget-style';

/** Something that happened between windows. */
export interface TimeMark {
  readonly kind: 'deployed' | 'retrained';
  /** ISO 8601 */
  readonly time: string;
}

/** All that the widget of a monitor tells. */
export interface MonitorView {
  readonly run: ReportedRun;
  readonly marks: readonly TimeMark[];
  /** of the run's page in the console */
  readonly page?: string;
  readonly theme: Theme;
}

/** Features, or findings, that there is room for. */
const MOST_ROWS = 8;

/** What the newest run of a monitor came to, with the windows before it and what happened between them. */
export function renderMonitorWidget({ run, marks, page, theme }: MonitorView): string {
  const features = sorted(featuresOf(run));
  const windows = [...run.earlier, run.report].slice(-HISTORY_WINDOWS);
  const link = page && html` <a href="${page}" target="_blank" rel="noreferrer">The whole report</a>`;
  return widget(
    theme,
    html`${verdictPanel(verdictOf(run, features))}<p>${windowSpan(run.report.outcome)} UTC, ${named(run.report.outcome.monitorId)}${link}</p>${timeOf(windows, marks)}${features.length > 0 ? featureTable(features) : findingList(run)}`,
  );
}

/** What there is to say of a monitor without a report. */
export function renderWithoutReport(monitorId: string, reason: string, theme: Theme): string {
  return widget(theme, html`<p>${named(monitorId)}: ${shorten(reason, 300)}</p>`);
}

function featureTable(features: readonly FeatureFacts[]): Markup {
  const rows = features.slice(0, MOST_ROWS).map((feature) => {
    const { name, baseline, current, distance } = feature;
    const drawn = baseline && current && compareDistributions(baseline, current, 'places');
    const figures = distance && `${formatNumber(distance.distance)}, at most ${formatNumber(distance.threshold)}`;
    const tone = TONES[standingOf(feature)];
    return html`<tr><th scope="row">${named(name)}</th><td>${drawn ? pairOfHistograms(name, drawn) : '–'}</td><td>${figures ?? '–'}</td><td><em class="${excessOf(feature) > 1 && tone === 'none' ? 'watch' : tone}">${WORDS[standingOf(feature)]}</em></td></tr>`;
  });
  const caption =
    features.length > MOST_ROWS
      ? `${MOST_ROWS} of ${formatCount(features.length)} features, the most important first`
      : 'Features, the most important first';
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Features"><table><caption>${caption}. Columns: baseline, line: window.</caption><tr><th scope="col">Feature</th><th scope="col">Values</th><th scope="col">Distance</th><th scope="col">Stands</th></tr>${rows}</table></div>`;
}

const TONES = { violated: 'problem', watched: 'watch', unchecked: 'watch', accepted: 'none', quiet: 'none' } as const;
const WORDS = {
  violated: 'violated',
  watched: 'watched',
  unchecked: 'not checked',
  accepted: 'accepted',
  quiet: 'quiet',
} as const;

function findingList(run: ReportedRun): Markup | undefined {
  const findings = findingsOf(run);
  if (findings.length === 0) return undefined;
  const items = findings
    .slice(0, MOST_ROWS)
    .map(
      ({ subject, check, description }) =>
        html`<li>${named(subject)} <small>${shorten(checkName(check), 60)}</small> ${shorten(readable(description), 300)}</li>`,
    );
  const rest = findings.length - MOST_ROWS;
  return html`<ul>${items}</ul>${rest > 0 ? html`<p class="none">${MOST_ROWS} of ${formatCount(findings.length)} findings</p>` : undefined}`;
}

const LOOKS: { readonly [status in ExecutionStatus]: 'good' | 'watch' | 'problem' | 'none' } = {
  Completed: 'good',
  Watch: 'watch',
  CompletedWithViolations: 'problem',
  NoData: 'none',
  LabelsMissing: 'none',
  Failed: 'problem',
};

const SIZE = { width: 560, height: 64 };
const FLOOR = 44;

/** Windows by their time, each as high as it confirmed violations, with lines where something was deployed or trained. */
function timeOf(all: readonly ExecutionReport[], marks: readonly TimeMark[]): Markup | undefined {
  const windows = all.filter(({ outcome }) => Date.parse(outcome.windowStart) < Date.parse(outcome.windowEnd));
  if (windows.length === 0) return undefined;
  const [first, last] = [windows[0], windows[windows.length - 1]].map(({ outcome }) => outcome);
  const [from, to] = [Date.parse(first.windowStart), Date.parse(last.windowEnd)];
  const reach = Math.max(to - from, 1);
  const x = (time: string) => at(Math.max(0, Math.min(1, (Date.parse(time) - from) / reach)) * SIZE.width);
  const most = Math.max(1, ...windows.map(({ outcome }) => outcome.violationCount));
  const bars = windows.map(({ outcome }) => {
    const height = at(6 + (outcome.violationCount / most) * 34);
    const width = Math.max(1, at(x(outcome.windowEnd) - x(outcome.windowStart) - 2));
    return html`<rect class="w-${LOOKS[outcome.status] ?? 'none'}" x="${x(outcome.windowStart)}" y="${at(FLOOR - height)}" width="${width}" height="${height}"/>`;
  });
  const seen = marks.filter(({ time }) => Date.parse(time) >= from && Date.parse(time) <= to + reach / 20);
  const lines = seen.map(
    ({ kind, time }) =>
      html`<path class="mark" d="M${x(time)} 0V${FLOOR}"/><text x="${x(time)}" y="${SIZE.height - 4}" text-anchor="${x(time) > SIZE.width / 2 ? 'end' : 'start'}">${kind} ${formatTime(time)}</text>`,
  );
  const title = `Confirmed violations of ${formatCount(windows.length)} windows, and what happened between them`;
  return html`<div class="time">${picture({ title, description: described(windows, seen) }, SIZE, html`${bars}${lines}`)}</div>`;
}

function described(windows: readonly ExecutionReport[], marks: readonly TimeMark[]): string {
  const violated = windows.filter(({ outcome }) => outcome.status === 'CompletedWithViolations').length;
  return [`violations in ${violated}`, ...marks.map(({ kind, time }) => `${kind} ${formatTime(time)}`)].join(', ');
}
