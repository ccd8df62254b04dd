import { KIND_WORDS } from '../kind/kind-words';
import { KINDS } from '../kind/kinds';
import type { ExecutionReport } from '../outcome/contract';
import type { FeatureFacts } from './feature-facts';
import { counted, formatNumber } from './figures';
import { type Finding, findingsOf } from './finding';
import { html, type Markup, shorten } from './html';
import type { ReportedRun } from './reported-run';

/** How a verdict looks. */
export type Tone = 'good' | 'watch' | 'problem';

/** What a run came to, in one sentence. */
export interface Verdict {
  readonly tone: Tone;
  readonly sentence: string;
}

const MOST_CHARACTERS = 300;
const SIGNS: { readonly [tone in Tone]: string } = { good: '✓', watch: '◔', problem: '▲' };

/** The first thing to read. */
export function verdictPanel({ tone, sentence }: Verdict): Markup {
  return html`<p class="verdict ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${shorten(sentence, MOST_CHARACTERS)}</p>`;
}

/** What a run came to: what was found and where most of it is; what was not checked, and that it is told to nobody, is said in the same breath. */
export function verdictOf(input: ReportedRun, features: readonly FeatureFacts[]): Verdict {
  const verdict = verdictOfRun(input, features);
  return input.report.outcome.paused ? { tone: 'watch', sentence: `Paused: ${verdict.sentence}` } : verdict;
}

function verdictOfRun(input: ReportedRun, features: readonly FeatureFacts[]): Verdict {
  const { report } = input;
  const { status, monitorKind, violationCount } = report.outcome;
  const { aspect } = KINDS[monitorKind];
  const watched = watchedName(report);
  const findings = findingsOf(input);
  const most = mostOfAll(findings, features);
  switch (status) {
    case 'CompletedWithViolations':
      return {
        tone: 'problem',
        sentence: `${KIND_WORDS[monitorKind].headline(violationCount, watched)}${most}${unchecked(report)}.`,
      };
    case 'Watch':
      return {
        tone: 'watch',
        sentence: `${watchSentence(report, `${aspect} of ${watched}`)}${most}${unchecked(report)}.`,
      };
    case 'Completed':
      return {
        tone: isWhole(report) ? 'good' : 'watch',
        sentence: `No violation in ${aspect} of ${watched}${unchecked(report)}.`,
      };
    case 'NoData':
      return { tone: 'watch', sentence: `No data: nothing is known about ${aspect} of ${watched} in this window.` };
    case 'LabelsMissing':
      return { tone: 'problem', sentence: `Too few labels to judge ${aspect} of ${watched}: nothing was checked.` };
    default:
      return {
        tone: 'problem',
        sentence: `Monitoring of ${aspect} of ${watched} failed: nothing is known about this window.`,
      };
  }
}

/** Of findings that do not count: yet, or as people said. */
function watchSentence({ outcome: { watchedCount = 0, acceptedCount = 0 } }: ExecutionReport, what: string): string {
  const accepted = counted(acceptedCount, 'accepted finding');
  if (watchedCount === 0 && acceptedCount > 0) return `Nothing that counts in ${what}: ${accepted}`;
  const beside = acceptedCount > 0 ? ` and ${accepted}` : '';
  return `Nothing confirmed yet in ${what}: ${counted(watchedCount, 'finding')} to watch${beside}`;
}

/** What is watched, as people call it. */
export function watchedName({ outcome: { endpointName, dataName } }: ExecutionReport): string {
  return endpointName ?? dataName ?? 'batch transform';
}

function isWhole({ outcome: { health = 0 } }: ExecutionReport): boolean {
  return health === 0;
}

function unchecked({ outcome: { leftOutCount = 0, health = 0 } }: ExecutionReport): string {
  if (leftOutCount > 0) return `; ${counted(leftOutCount, 'check')} ${leftOutCount === 1 ? 'was' : 'were'} not made`;
  return health > 0 ? '; the run is not whole' : '';
}

/** The feature, metric, group or output in which most was found, the most important first. */
function mostOfAll(findings: readonly Finding[], features: readonly FeatureFacts[]): string {
  const feature = features.find((each) => each.findings.length > 0);
  const { subject = '', variant } = feature?.findings[0] ?? findings[0] ?? {};
  if (subject === '') return '';
  const { distance } = feature ?? {};
  const figures =
    distance &&
    ` (distance ${formatNumber(distance.distance)}, at most ${formatNumber(distance.threshold)} is allowed)`;
  const whose = variant === undefined ? '' : ` of variant ${shorten(variant, 63)}`;
  return `${findings.length > 1 ? ', most of all ' : ': '}${shorten(subject, 80)}${whose}${figures ?? ''}`;
}
