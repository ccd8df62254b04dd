import type { TriageTarget } from '../triage';
import { type Command, EXIT, type Output } from './command';
import {
  attempted,
  CREDENTIALS_USAGE,
  exceptionLine,
  required,
  TARGET_USAGE,
  told,
  triage,
  triageArguments,
} from './triage-command';

const USAGE = `usage: cdk-sagemaker-monitoring exceptions --report <address> [--withdraw <id> --reason <words>]
${TARGET_USAGE}
  --withdraw <id>         takes an exception back: its findings count from the next run on. Repeat it for further ones
  --reason <words>        why it is taken back
${CREDENTIALS_USAGE}`;

/**
 * Lists what of a monitor is accepted or snoozed, or takes it back.
 *
 * Exit codes: 0 listed or done; 1 something that is listed is no exception, or no event tells of what was done; 2 nothing done, 64 usage.
 */
export const exceptions: Command = {
  summary: 'lists what is accepted and snoozed, or takes it back: exceptions --report <address> [--withdraw <id>]',
  usage: USAGE,
  async run(args, output) {
    const { target, withdraw: ids, reason } = triageArguments(args, ['withdraw', 'reason'], USAGE);
    if (ids === undefined) return attempted(output, () => list(target, output));
    const why = required(reason, 'reason', USAGE);
    return attempted(output, async () => {
      const { withdraw } = triage();
      return told(await withdraw({ ...target, ids, reason: why }), output);
    });
  },
};

async function list(target: TriageTarget, output: Output): Promise<number> {
  const { listExceptions } = triage();
  const { exceptions: found, problems, monitorId, location } = await listExceptions(target);
  const now = new Date().toISOString();
  const inForce = found.filter(({ until }) => until >= now);
  const over = found.length - inForce.length;
  output.out(`${inForce.length} in force for ${monitorId}${over > 0 ? `, ${over} over` : ''}`);
  for (const line of inForce.map(exceptionLine)) output.out(line);
  for (const problem of problems) output.error(`s3://${location.bucket}/${location.key}: ${problem}`);
  return problems.length > 0 ? EXIT.findings : EXIT.ok;
}
