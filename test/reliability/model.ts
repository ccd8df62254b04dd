import { type ExecutionReport, isAnalysed, PUBLICATION_STEPS } from '../../lib/outcome/contract';

// What must hold of a window, whatever happened to the calls about it: pure, and as short as the promise is.

/** What is seen of a window when everything has ended, and a reconciliation without faults has come after. */
export interface Seen {
  /** each report that was written at the window's key, in order */
  readonly decisions: readonly ExecutionReport[];
  /** `Detail` of each event about the window, in order */
  readonly events: readonly string[];
  /** each value of a metric, as `name value`, in order */
  readonly metrics: readonly string[];
  /** whether an execution that looked at data said that it had concluded the window */
  readonly wasAnalysed: boolean;
  /** whether one of these had labels for what it looked at */
  readonly wasJudged?: boolean;
  /** runs that were due and judged */
  readonly dueCount: number;
  /** whether a reconciliation lost an answer, or ended, so that it may not know what it has told */
  readonly isForgetful: boolean;
}

/** What does not hold, in words; nothing where all does. */
export function broken(seen: Seen): string[] {
  return [...decidedOnce(seen), ...toldAlike(seen), ...nothingLost(seen), ...judgedOnce(seen)];
}

/** Each revision is decided by one, only a failed one gives way, or one that lacked labels to one that judges and says so, and what was told is never forgotten. */
function decidedOnce({ decisions }: Seen): string[] {
  return decisions.flatMap((now, index) => {
    const before = decisions[index - 1];
    const { revision } = now.outcome;
    if (!before) return revision === 1 ? [] : [`the first decision has revision ${revision}`];
    if (now.token === before.token) {
      return before.published.every((step) => now.published.includes(step))
        ? []
        : [`revision ${revision} forgot what was told`];
    }
    if (revision !== (before.outcome.revision ?? 0) + 1) return [`revision ${revision} was decided twice`];
    return mayGiveWay(before, now) ? [] : [`${before.outcome.status} gave way to ${now.outcome.status}`];
  });
}

function mayGiveWay({ outcome: before }: ExecutionReport, { outcome: now }: ExecutionReport): boolean {
  if (before.status === 'Failed') return true;
  return before.status === 'LabelsMissing' && isAnalysed(now.status) && now.lateLabels === true;
}

/** All tellings of an outcome are equal and are what was decided, and those of one that gave way are of a failed run. */
function toldAlike({ decisions, events }: Seen): string[] {
  const decided = new Map(decisions.map(({ outcome }) => [outcome.outcomeId, outcome]));
  return events.flatMap((event) => {
    const outcome = decided.get(JSON.parse(event).outcomeId);
    if (!outcome) return ['what was told was never decided'];
    return event === JSON.stringify(outcome) ? [] : [`revision ${outcome.revision} was told in two ways`];
  });
}

/** What stands in the end is told, whole; and an execution that analysed the window leaves no failure standing. */
function nothingLost({ decisions, events, metrics, wasAnalysed, wasJudged, dueCount }: Seen): string[] {
  const last = decisions.at(-1);
  if (!last) {
    const heard = metrics.filter((metric) => metric === 'Missed 1').length;
    return [
      ...(wasAnalysed ? ['what was concluded is gone'] : []),
      ...(heard >= dueCount ? [] : ['nobody heard of the window']),
    ];
  }
  const { outcome, published } = last;
  const lost: string[] = [];
  if (!events.includes(JSON.stringify(outcome))) lost.push('the outcome was not told');
  if (!metrics.includes(`Health ${outcome.health}`)) lost.push('the health was not told');
  if (isAnalysed(outcome.status) && !metrics.includes(`Violations ${outcome.violationCount}`))
    lost.push('the violations were not told');
  if (!PUBLICATION_STEPS.every((step) => published.includes(step)))
    lost.push('the outcome does not say that it was told');
  if (wasAnalysed && outcome.status === 'Failed') lost.push('what was found gave way to a failure');
  if (wasJudged && outcome.status === 'LabelsMissing') lost.push('labels that have come were not judged');
  return lost;
}

/** Each run that was due is judged, and counted once by whoever knows what it has told. */
function judgedOnce({ metrics, dueCount, isForgetful }: Seen): string[] {
  const judged = metrics.filter((metric) => metric.startsWith('Missed ')).length;
  if (judged < dueCount) return [`${judged} of ${dueCount} runs were judged`];
  return judged > dueCount && !isForgetful ? [`${dueCount} runs were judged ${judged} times`] : [];
}
