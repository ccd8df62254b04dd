import { findingOf, type MetricFinding } from '../analysis';
import { type KeptMetric, type KeptTest, METRIC_WORDS, OUTCOME_WORDS } from '../outcome/tested/contract';
import { counted, formatNumber, formatTime } from './figures';
import { html, type Markup, named, shorten } from './html';
import { type CoursePoint, testCoursePicture } from './pictures/test-course';
import type { ReportedRun } from './reported-run';

/** How far the test of two variants is: what it has come to, and of each metric how the difference became known; undefined without a test. */
export function testSection({ test, report: { comparison } }: ReportedRun): Markup | undefined {
  if (!test || !comparison) return undefined;
  const { metrics, windows, since, until, outcome, name } = test;
  const { reference, candidate } = comparison;
  const words = OUTCOME_WORDS[outcome ?? 'Undecided'];
  const rows = metrics.map(metricRow);
  const drawn = metrics.map((metric, index) => figure(metric, pointsOf(test, index)));
  return html`<p>${named(candidate)} is ${outcome ? html`<b>${words}</b>` : `${words}`} ${named(reference)}${outcome ? '' : ' yet'}: ${counted(windows, 'window')}, ${formatTime(since)} – ${formatTime(until)} UTC${outcome ? '; the test has ended' : ''}.
    ${name && html`<small>test ${shorten(name, 200)}</small>`}</p>
    <div class="scroll" tabindex="0" role="group" aria-label="test of two variants"><table class="figures"><caption>Candidate less reference, and between what it is however often one looks</caption>
    <tr><th scope="col">metric<th scope="col">difference<th scope="col">between<th scope="col">what matters<th scope="col">found${rows}</table></div>
    <p class="legend"><span><i class="key b"></i> where the difference is</span> <span>dashed: no difference, and what matters on either side</span></p><div class="two">${drawn}</div>`;
}

const FOUND: { readonly [finding in MetricFinding]: string } = {
  Better: 'better',
  Worse: 'worse',
  NoDifference: 'none that matters',
  NotWorse: 'not worse by what matters',
  Unknown: 'not known yet',
};

function metricRow({ metric, difference, leastEffect, better }: KeptMetric): Markup {
  const { unit = '' } = METRIC_WORDS[metric] ?? {};
  const between = difference && `${formatNumber(difference.low)} and ${formatNumber(difference.high)}${unit}`;
  const isHeld = leastEffect !== undefined && better !== undefined;
  const finding = isHeld ? FOUND[findingOf({ difference, leastEffect, better })] : '–';
  return html`<tr><th scope="row">${metricName(metric)}<td>${difference ? formatNumber(difference.value) + unit : '–'}<td>${between ?? '–'}<td>${leastEffect === undefined ? '–' : formatNumber(leastEffect) + unit}<td>${finding}`;
}

/** With the last window, which the course of a long test may leave out. */
function pointsOf({ course = [], metrics, windows }: KeptTest, index: number): CoursePoint[] {
  const points = course.flatMap(({ windows: known, differences }) => {
    const difference = differences[index];
    return difference && known < windows ? [{ windows: known, difference }] : [];
  });
  const { difference } = metrics[index];
  return difference ? [...points, { windows, difference }] : points;
}

function figure({ metric, leastEffect }: KeptMetric, points: readonly CoursePoint[]): Markup {
  const name = metricName(metric);
  const drawn =
    points.length > 0
      ? testCoursePicture({ metric: name, points, leastEffect })
      : html`<p class="none">Too little is known to draw.</p>`;
  return html`<figure><figcaption>${name}</figcaption>${drawn}</figure>`;
}

const NAMES: { readonly [metric: string]: string } = {
  mae: 'mean absolute error',
  serverErrors: 'server errors',
  modelLatency: 'model latency',
};

const metricName = (metric: string) => NAMES[metric] ?? metric;
