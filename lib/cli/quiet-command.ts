import type { ExceptionKind } from '../outcome/exception/contract';
import type { Command } from './command';
import { attempted, CREDENTIALS_USAGE, required, TARGET_USAGE, told, triage, triageArguments } from './triage-command';

/** A command that lets all of a monitor be quiet for some time. */
interface QuietCommand {
  readonly name: string;
  readonly kind: Exclude<ExceptionKind, 'Accepted'>;
  /** what it does, in the list of commands */
  readonly summary: string;
}

/** Exit codes: 0 done, 1 done and no event tells of it, 2 nothing done, 64 usage. */
export function quietCommand({ name, kind, summary }: QuietCommand): Command {
  const usage = usageOf(name);
  return {
    summary: `${summary}: ${name} --report <address> --reason <words> --until <end>`,
    usage,
    async run(args, output) {
      const given = triageArguments(args, ['reason', 'until'], usage);
      const reason = required(given.reason, 'reason', usage);
      const until = required(given.until, 'until', usage);
      return attempted(output, async () => {
        const { except } = triage();
        return told(await except({ ...given.target, kind, reason, until }), output);
      });
    },
  };
}

const usageOf = (
  name: string,
) => `usage: cdk-sagemaker-monitoring ${name} --report <address> --reason <words> --until <end>
${TARGET_USAGE}
  --reason <words>        why; reports, pages and messages say it
  --until <end>           2026-03-05, 2026-03-04T18:00 (UTC), 12h or 2d; at most 7 days
${CREDENTIALS_USAGE}`;
