import { type Home, sectionUrl } from '../../../../../core/contract';
import { mapConcurrently } from '../../../../../runtime/concurrency';
import { documentationUrl } from '../../../../../runtime/documentation';
import type { WaiterState } from '../../../../waiter/contract';
import { elapsedSeconds, waiterHandler } from '../../../../waiter/handler/waiter-handler';
import { DRAIN_MINUTES, type DrainProgress, type DrainRequest, type DrainTasks, PATIENCE_MINUTES } from '../contract';
import { otherDrains } from './other-drains';
import { owedBefore } from './owed-runs';
import { drainSchedule, nowOrNotNow, resumeSchedule, settleSchedule } from './schedule-draining';

/** Schedules that are looked at at once: SageMaker throttles accounts, not functions. */
const SCHEDULES = 4;

/**
 * Does to each schedule what can be done now, until nothing is left or the time is up. Of two requests for one stack the later acts alone: a rollback does not
 * wait for the update before it.
 */
export const handler = waiterHandler<DrainRequest, DrainProgress>({ advance });

type State = WaiterState<DrainRequest, DrainProgress>;

async function advance(state: State, home: Home): Promise<DrainProgress> {
  const tasks = state.progress?.left ?? state.request;
  const minutes = elapsedSeconds(state) / 60;
  const { later, earlier } = await otherDrains(state);
  if (later !== undefined) return { status: 'Stopped', reason: overtaken(later), left: tasks };
  if (earlier !== undefined) return unlessLate(minutes, `the request before this one has not ended: ${earlier}`, tasks);
  const open = await openAfterStep(tasks, minutes < PATIENCE_MINUTES, home);
  const left = {
    drain: tasks.drain.filter(({ name }) => open.has(name)),
    resume: tasks.resume.filter((name) => open.has(name)),
    settle: tasks.settle.filter(({ Name }) => open.has(Name)),
    succeed: tasks.succeed.filter(({ id }) => open.has(id)),
  };
  const reason = [...open].map(([name, words]) => `${name}: ${words}`).join('; ');
  return open.size === 0 ? { status: 'Completed', reason, left } : unlessLate(minutes, reason, left);
}

/** What is left goes on, until the time is up. */
function unlessLate(minutes: number, reason: string, left: DrainTasks): DrainProgress {
  if (minutes < DRAIN_MINUTES) return { status: 'InProgress', reason, left };
  return { status: 'TimedOut', reason: unfinished(reason), left };
}

/** What is still open, in words, by the schedule's name. */
async function openAfterStep(tasks: DrainTasks, patience: boolean, home: Home): Promise<Map<string, string>> {
  const open = new Map<string, string>();
  const acts = [
    ...tasks.drain.map((leaving) => ({ name: leaving.name, act: () => drainSchedule(leaving, patience, home) })),
    ...tasks.resume.map((name) => ({ name, act: () => resumeSchedule(name) })),
    ...tasks.settle.map((wanted) => ({ name: wanted.Name, act: () => settleSchedule(wanted, patience) })),
    ...(patience
      ? tasks.succeed.map((monitor) => ({
          name: monitor.id,
          act: () => nowOrNotNow(monitor.id, () => owedBefore(monitor)),
        }))
      : []),
  ];
  await mapConcurrently(acts, SCHEDULES, async ({ name, act }) => {
    const words = await act();
    if (words !== undefined) open.set(name, words);
  });
  return open;
}

function overtaken(later: string): string {
  return (
    'SchedulesNotDrained: CloudFormation has asked for something else since, as the rollback of an update that is cancelled does; ' +
    `the later request acts alone: ${later}`
  );
}

function unfinished(schedules: string): string {
  return (
    `SchedulesNotDrained: after ${DRAIN_MINUTES} minutes not every monitoring schedule is at rest; ` +
    `see ${sectionUrl(documentationUrl(), 'runbook', 'Drain')}, then deploy or delete again. ${schedules}`
  );
}
