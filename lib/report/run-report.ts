import { KINDS } from '../kind/kinds';
import { attributionSection } from './attribution-section';
import { biasSection } from './bias-section';
import { checkedPanel } from './checked';
import { type FeatureFacts, featuresOf, HISTORY_WINDOWS } from './feature-facts';
import { featureRows } from './feature-rows';
import { formatCount, readable, windowSpan } from './figures';
import { checkName, type Finding, findingsOf } from './finding';
import { html, type Markup, named, shorten } from './html';
import { renderPage, section } from './page';
import { windowsStrip } from './pictures/windows-strip';
import { provenance } from './provenance';
import { qualitySection } from './quality-section';
import type { ReportedRun } from './reported-run';
import { verdictOf, verdictPanel, watchedName } from './verdict';

/** Findings that are listed beside the rows of features. */
const MOST_FINDINGS = 40;

/**
 * Renders what a run came to as one HTML page that needs nothing else.
 *
 * The page depends on its arguments alone: the same run gives the same page. Names, reasons and words of findings, which strangers write, are escaped and
 * cut. Whatever file is absent, the page says what the others know.
 */
export function renderRunReport(input: ReportedRun): string {
  const { report, earlier } = input;
  const hasFeatures = (input.run.statistics?.features ?? input.baseline.statistics?.features) !== undefined;
  const features = hasFeatures ? featuresOf(input) : [];
  const { monitorKind } = report.outcome;
  const title = `${capitalized(KINDS[monitorKind].aspect)} of ${watchedName(report)}`;
  const windows = [...earlier, report].slice(-HISTORY_WINDOWS);
  return renderPage({
    title: shorten(`${title}, ${windowSpan(report.outcome)}`, 200),
    header: html`<h1>${shorten(title, 160)}</h1><p class="when">${windowSpan(report.outcome)} UTC</p>${verdictPanel(verdictOf(input, features))}`,
    content: html`${checkedPanel(report, features.length)}
${findingsSection(findingsOf(input), features)}
${hasFeatures && features.length > 0 ? section('Features, the most important first', featureRows({ features, naming: input.naming ?? 'places' })) : undefined}
${kindSections(input)}
${section(`The last ${windows.length === 1 ? 'window' : `${formatCount(windows.length)} windows`}`, windowsStrip(windows))}
${section('Where this comes from', provenance(input))}`,
    footer:
      input.naming === 'values'
        ? undefined
        : html`Values of records are not on this page: groups of them are called by their place. The files beside it have them.`,
  });
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** What is special about a kind of monitor: whatever of it the files have. */
function kindSections(input: ReportedRun): Markup {
  const [quality, bias, attributions] = [qualitySection(input), biasSection(input), attributionSection(input)];
  return html`${quality && section('What the model is worth', quality)}${bias && section('Bias by group', bias)}${attributions && section('What the model looks at', attributions)}`;
}

/** What was found and has no row of its own. */
function findingsSection(findings: readonly Finding[], features: readonly FeatureFacts[]): Markup | undefined {
  const rows = new Set(features.map(({ name }) => name));
  const others = findings.filter(({ subject }) => !rows.has(subject));
  if (others.length === 0) return undefined;
  const items = others
    .slice(0, MOST_FINDINGS)
    .map(
      ({ subject, check, description, isConfirmed }) =>
        html`<li><em class="${isConfirmed ? 'violated' : 'watched'}">${isConfirmed ? 'violated' : 'watched'}</em> ${named(subject)} <small>${checkName(check)}</small> ${shorten(readable(description), 500)}`,
    );
  const rest = others.length - MOST_FINDINGS;
  return section(
    'What was found',
    html`<ul class="words">${items}${rest > 0 ? html`<li>and ${formatCount(rest)} more, in constraint_violations.json` : undefined}</ul>`,
  );
}
