import type {
  AnalysisFiles,
  LabelCounts,
  NotEvaluated,
  PartCounts,
  Unreadable,
  UnreadableSample,
} from '../../../analysis';
import { FILES, type LeftOut, type ReportedUnreadable } from '../../../outcome/contract';
import type { Conclusion } from '../../../outcome/execution-report';
import { labelCoverage } from '../../../outcome/label-coverage';
import type { RememberedQuality } from '../../../outcome/quality/contract';
import { reportedViolation } from '../../../outcome/reported-violation';
import type { SizedObject } from '../../../runtime/s3';
import type { MonitorRequest } from '../contract';
import type { WorkLocation } from '../plan-items';
import { judgedWindow } from './judged-window';

/** Parts of a window, and what they are compared with. */
export interface WindowData {
  readonly request: MonitorRequest;
  /** of the run that judges them */
  readonly work: WorkLocation;
  readonly parts: readonly SizedObject[];
  /** which has no problem */
  readonly baseline: AnalysisFiles;
}

/** What parts come to. */
export interface JudgedParts {
  readonly conclusion: Conclusion;
  /** of the run, the list of violations last; without that list, or absent, where nothing was judged */
  readonly files?: AnalysisFiles;
  /** how good the model was, of a kind that says it: of all of them, or of each variant */
  readonly quality?: readonly RememberedQuality[];
}

/** Checks records against the files of a baseline. */
export async function judgedParts({ request, parts, baseline }: WindowData): Promise<JudgedParts> {
  const window = await judgedWindow({ request, parts, baseline });
  const counts = window.counts(baseline);
  const unjudged = unjudgedConclusion(request, counts);
  if (unjudged) {
    const { files, quality } = window.expected?.(baseline) ?? {};
    return { conclusion: unjudged, files, quality: quality && [quality] };
  }
  const found = await window.check(baseline);
  if ('refusal' in found) return { conclusion: refused(found.refusal, counts) };
  const { violations, notEvaluated, checkCount, gapCount = 0, quality, ...rest } = found;
  const files = { ...rest.files, [FILES.violations]: { violations: violations.map(({ entry }) => entry) } };
  if (checkCount === 0) return { conclusion: unchecked(counts, notEvaluated), files };
  return {
    conclusion: {
      status: 'Analysed',
      recordCount: counts.recordCount,
      violations: violations.map((finding) => reportedViolation(request.monitor.kind, finding)),
      distances: rest.distances,
      lookedFor: request.signalMetrics && (gapCount > 0 ? ['ConceptDrift'] : []),
      notEvaluated: [...notEvaluated, ...givenUp(counts), ...doubtfulCalls(counts)],
      ...reported(counts),
    },
    files,
    quality: quality && [quality],
  };
}

/** The conclusion about records of which nothing can be judged; undefined where something can. */
function unjudgedConclusion(request: MonitorRequest, counts: PartCounts): Conclusion | undefined {
  if (counts.refusal !== undefined) return refused(counts.refusal, counts);
  if (hasTooFewLabels(request, counts)) {
    return { status: 'LabelsMissing', recordCount: counts.recordCount, ...reported(counts) };
  }
  return counts.recordCount === 0 ? withoutRecords(counts) : undefined;
}

/** Whether fewer predictions have a label than are needed; of no prediction, nothing is missing. */
function hasTooFewLabels({ limits }: MonitorRequest, { labels }: PartCounts): boolean {
  return (labelCoverage(labels) ?? 1) < (limits?.labelCoverage ?? 0);
}

/** What was read and how it met labels, as reports have it. */
export const reported = (counts: PartCounts) => ({ unreadable: reportedUnreadable(counts), labels: counts.labels });

/** The conclusion about a window of which the analysis says nothing. */
function refused(refusal: string, counts: PartCounts): Conclusion {
  return { status: 'Failed', failureReason: `NotAnalysed: ${refusal}`, ...reported(counts) };
}

/** Reasons that a message has. */
const REASONS = 3;

/** The conclusion about a window of which the baseline asks for nothing that could be checked. */
function unchecked(counts: PartCounts, notEvaluated: NotEvaluated[]): Conclusion {
  const asked = notEvaluated.filter(({ isUnasked }) => !isUnasked);
  const told = asked.length > 0 ? asked : notEvaluated;
  const reasons = told.slice(0, REASONS).map(({ feature, reason }) => (feature ? `${feature}: ${reason}` : reason));
  const more = told.length > REASONS ? [`and ${told.length - REASONS} more in report.json`] : [];
  const why = [...reasons, ...more].join('; ') || NOTHING_ASKED;
  const failureReason = `NothingEvaluated: no check was made of ${counts.recordCount} records: ${why}`;
  return { status: 'Failed', failureReason, recordCount: counts.recordCount, notEvaluated, ...reported(counts) };
}

const NOTHING_ASKED =
  'constraints.json asks for none, as where evaluate_constraints and perform_comparison are "Disabled", or every feature is excluded; let it ask for one, or take the monitor away';

/** The conclusion about a window in which no record could be used. */
export function withoutRecords(counts: PartCounts): Conclusion {
  const failureReason = whyNone(counts);
  if (failureReason === undefined) return { status: 'NoData', ...reported(counts) };
  return { status: 'Failed', failureReason, ...reported(counts) };
}

function whyNone(counts: PartCounts): string | undefined {
  const unread = counts.unreadableCount > 0 ? unreadableWords(counts) : undefined;
  if (counts.labels && counts.labels.predictionsWithoutLabel > 0) {
    return `LabelsMissing: ${[missingWords(counts.labels), ...(unread ? [unread] : [])].join('; ')}`;
  }
  return unread && `AllUnreadable: ${unread}`;
}

/** That no prediction has a label, and what to look at. */
function missingWords({ predictionsWithoutLabel, labelsWithoutPrediction }: LabelCounts): string {
  const none = `none of ${predictionsWithoutLabel} predictions has a label`;
  return labelsWithoutPrediction === 0
    ? `${none}: no label lies below the hours from the window's begin to its run; write them there, or let the window be as much earlier as they come later`
    : `${none}, and ${labelsWithoutPrediction} labels that were read have other identifiers: the eventId of a label is the inferenceId of its record, or else the record's own eventId`;
}

/** Why objects are not read whole, in words. */
const GIVEN_UP = {
  'out-of-time': 'for want of time: the log of the function has which',
  'unreadable-file':
    'as no Parquet that can be read: report.json has the first of them, and the log of the function says why',
};

/** Objects that were not read whole leave all checks with less than the window. */
function givenUp({ byReason }: Unreadable): LeftOut[] {
  return Object.entries(GIVEN_UP).flatMap(([reason, why]) => {
    const count = byReason[reason as keyof typeof GIVEN_UP] ?? 0;
    if (count === 0) return [];
    const objects = count === 1 ? '1 object was' : `${count} objects were`;
    return [{ feature: '', check: 'all', reason: `${objects} not read to the end, ${why}` }];
  });
}

/** What somebody did with the marks of own calls, while they were made, leaves all checks with another window. */
function doubtfulCalls({ repeatedOwnCalls = 0, strangeCalls = 0 }: Unreadable): LeftOut[] {
  const count = repeatedOwnCalls + strangeCalls;
  const reason = `${count} records are forged as calls of ours`;
  return count === 0 ? [] : [{ feature: '', check: 'all', reason }];
}

/**
 * "3 records are unreadable: s3://bucket/key line 4 (notJson), ..." with the first three, or with the reasons where no place is known; `detailed` for data of
 * one's own, whose columns may be named.
 */
export function unreadableWords({ unreadableCount, samples, byReason }: Unreadable, detailed = false): string {
  const why = ({ reason, detail }: UnreadableSample) => (detailed ? `${reason}: ${detail}` : reason);
  const places = samples.map((sample) => `${sample.file} line ${sample.line} (${why(sample)})`);
  const first = (places.length > 0 ? places : Object.keys(byReason)).slice(0, 3);
  return `${unreadableCount} ${unreadableCount === 1 ? 'record is' : 'records are'} unreadable: ${first.join(', ')}`;
}

/** Without the details of the samples: these may name columns as clients call them. */
function reportedUnreadable(counts: PartCounts): ReportedUnreadable {
  const { samples, recordCount, labels, refusal, ...rest } = counts;
  return {
    ...rest,
    samples: samples.map(({ file, line, reason }) => ({ file, line, reason })),
  };
}
