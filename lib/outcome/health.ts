import type { Evaluated, ExecutionReport, ExecutionStatus, HealthLevel, LateWindow } from './contract';
import { labelCoverage } from './label-coverage';
import { unseen } from './unseen/time-without-data';

/** What is tolerated of a run before it counts as less than whole; shares, 0 to 1, but for times. */
export interface HealthLimits {
  /** of records that could not be read or do not fit */
  readonly unreadable?: number;
  /** of objects of the window before that came after its run */
  readonly late?: number;
  /** of predictions without a label; any share where absent, as labels seldom come for all */
  readonly missingLabels?: number;
  /** of the baseline when the window ended; any age where absent */
  readonly baselineAgeHours?: number;
  /** without data, whyever; what is usual of a quiet endpoint where absent */
  readonly hoursWithoutData?: number;
}

/** What is known of a run when its health is judged. */
export interface JudgedRun
  extends Pick<
    ExecutionReport,
    | 'unreadable'
    | 'lateObjects'
    | 'lateWindows'
    | 'objectCount'
    | 'objectsNotRead'
    | 'labels'
    | 'baselineAgeHours'
    | 'perVariant'
    | 'withoutData'
    | 'neverCaptured'
    | 'exceptionProblems'
  > {
  readonly status: ExecutionStatus;
  readonly evaluated: Evaluated;
  readonly recordCount: number;
  readonly leftOutCount: number;
  readonly failureReason?: string;
}

/** How whole a run is, and why it is not. */
export interface Health {
  readonly level: HealthLevel;
  readonly reasons: string[];
}

/** One in a hundred: what selects a record may be the very defect that a monitor should see. */
const DEFAULT_LIMIT = 0.01;

/** Judges a run: a failed one is told by its reason, any other by all that is less than was asked for. */
export function healthOf(run: JudgedRun, limits: HealthLimits = {}): Health {
  if (run.status === 'Failed')
    return {
      level: 2,
      reasons: [run.failureReason ?? 'the run failed, and its engine gives no reason: look at its execution'],
    };
  const reasons = [
    ...ofRecords(run, limits),
    ...unseen(run, limits.hoursWithoutData),
    ...(run.exceptionProblems ?? []),
    ...setAside(run),
    ...unchecked(run),
    ...late(run, limits.late ?? DEFAULT_LIMIT),
    ...laterStill(run, limits.late ?? DEFAULT_LIMIT),
    ...stale(run, limits.baselineAgeHours ?? Number.POSITIVE_INFINITY),
  ];
  return { level: reasons.length > 0 ? 1 : 0, reasons };
}

/** What is less than whole of the records; of those of each variant where each is judged apart, so that none hides behind the others. */
function ofRecords({ perVariant, ...run }: JudgedRun, limits: HealthLimits): string[] {
  if (!perVariant) return ofOwnRecords(run, limits);
  return perVariant.flatMap((own) => ofOwnRecords(own, limits).map((reason) => `variant ${own.variant}: ${reason}`));
}

type OwnRecords = Pick<JudgedRun, 'unreadable' | 'recordCount' | 'labels'> & { readonly status: string };

function ofOwnRecords(own: OwnRecords, limits: HealthLimits): string[] {
  return [
    ...unread(own, limits.unreadable ?? DEFAULT_LIMIT),
    ...unchanged(own),
    ...unlabelled(own, limits.missingLabels ?? 1),
  ];
}

function unread({ unreadable, recordCount }: OwnRecords, limit: number): string[] {
  if (!unreadable || unreadable.unreadableCount === 0) return [];
  const { unreadableCount, byReason } = unreadable;
  const all = recordCount + unreadableCount;
  if (unreadableCount / all <= limit) return [];
  const reasons = Object.entries(byReason).map(([reason, count]) => `${count} ${reason}`);
  return [
    `${unreadableCount} of ${all} records were not used (${percent(unreadableCount / all)}): ${reasons.join(', ')}; report.json has where the first are`,
  ];
}

function setAside({ objectsNotRead }: JudgedRun): string[] {
  if (!objectsNotRead) return [];
  const { count, byReason } = objectsNotRead;
  const reasons = Object.entries(byReason).map(([reason, each]) => `${each} ${reason}`);
  const which = count === 1 ? 'object of the window was' : 'objects of the window were';
  return [`${count} ${which} not read: ${reasons.join(', ')}; objectsNotRead in report.json has which the first are`];
}

/** Settings that nothing comes to are wrong, or what they were made for has changed. */
function unchanged({ unreadable }: OwnRecords): string[] {
  const { notFound = [] } = unreadable ?? {};
  return notFound.length === 0
    ? []
    : [
        `no record has what transformations name: ${notFound.join(', ')}; mend the transformations, or see what clients send`,
      ];
}

function unchecked({ evaluated, leftOutCount }: JudgedRun): string[] {
  if (evaluated !== 'Part') return [];
  return [
    `${leftOutCount} ${leftOutCount === 1 ? 'check that the baseline asks for was' : 'checks that the baseline asks for were'} not made; notEvaluated of the report has which, and why`,
  ];
}

function unlabelled({ labels, status }: OwnRecords, limit: number): string[] {
  const missing = 1 - (labelCoverage(labels) ?? 1);
  if (!labels || (missing <= limit && status !== 'LabelsMissing')) return [];
  const none = status === 'LabelsMissing' ? ': too many for the others to be judged' : '';
  return [
    `${labels.predictionsWithoutLabel} predictions have no label (${percent(missing)})${none}; see whether what collects labels ran, and whether the window waits as long as they take`,
  ];
}

function late({ lateObjects = 0, objectCount = 0 }: JudgedRun, limit: number): string[] {
  if (lateObjects === 0 || lateObjects / (lateObjects + objectCount) <= limit) return [];
  const objects =
    lateObjects === 1
      ? 'object of the window before came after its run and was'
      : 'objects of the window before came after its run and were';
  return [
    `${lateObjects} ${objects} not analysed; let runs wait longer (settleTime), or raise lateObjects of the limits`,
  ];
}

/** Of windows before that, each by itself: what many others had on time makes the share of none smaller. */
function laterStill({ lateWindows = [] }: JudgedRun, limit: number): string[] {
  const share = ({ lateObjects, objectCount }: LateWindow) => lateObjects / objectCount;
  const missed = lateWindows.filter((window) => share(window) > limit).sort((a, b) => share(b) - share(a));
  if (missed.length === 0) return [];
  const [{ lateObjects, objectCount, windowStart, windowEnd }, ...others] = missed;
  const more =
    others.length === 0 ? '' : `, and some of ${others.length} other windows: lateWindows in report.json has them`;
  return [
    `${lateObjects} of ${objectCount} objects of the window from ${windowStart} to ${windowEnd} came after it was told and were not analysed for it${more}`,
  ];
}

function stale({ baselineAgeHours = 0 }: JudgedRun, limit: number): string[] {
  if (baselineAgeHours <= limit) return [];
  const ages = `${days(baselineAgeHours)} old, older than the ${days(limit)} of baselineAge`;
  return [`the baseline is ${ages}: make it anew from newer data, or raise the limit if the model is as old`];
}

const days = (hours: number) => (hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`);

const percent = (share: number) => `${Number((share * 100).toPrecision(3))}%`;
