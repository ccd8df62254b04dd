import { featureRows } from '../../report/feature-rows';
import { html, type Markup } from '../../report/html';
import { renderPage, section } from '../../report/page';
import { OUR_ANALYZER } from '../containers/container-end';
import type { RehearsalResult } from '../result';
import { renderBlindSpots } from './blind-spot-section';
import { renderDashboards } from './dashboard-section';
import { rehearsedFeatures } from './features';
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
 * Renders what a rehearsal found as one HTML page that needs nothing else: no network, no script, no font. What the data came to is first, as on the page
 * of a run, and what the house made of it last.
 *
 * The page depends on its arguments alone: the same result gives the same page. Text that comes from data (names, values, messages) is escaped. It names
 * values: it is a file on its reader's machine.
 */
export function renderReport(result: RehearsalResult, options: ReportOptions): string {
  const compared = withoutEmptyWindows(result);
  const features = rehearsedFeatures(compared);
  return renderPage({
    title: options.title,
    style: STYLE,
    header: html`<h1>${options.title}</h1>${renderFacts(options)}${renderVerdict(result, features)}`,
    content: html`${section('Features, the most important first', featureRows({ features, naming: 'values' }))}
${section('Windows', renderWindows(result))}
${section('Violated constraints', renderViolations(result))}
${section('Distance to the baseline', renderDistanceTable(compared))}
${section('Completeness', renderCompleteness(compared))}
${section('What this baseline cannot see', renderBlindSpots(result))}
${section('Messages', renderMessages(result))}
${section('Retraining', renderRetrainings(result))}
${result.dashboards.length > 0 ? section(result.dashboards.length > 1 ? 'Dashboards' : 'Dashboard', renderDashboards(result.dashboards)) : undefined}
${section('What happened when', renderTimeline(result))}
${section('The chain, link by link', renderExpectations(result))}`,
    footer: html`All times are virtual. The handlers ran unchanged, as the app deploys them, against a stand-in for the AWS APIs on this machine;
nothing was deployed, and no network was used.${renderContainers(result)}`,
  });
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

function renderFacts({ seed, facts }: ReportOptions): Markup {
  const entries = [...(seed === undefined ? [] : [['seed', String(seed)]]), ...Object.entries(facts ?? {})];
  return html`<dl class="facts">${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
