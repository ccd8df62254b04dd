import type { EventBridgeEvent } from 'aws-lambda';
import { environment } from '../../runtime/environment';
import { Failure } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { GATE_ENV, type GateSettings } from '../contract';
import { type DeclineReason, decide } from '../gate-decision';
import { noteDecision, noteStart, releaseLease, takeLease } from './gate-table';
import { hash, pipelineHistory, startPipeline } from './pipeline';

/** What the gate did about one event. */
export type GateResult =
  | { readonly decision: 'started'; readonly executionArn: string }
  | { readonly decision: 'declined'; readonly reason: DeclineReason };

/**
 * Starts the retraining pipeline, or says why not.
 *
 * One trigger has one row, and its lease lets one event in at a time; for others it fails, so that they come again: a lease that is held is no decision. The decision is written before the start is asked for, so a retry
 * after a crash asks again with the same token, and the service starts nothing twice.
 */
export const handler = async (event: EventBridgeEvent<string, unknown>): Promise<GateResult> => {
  if (!event.id)
    throw new Failure('MalformedEvent', "the event has no 'id'; the gate is the target of an EventBridge rule");
  const result = await gate(event.id);
  log(result.decision, { ...result, eventId: event.id, pipeline: environment(GATE_ENV.pipelineName) });
  return result;
};

async function gate(eventId: string): Promise<GateResult> {
  const settings = JSON.parse(environment(GATE_ENV.settings)) as GateSettings;
  const { triggerId, cooldownSeconds, parameters } = settings;
  const pipeline = environment(GATE_ENV.pipelineName);
  const leaseId = hash(triggerId, eventId);
  const lease = { tableName: environment(GATE_ENV.tableName), triggerId, eventId, leaseId };
  const now = Date.now();
  const row = await takeLease(lease, now);
  if (!row)
    throw new Failure('LeaseHeld', 'another event is being decided about; this one is tried again when that is over');
  const history = () => pipelineHistory({ pipelineName: pipeline, triggerId, cooldownSeconds, now });
  const reason = await decide({ row, eventId, leaseId, now, cooldownSeconds, history });
  if (reason) {
    await releaseLease(lease);
    return { decision: 'declined', reason };
  }
  await noteDecision(lease);
  const executionArn = await startPipeline(pipeline, leaseId, { triggerId, parameters });
  await noteStart(lease, now, executionArn);
  return { decision: 'started', executionArn };
}
