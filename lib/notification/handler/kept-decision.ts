import type { ToldOutcome } from '../../outcome/handler/told-outcome';
import { decisionBeside, type KeptDecision } from '../../outcome/retraining/contract';
import { Failure } from '../../runtime/failure';
import { readJson } from '../../runtime/s3';

/**
 * What a trigger decided about an outcome, as it has kept it beside the report: of an event of that only which trigger it is of is believed. Undefined where it has decided about
 * another outcome since, and where nobody knows where reports lie. Throws where nothing is kept: nobody decided, or it was not told.
 */
export async function keptDecision(
  { outcome, location }: ToldOutcome,
  trigger: string,
): Promise<KeptDecision | undefined> {
  if (!/^[0-9a-f]{16}$/.test(trigger)) {
    const then = 'whoever may put events on the bus may have written it; nothing was done about it';
    throw new Failure('MalformedEvent', `the event's 'trigger' is none; ${then}`);
  }
  const kept = location && (await readJson<KeptDecision>(decisionBeside(location, trigger)));
  return kept?.outcomeId === outcome.outcomeId ? kept : undefined;
}
