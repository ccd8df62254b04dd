import type { Command } from './command';
import { attempted, CREDENTIALS_USAGE, required, TARGET_USAGE, told, triage, triageArguments } from './triage-command';

const USAGE = `usage: cdk-sagemaker-monitoring accept --report <address> --reason <words> --until <end> [--feature <name>] [--check <name>]
${TARGET_USAGE}
  --reason <words>        why this may be; reports, pages and messages say it
  --until <end>           2026-03-11, 2026-03-11T09:00 (UTC), 12h or 7d; at most 90 days
  --feature <name>        of the findings to accept, confirmed or not; all confirmed ones of the window without it and
  --check <name>          as baseline_drift_check
${CREDENTIALS_USAGE}`;

/**
 * Accepts findings of a window: windows that end by then do not count them, and say so.
 *
 * Exit codes: 0 done, 1 done and no event tells of it, 2 nothing done, 64 usage.
 */
export const accept: Command = {
  summary: 'lets findings be quiet until a date: accept --report <address> --reason <words> --until <end>',
  usage: USAGE,
  async run(args, output) {
    const given = triageArguments(args, ['reason', 'until', 'feature', 'check'], USAGE);
    const reason = required(given.reason, 'reason', USAGE);
    const until = required(given.until, 'until', USAGE);
    const { target, feature, check } = given;
    return attempted(output, async () => {
      const { except } = triage();
      return told(await except({ ...target, kind: 'Accepted', reason, until, feature, check }), output);
    });
  },
};
