import type { Command } from './command';
import { attempted, CREDENTIALS_USAGE, required, TARGET_USAGE, told, triage, triageArguments } from './triage-command';

const USAGE = `usage: cdk-sagemaker-monitoring snooze --report <address> --reason <words> --until <end>
${TARGET_USAGE}
  --reason <words>        why; reports, pages and messages say it
  --until <end>           2026-03-05, 2026-03-04T18:00 (UTC), 12h or 2d; at most 7 days
${CREDENTIALS_USAGE}`;

/**
 * Lets all findings of a monitor be quiet for some time, new ones as well. Runs that fail, and what is not read or checked, are told all the same.
 *
 * Exit codes: 0 done, 1 done and no event tells of it, 2 nothing done, 64 usage.
 */
export const snooze: Command = {
  summary: 'lets a monitor be quiet for hours or days: snooze --report <address> --reason <words> --until <end>',
  usage: USAGE,
  async run(args, output) {
    const given = triageArguments(args, ['reason', 'until'], USAGE);
    const reason = required(given.reason, 'reason', USAGE);
    const until = required(given.until, 'until', USAGE);
    return attempted(output, async () => {
      const { except } = triage();
      return told(await except({ ...given.target, kind: 'Snoozed', reason, until }), output);
    });
  },
};
