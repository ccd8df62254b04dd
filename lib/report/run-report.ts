import { KINDS } from '../kind/kinds';
import { acceptedSection } from './accepted-section';
import { attributionSection } from './attribution-section';
import { biasSection, hasGroups } from './bias-section';
import { checkedPanel } from './checked';
import { type FeatureFacts, featuresOf, HISTORY_WINDOWS, sorted } from './feature-facts';
import { featureRows } from './feature-rows';
import { counted, formatCount, readable, windowSpan } from './figures';
import { checkName, type Finding, findingsOf, findingWord } from './finding';
import { html, type Markup, named, shorten } from './html';
import { renderPage, section } from './page';
import { windowsStrip } from './pictures/windows-strip';
import { provenance } from './provenance';
import { qualitySection } from './quality-section';
import { qualityWindowsSection } from './quality-windows';
import type { ReportedRun } from './reported-run';
import { testSection } from './test-section';
import { type Judged, judgedParts, variantsTable } from './variants';
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
  const { outcome } = input.report;
  const parts = judgedParts(input).map((part) => ({ ...part, features: partFeatures(part) }));
  const features = sorted(parts.flatMap((part) => part.features));
  const title = `${capitalized(KINDS[outcome.monitorKind].aspect)} of ${watchedName(input.report)}`;
  return renderPage({
    title: shorten(`${title}, ${windowSpan(outcome)}`, 200),
    header: html`<h1>${shorten(title, 160)}</h1><p class="when">${windowSpan(outcome)} UTC</p>${verdictPanel(verdictOf(input, features))}`,
    content: html`${checkedPanel(input.report, features.length)}
${optional('Variants, side by side', variantsTable(input))}${optional('The test of the two, window by window', testSection(input))}
${acceptedSection(input.report)}
${findingsSection(findingsOf(input), features)}
${parts.map((part) => partSections(part))}
${windowsSection(input)}
${section('Where this comes from', provenance(input))}`,
    footer: input.naming === 'values' ? undefined : withoutValues(input),
  });
}

/** What is said where values are not named: groups of bias are told by those that the baseline has, in findings and mails as well. */
function withoutValues(input: ReportedRun): Markup {
  const told = hasGroups(input) ? ', but those by which the baseline tells groups apart' : '';
  return html`Values of records are not on this page${told}: ${told === '' ? 'groups of them' : 'all others'} are called by their place. The files beside it have them.`;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** The features of what is judged, where its files have any; of a variant of which there are none, no rows of the baseline alone. */
function partFeatures({ variant, input }: Judged): FeatureFacts[] {
  const { run, baseline } = input;
  const beside = variant === undefined ? baseline.statistics?.features : undefined;
  return (run.statistics?.features ?? beside) === undefined ? [] : featuresOf(input);
}

/** What its files have of what is judged: features, and what is special about a kind of monitor. */
function partSections({ variant, input, features }: Judged & { readonly features: readonly FeatureFacts[] }): Markup {
  const titled = (title: string) => (variant === undefined ? title : `${title}: variant ${shorten(variant, 63)}`);
  const rows = features.length > 0 ? featureRows({ features, naming: input.naming ?? 'places' }) : undefined;
  return html`${optional(titled('Features, the most important first'), rows)}${optional(titled('What the model is worth'), qualitySection(input))}${optional(
    titled('Its worth from window to window'),
    qualityWindowsSection(input),
  )}${optional(
    titled('Bias by group'),
    biasSection(input),
  )}${optional(titled('What the model looks at'), attributionSection(input))}`;
}

const optional = (title: string, content: Markup | undefined) => content && section(title, content);

function windowsSection({ report, earlier }: ReportedRun): Markup {
  const windows = [...earlier, report].slice(-HISTORY_WINDOWS);
  const title = windows.length === 1 ? 'window' : counted(windows.length, 'window');
  return section(`The last ${title}`, windowsStrip(windows));
}

/** What was found and has no row of its own. */
function findingsSection(findings: readonly Finding[], features: readonly FeatureFacts[]): Markup | undefined {
  const rows = new Set(features.map(({ name }) => name));
  const others = findings.filter(({ subject }) => !rows.has(subject));
  if (others.length === 0) return undefined;
  const items = others
    .slice(0, MOST_FINDINGS)
    .map(
      ({ subject, check, description, variant, ...finding }) =>
        html`<li><em class="${findingWord(finding)}">${findingWord(finding)}</em> ${named(subject)} <small>${variant && `variant ${shorten(variant, 63)}, `}${checkName(check)}</small> ${shorten(readable(description), 500)}`,
    );
  const rest = others.length - MOST_FINDINGS;
  return section(
    'What was found',
    html`<ul class="words">${items}${rest > 0 ? html`<li>and ${formatCount(rest)} more, in constraint_violations.json` : undefined}</ul>`,
  );
}
