import { type SignalName, signalsOf } from '../../kind/kind-signals';
import { type ToldOutcome, toldOutcome } from '../../outcome/handler/told-outcome';
import type { RetrainingDecision } from '../../outcome/retraining/contract';
import { environment } from '../../runtime/environment';
import { Failure } from '../../runtime/failure';
import { log } from '../../runtime/log';
import { GATE_ENV, type GateRequest, type GateSettings } from '../contract';
import { type DeclineReason, decide, lacksReason, withDecided } from '../gate-decision';
import { type Lease, noteDecision, noteStart, releaseLease, takeLease } from './gate-table';
import { hash, type PipelineStart, pipelineHistory, startedFor, startPipeline } from './pipeline';
import { tellDecision } from './told-decision';

/** What the gate did about one event. */
export type GateResult =
  | { readonly decision: 'started'; readonly executionArn: string }
  | { readonly decision: 'declined'; readonly reason: DeclineReason };

/**
 * Starts the retraining pipeline, or says why not. What was found says the report: one that is not there throws, so that its event ends in a dead-letter queue.
 *
 * One trigger has one row, and its lease lets one event in at a time; for others it fails, so that they come again: a lease that is held is no decision. The decision is written before the start is asked for, so a retry
 * after a crash asks again with the same token, which is the outcome's, and the service starts nothing twice. What was decided about an outcome is noted with its id, and each further telling of it is dropped.
 */
export const handler = async (request: GateRequest): Promise<GateResult> => {
  const { id: eventId, detail } = request;
  if (!eventId || !detail)
    throw new Failure(
      'MalformedEvent',
      "the event has no 'id' or no 'detail'; the gate is the target of an EventBridge rule",
    );
  const told = await toldOutcome(request);
  const reason = lacksReason(told?.outcome, request);
  const result: GateResult = reason ? { decision: 'declined', reason } : await gate(eventId, told);
  const decision = told && decisionOf(result, signalsOf(told.outcome));
  if (told && decision) await tellDecision(told, decision, request.eventBus);
  log(result.decision, { ...result, eventId, pipeline: environment(GATE_ENV.pipelineName) });
  return result;
};

/** What there is to tell: nothing of events that are no reason for a training, or about which it was decided before. */
function decisionOf(result: GateResult, signals: readonly SignalName[]): RetrainingDecision | undefined {
  const { triggerId } = JSON.parse(environment(GATE_ENV.settings)) as GateSettings;
  const of = { trigger: hash(triggerId).slice(0, 16), pipelineName: environment(GATE_ENV.pipelineName), signals };
  if (result.decision === 'started') return { ...of, decision: 'Started', executionArn: result.executionArn };
  const { reason } = result;
  const isNew = reason === 'CoolDown' || reason === 'TrainedSince' || reason === 'PipelineRunning';
  return isNew ? { ...of, decision: 'Declined', reason } : undefined;
}

async function gate(eventId: string, told?: ToldOutcome): Promise<GateResult> {
  const settings = JSON.parse(environment(GATE_ENV.settings)) as GateSettings;
  const { triggerId, cooldownSeconds } = settings;
  const pipeline = environment(GATE_ENV.pipelineName);
  const leaseId = hash(triggerId, eventId);
  const lease = { tableName: environment(GATE_ENV.tableName), triggerId, eventId, leaseId };
  const outcomeId = told?.location && told.outcome.outcomeId;
  const concludedAt = told?.concludedAt === undefined ? undefined : Date.parse(told.concludedAt);
  const now = Date.now();
  const row = await takeLease(lease, now);
  if (!row)
    throw new Failure('LeaseHeld', 'another event is being decided about; this one is tried again when that is over');
  const asked = { pipelineName: pipeline, triggerId, cooldownSeconds, now };
  const history = () => pipelineHistory(asked);
  const declined = await decide({ row, eventId, leaseId, outcomeId, concludedAt, now, cooldownSeconds, history });
  const outcomes = withDecided(row, outcomeId);
  if (declined) {
    await releaseLease(lease, outcomes);
    return { decision: 'declined', reason: declined };
  }
  const reason = outcomeId === undefined ? `event ${eventId}` : `outcome ${outcomeId}`;
  const before = row.decidedLeaseId === leaseId ? await startedFor(asked, reason) : undefined;
  const started = before ?? {
    executionArn: await start(lease, { pipelineName: pipeline, reason, parameters: toldParameters(settings, told) }),
    startedAt: now,
  };
  await noteStart(lease, started, outcomes);
  return { decision: 'started', executionArn: started.executionArn };
}

/** The fixed ones, and what the violations are a sign of, as `ConceptDrift,ModelDecay`, where the trigger says what to call it. */
function toldParameters(
  { parameters, signalParameter }: GateSettings,
  told?: ToldOutcome,
): PipelineStart['parameters'] {
  if (signalParameter === undefined || !told) return parameters;
  return { ...parameters, [signalParameter]: signalsOf(told.outcome).join(',') };
}

async function start(lease: Lease, asked: PipelineStart): Promise<string> {
  await noteDecision(lease);
  return startPipeline(lease.triggerId, asked);
}
