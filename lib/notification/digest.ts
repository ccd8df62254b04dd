import { KIND_WORDS } from '../kind/kind-words';
import type { EventViolation, ExecutionCompletedDetail } from '../outcome/contract';
import type { Acceptance } from '../outcome/exception/contract';
import { aboutRun } from './about-run';
import { facts } from './facts';
import { headline, type News, newsOf, subject } from './headline';
import { endedFindings } from './incident-rows';
import { type Digest, formatted, type MessageParts } from './message-format';
import { linksOf, type MessageContext } from './message-links';
import { plainDetail } from './plain-text';
import type { TestedPair } from './test-sentence';
import { violationSentence } from './violation-sentence';

/**
 * The readable message about one run: what begins, grows or ends with it, which monitor, which window, what was expected, what was seen, where the report is and what to do.
 * Each text of the run is one line of at most 500 characters without a link; the links are those to the report, to the console and to the documents.
 */
export function digest(told: ExecutionCompletedDetail, context: MessageContext, test?: TestedPair): Digest {
  const detail = plainDetail(told);
  const parts: MessageParts = {
    about: aboutRun(detail),
    subject: subject(detail),
    title: headline(detail),
    paragraphs: [facts(detail, test), findings(detail), ...notWhole(detail)],
    links: linksOf(detail, context),
    advice: advice(detail),
  };
  return formatted(parts, context.format);
}

function findings(detail: ExecutionCompletedDetail): string {
  if (detail.status === 'Failed') return `Reason: ${detail.failureReason ?? 'none was given'}`;
  const { violations, violationCount, watchedCount = 0, acceptedCount = 0 } = detail; // earlier versions confirmed all, and said so of none
  const isCounted = ({ confirmed = true }: EventViolation) => confirmed;
  const found = sentences(violations.filter(isCounted), violationCount);
  const watched = sentences(
    violations.filter((violation) => !isCounted(violation) && !violation.accepted),
    watchedCount,
  );
  const accepted = sentences(
    violations.filter((violation) => violation.accepted),
    acceptedCount,
    acceptedSentence,
  );
  const parts = [
    ...endedFindings(detail),
    ...found,
    ...(watched.length > 0 ? ['Seen, but not confirmed by other windows yet:', ...watched] : []),
    ...(accepted.length > 0 ? ['Found, but not counted, as people said:', ...accepted] : []),
  ];
  return parts.join('\n') || (detail.status === 'LabelsMissing' ? 'Nothing was judged.' : 'Nothing was found.');
}

/** What a mail says one by one: the rest is in the report. */
const MOST_FINDINGS = 5;

function sentences(violations: readonly EventViolation[], count: number, wordsOf = sentence): string[] {
  const told = violations.slice(0, MOST_FINDINGS).map(wordsOf);
  const more = count - told.length;
  return more > 0 ? [...told, `- and ${more} more, in the report`] : told;
}

const sentence = (violation: EventViolation): string =>
  `- ${violation.variant === undefined ? '' : `variant ${violation.variant}: `}${violationSentence(violation)}`;

/** Until when, by whom and why it does not count. */
function acceptedSentence(violation: EventViolation): string {
  const { kind, until, by, reason } = violation.accepted as Acceptance;
  return `${sentence(violation)}\n  ${kind.toLowerCase()} until ${until} by ${by}: ${reason}`;
}

/** What a run that looked at its data did not see; nothing where it is whole, or where an earlier version of this library told the event. */
function notWhole({ health, healthReasons, leftOut, leftOutCount }: ExecutionCompletedDetail): string[] {
  if (health !== 1) return [];
  const checks = leftOut.map(({ feature, check, reason }) => `- ${feature || 'all features'} (${check}): ${reason}`);
  const more = leftOutCount - leftOut.length;
  if (more > 0) checks.push(`- and ${more} more, in the report`);
  return [['This run is not whole:', ...healthReasons.map((reason) => `- ${reason}`), ...checks].join('\n')];
}

function advice(detail: ExecutionCompletedDetail): string {
  const { status, engine, monitorKind } = detail;
  if (status === 'LabelsMissing') return MISSING_LABELS;
  if (status === 'NoData') return NO_DATA;
  const over = OVER[newsOf(detail) ?? ''];
  if (over) return over;
  if (status !== 'Failed') return KIND_WORDS[monitorKind].advice.join('\n');
  const next =
    engine === 'serverless'
      ? 'then start the execution again; its report takes the place of this one.'
      : 'and see what the next run says: the service does not repeat this one.';
  return `put right what the reason names, ${next}`;
}

/** Of what is over. */
const OVER: { readonly [news in News | '']?: string } = {
  Accepted:
    "nothing until then: what is still found is told again by the first window that ends later. The command 'exceptions' says what else is accepted, and takes it back.",
  Ended: 'nothing, if you know why it began and why it ended. The report of each of its windows says what was found.',
  FailuresEnded: 'run the windows that failed again where you need them: nothing is known about them.',
};

const MISSING_LABELS =
  "see whether what collects labels ran, and let the monitor's AnalysisWindow wait longer than they take. Those that come within a day are looked at once more.";

const NO_DATA =
  'see whether requests come, whether they are captured, and whether that is where this monitor looks; an endpoint that nobody uses has none.';
