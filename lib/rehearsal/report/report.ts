import { html, Markup } from '../../report/html';
import { OUR_ANALYZER } from '../containers/container-end';
import type { RehearsalResult } from '../result';
import { renderBlindSpots } from './blind-spot-section';
import { renderFeatures } from './feature-section';
import { renderExpectations, renderMessages, renderRetrainings, renderVerdict } from './outcome-section';
import { STYLE } from './style';
import { renderTimeline } from './timeline-section';
import { renderCompleteness, renderDistanceTable, renderViolations, renderWindows } from './window-section';

/** What the page says besides the result. */
export interface ReportOptions {
  /** of the page, as plain text */
  readonly title: string;
  /** of the split or the draw of the data; shown, so that the run can be repeated */
  readonly seed?: number;
  /** more to know of the run, as name and value: where the data come from, what was run */
  readonly facts?: { readonly [name: string]: string };
}

/**
 * Renders what a rehearsal found as one HTML page that needs nothing else: no network, no script, no font.
 *
 * The page depends on its arguments alone: the same result gives the same page. Text that comes from data (names, values, messages) is escaped.
 */
export function renderReport(result: RehearsalResult, options: ReportOptions): string {
  const compared = withoutEmptyWindows(result);
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${options.title}</title><style>${new Markup(STYLE)}</style></head>
<body><main><header><h1>${options.title}</h1>${renderFacts(options)}</header>
${renderVerdict(result)}
${section('The chain, link by link', renderExpectations(result))}
${section('What happened when', renderTimeline(result))}
${section('Windows', renderWindows(result))}
${section('Violated constraints', renderViolations(result))}
<section><h2>Features, the most different first</h2>${renderFeatures(compared)}</section>
${section('Distance to the baseline', renderDistanceTable(compared))}
${section('Completeness', renderCompleteness(compared))}
${section('What this baseline cannot see', renderBlindSpots(result))}
${section('Messages', renderMessages(result))}
${section('Retraining', renderRetrainings(result))}
<footer>All times are virtual. The handlers ran unchanged, as the app deploys them, against a stand-in for the AWS APIs on this machine;
nothing was deployed, and no network was used.${renderContainers(result)}</footer>
</main></body></html>
`;
  return page.text;
}

/** Whose work the results of Model Monitor are. */
function renderContainers({ windows }: RehearsalResult): Markup | undefined {
  const isService = windows.some(({ outcome }) => outcome.engine === 'model-monitor');
  return isService
    ? html` SageMaker's containers did not run: their work was done by ${OUR_ANALYZER}, by the containers' rules.`
    : undefined;
}

/** Windows without a record, or whose run failed, would be empty columns in everything that compares. */
function withoutEmptyWindows(result: RehearsalResult): RehearsalResult {
  return {
    ...result,
    windows: result.windows.filter(({ distances, statistics }) => statistics || distances.length > 0),
  };
}

function section(title: string, content: Markup): Markup {
  return html`<section><h2>${title}</h2><div class="panel">${content}</div></section>`;
}

function renderFacts({ seed, facts }: ReportOptions): Markup {
  const entries = [...(seed === undefined ? [] : [['seed', String(seed)]]), ...Object.entries(facts ?? {})];
  return html`<dl class="facts">${entries.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
