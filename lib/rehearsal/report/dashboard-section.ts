import { formatCount, formatNumber, formatTime } from '../../report/figures';
import { html, Markup, named, shorten } from '../../report/html';
import { LOOKS, linesOverTime } from '../../report/pictures/lines-over-time';
import type {
  RehearsedDashboard,
  RehearsedMetrics,
  RehearsedSeries,
  RehearsedWidget,
  WidgetContent,
} from '../dashboard/rehearsed-dashboard';

/** Each dashboard of the app, as it stands when the rehearsal is over. */
export function renderDashboards(dashboards: readonly RehearsedDashboard[]): Markup {
  return html`${dashboards.map(renderDashboard)}`;
}

function renderDashboard(dashboard: RehearsedDashboard): Markup {
  const { name, chosen, from, until } = dashboard;
  const choices = chosen.map(
    ({ label, value }) => html` ${label}: ${value === undefined ? 'none publishes' : named(value)}.`,
  );
  const [first, last] = [from, until].map((time) => formatTime(new Date(time).toISOString()));
  return html`<p>${named(name)}, ${first} to ${last} UTC.${choices}</p>
    <p class="none">As CloudWatch's rules have it, of what was published here: its console draws otherwise. What a rehearsal has not is named.</p>
    ${rowsOf(dashboard.widgets).map((row) => html`<div class="dashboard">${row.map((widget) => renderWidget(widget, dashboard))}</div>`)}`;
}

/** Widgets by where they begin, from the top. */
function rowsOf(widgets: readonly RehearsedWidget[]): RehearsedWidget[][] {
  const tops = [...new Set(widgets.map(({ y }) => y))].sort((one, other) => one - other);
  return tops.map((top) => widgets.filter(({ y }) => y === top).sort((one, other) => one.x - other.x));
}

function renderWidget({ width, title, content }: RehearsedWidget, dashboard: RehearsedDashboard): Markup {
  const heading = title === undefined ? undefined : html`<h4>${title}</h4>`;
  const own = content.kind === 'text' ? 'text' : 'card';
  return html`<div class="${own}" style="--w:${width}">${heading}${contentOf(content, title ?? 'metrics', dashboard)}</div>`;
}

function contentOf(content: WidgetContent, title: string, times: Pick<RehearsedDashboard, 'from' | 'until'>): Markup {
  switch (content.kind) {
    case 'text':
      return renderMarkdown(content.markdown);
    case 'metrics':
      return renderMetrics(content, title, times);
    case 'alarms':
      return html`<ul class="states">${content.alarms.map(({ name, state }) => html`<li><em class="${toneOf(state)}">${state ?? 'not evaluated here'}</em> ${named(name)}</li>`)}</ul>`;
    case 'drawn':
      return new Markup(content.html); // by the renderer of reports, in the bundle of the app
    case 'absent':
      return html`<p class="none">Not here: ${shorten(content.reason, 300)}.</p>`;
    case 'failed':
      return html`<p><em class="violated">not drawn</em> ${shorten(content.reason, 600)}</p>`;
  }
}

const toneOf = (state: string | undefined) => (state === 'ALARM' ? 'violated' : state === 'OK' ? 'met' : 'watched');

/** Headings, and lines as paragraphs: what the texts of dashboards are made of. */
function renderMarkdown(markdown: string): Markup {
  const lines = markdown.split('\n').filter((line) => line.trim() !== '');
  return html`${lines.map((line) => (/^#+ /.test(line) ? html`<h3>${line.replace(/^#+ /, '')}</h3>` : html`<p>${line}</p>`))}`;
}

function renderMetrics(
  metrics: RehearsedMetrics,
  title: string,
  times: Pick<RehearsedDashboard, 'from' | 'until'>,
): Markup {
  const { view, series, limits, absent, least, most } = metrics;
  const missing = renderAbsent(absent);
  if (series.length === 0) return html`${missing}`;
  if (view === 'table') return html`${renderTable(series)}${missing}`;
  const chart = linesOverTime({ title, lines: series, limits, least, most, ...times });
  const held = limits.map(
    ({ value, label }) => html`<li><i class="limit"></i>${shorten(label ?? 'line', 80)}: ${formatNumber(value)}</li>`,
  );
  return html`<figure>${chart}<figcaption><ul class="keys">${series.slice(0, LOOKS).map(renderKey)}${held}</ul>${rest(series)}</figcaption></figure>${missing}`;
}

/** What is not here, by its reason. */
function renderAbsent(absent: RehearsedMetrics['absent']): Markup[] {
  const reasons = [...new Set(absent.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const names = absent.filter((one) => one.reason === reason).map(({ name }) => name);
    return html`<p class="none">Not here, ${reason}: ${shorten([...new Set(names)].join(', '), 400)}.</p>`;
  });
}

function renderKey({ label, points }: RehearsedSeries, index: number): Markup {
  return html`<li><i class="l${index}"></i>${named(label)}: ${formatNumber(points[points.length - 1][1])}</li>`;
}

const rest = (series: readonly RehearsedSeries[]) =>
  series.length > LOOKS ? html`<p class="none">${LOOKS} of ${formatCount(series.length)} are named.</p>` : undefined;

/** Rows of a table that there is room for. */
const MOST_ROWS = 50;

function renderTable(series: readonly RehearsedSeries[]): Markup {
  const rows = series.slice(0, MOST_ROWS).map(({ label, points }) => {
    const values = points.map(([, value]) => value);
    return html`<tr><th scope="row">${named(label)}</th><td>${formatNumber(Math.max(...values))}</td><td>${formatNumber(values[values.length - 1])}</td></tr>`;
  });
  const cut =
    series.length > MOST_ROWS ? html`<p class="none">${MOST_ROWS} of ${formatCount(series.length)}.</p>` : undefined;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="table"><table><tr><th scope="col">Metric</th><th scope="col">Highest</th><th scope="col">Last</th></tr>${rows}</table></div>${cut}`;
}
