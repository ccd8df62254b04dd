import type { BackFilled } from '../triage/back-fill';
import { type Command, EXIT, type Output } from './command';
import {
  attempted,
  CREDENTIALS_USAGE,
  oneLine,
  required,
  TARGET_USAGE,
  triage,
  triageArguments,
} from './triage-command';

const USAGE = `usage: cdk-sagemaker-monitoring back-fill --report <address> --schedule <name> --from <time> --until <time> --reason <words>
${TARGET_USAGE}
  --schedule <name>       of EventBridge Scheduler, which starts the monitor: the output RunOnceCommand has it
  --from <time>           2026-03-01, or 2026-03-01T09:00 (UTC): windows that end after it
  --until <time>          and at or before this; at most 168 windows at once
  --reason <words>        why; reports, pages and messages of the runs say it
${CREDENTIALS_USAGE}`;

/**
 * Analyses past windows that have no report, or one of a run that failed. What is decided of a window stays, and is not told again.
 *
 * Exit codes: 0 done; 1 done in part, or no event tells of it; 2 nothing done, 64 usage.
 */
export const backFill: Command = {
  summary:
    'analyses past windows: back-fill --report <address> --schedule <name> --from <time> --until <time> --reason <words>',
  usage: USAGE,
  async run(args, output) {
    const { target, ...given } = triageArguments(args, ['reason', 'from', 'until', 'schedule'], USAGE);
    const [from, until, reason, schedule] = (['from', 'until', 'reason', 'schedule'] as const).map((option) =>
      required(given[option], option, USAGE),
    );
    return attempted(output, async () => {
      const { backFill: fill } = triage();
      return done(await fill({ ...target, from, until, reason, schedule }), output);
    });
  },
};

function done({ record, started, unstarted, untold, auditUri }: BackFilled, output: Output): number {
  const { windowCount, firstWindowEnd, lastWindowEnd, monitorId } = record;
  const which = `that end from ${firstWindowEnd} to ${lastWindowEnd}`;
  output.out(`${started} of ${windowCount} windows ${which} are analysed for ${oneLine(monitorId)}`);
  output.out(`recorded: ${auditUri}`);
  if (unstarted !== undefined) output.error(`the next one could not be started: ${oneLine(unstarted)}`);
  if (untold !== undefined) output.error(`done, but no event tells of it: ${oneLine(untold)}`);
  return unstarted === undefined && untold === undefined ? EXIT.ok : EXIT.findings;
}
