import { Failure, wordsOf } from './failure';
import { answerTo, hostOf } from './signed-request';

/** What a schedule of EventBridge Scheduler starts, and with what. */
export interface ScheduledTarget {
  readonly arn: string;
  /** as it is deployed, with the names of what is filled in */
  readonly input: string;
}

/**
 * Reads a schedule of the default group. Throws `ScheduleUnknown`.
 *
 * @see https://docs.aws.amazon.com/scheduler/latest/APIReference/API_GetSchedule.html
 */
export async function scheduledTarget(name: string, region: string): Promise<ScheduledTarget> {
  const question = { service: 'scheduler', host: hostOf('scheduler', region), region };
  const path = `/schedules/${encodeURIComponent(name)}`;
  try {
    const answer = await answerTo({ ...question, path, addressVariable: 'AWS_ENDPOINT_URL_SCHEDULER' });
    const { Target: { Arn: arn = '', Input: input = '' } = {} } = answer as {
      readonly Target?: { readonly Arn?: string; readonly Input?: string };
    };
    return { arn, input };
  } catch (cause) {
    throw new Failure(
      'ScheduleUnknown',
      `EventBridge Scheduler does not give the schedule '${name}': ${wordsOf(cause)}; the output RunOnceCommand of the stack has its name`,
      { cause },
    );
  }
}
