import type { ExecutionCompletedDetail } from '../outcome/contract';
import { newsOf } from './headline';
import type { MessageAbout } from './message-format';

/** What a message about a run is of. */
export function aboutRun(detail: ExecutionCompletedDetail): MessageAbout {
  const { monitorId, monitorKind, status, outcomeId } = detail;
  const news = newsOf(detail);
  return {
    ...{ news, thread: threadOf(detail), id: outcomeId },
    keywords: [monitorId, monitorKind, news ?? status],
    told: { outcome: detail },
  };
}

/** One for each incident of a monitor, or row of failures; of a run that knows of neither, for its window. */
function threadOf(detail: ExecutionCompletedDetail): string {
  const { monitorId, windowStart, incidents } = detail;
  const isFailure = newsOf(detail)?.startsWith('Failures');
  const begun = isFailure ? incidents?.failures?.since : incidents?.incident?.id;
  return `${monitorId} ${isFailure ? 'failures ' : ''}${begun ?? windowStart}`;
}
