import { EVENT_SOURCE } from '../../outcome/contract';
import type { ToldOutcome } from '../../outcome/handler/told-outcome';
import {
  decisionBeside,
  type KeptDecision,
  RETRAINING_DETAIL_TYPE,
  type RetrainingDecidedDetail,
  type RetrainingDecision,
} from '../../outcome/retraining/contract';
import { putEvent } from '../../runtime/events';
import { wordsOf } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { writeJson } from '../../runtime/s3';

/**
 * Tells what was decided about an outcome: a note beside its report, and an event on a bus, for whoever wants to know. Of an event that is believed there is no
 * report to keep it beside.
 *
 * What cannot be told takes no training back, and starts none again: the log says so, as it says each decision.
 */
export async function tellDecision(told: ToldOutcome, decision: RetrainingDecision, eventBus?: string): Promise<void> {
  const { outcome, location } = told;
  const { outcomeId, executionId, monitorId, status, windowStart, windowEnd, reportUri } = outcome;
  const attempt = async (step: () => Promise<unknown>): Promise<boolean> => {
    try {
      await step();
      return true;
    } catch (error) {
      log('decision not told', { monitorId, outcomeId, trigger: decision.trigger, reason: wordsOf(error) });
      return false;
    }
  };
  const kept: KeptDecision = { version: '1', outcomeId, ...decision };
  const isKept = location && (await attempt(() => writeJson(decisionBeside(location, decision.trigger), kept)));
  const about = { executionId, monitorId, status, windowStart, windowEnd, reportUri };
  const detail: RetrainingDecidedDetail = { ...kept, ...about, ...(isKept ? { isKept } : {}) };
  await attempt(() => putEvent(eventOf(detail, eventBus)));
}

function eventOf(detail: RetrainingDecidedDetail, EventBusName?: string) {
  return { Source: EVENT_SOURCE, DetailType: RETRAINING_DETAIL_TYPE, Detail: JSON.stringify(detail), EventBusName };
}
