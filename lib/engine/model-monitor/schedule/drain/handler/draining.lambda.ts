import { sectionUrl } from '../../../../../core/contract';
import { errorWords } from '../../../../../outcome/execution-error';
import { mapConcurrently } from '../../../../../runtime/concurrency';
import { type CustomResourceOutcome, respond } from '../../../../../runtime/custom-resource';
import { documentationUrl } from '../../../../../runtime/documentation';
import { log } from '../../../../../runtime/log';
import { DRAIN_MINUTES, type DrainRequest, type DrainState, type DrainStep, PATIENCE_MINUTES } from '../contract';
import { drainSchedule, resumeSchedule, settleSchedule } from './schedule-draining';

/** Schedules that are looked at at once: SageMaker throttles accounts, not functions. */
const SCHEDULES = 4;

/**
 * One step of a drain: does to each schedule what can be done now, and answers CloudFormation when nothing is left or the time is up.
 *
 * After a failure it only tells CloudFormation, in the failure's words.
 */
export const handler = async (state: DrainState): Promise<DrainStep> => {
  const { request, startTime, error } = state;
  if (error) return answered(state, { status: 'FAILED', reason: errorWords(error) });
  const minutes = (Date.now() - Date.parse(startTime)) / 60_000;
  const open = await openAfterStep(request, minutes < PATIENCE_MINUTES);
  const left = {
    ...request,
    drain: request.drain.filter((name) => open.has(name)),
    resume: request.resume.filter((name) => open.has(name)),
    settle: request.settle.filter(({ Name }) => open.has(Name)),
  };
  const step = { request: left, startTime };
  if (open.size === 0) return answered(step, { status: 'SUCCESS' });
  if (minutes < DRAIN_MINUTES) {
    log('open', { requestId: request.callback.requestId, schedules: Object.fromEntries(open) });
    return { ...step, status: 'OPEN' };
  }
  return answered(step, { status: 'FAILED', reason: unfinished(open) });
};

/** What is still open, in words, by the schedule's name. */
async function openAfterStep(request: DrainRequest, patience: boolean): Promise<Map<string, string>> {
  const open = new Map<string, string>();
  const tasks = [
    ...request.drain.map((name) => ({ name, act: () => drainSchedule(name) })),
    ...request.resume.map((name) => ({ name, act: () => resumeSchedule(name) })),
    ...request.settle.map((wanted) => ({ name: wanted.Name, act: () => settleSchedule(wanted, patience) })),
  ];
  await mapConcurrently(tasks, SCHEDULES, async ({ name, act }) => {
    const words = await act();
    if (words !== undefined) open.set(name, words);
  });
  return open;
}

async function answered(state: DrainState, outcome: CustomResourceOutcome): Promise<DrainStep> {
  const { request, startTime } = state;
  await respond(request.callback, outcome);
  log('answered', { requestId: request.callback.requestId, ...outcome });
  return { request, startTime, status: outcome.status };
}

function unfinished(open: ReadonlyMap<string, string>): string {
  const schedules = [...open].map(([name, words]) => `${name}: ${words}`).join('; ');
  return (
    `SchedulesNotDrained: after ${DRAIN_MINUTES} minutes not every monitoring schedule is at rest; ` +
    `see ${sectionUrl(documentationUrl(), 'runbook', 'Drain')}, then deploy or delete again. ${schedules}`
  );
}
