import { parseArgs } from 'node:util';
import { s3AddressOf } from '../core/s3-address';
import { counted } from '../kind/counted';
import { type Command, EXIT, UsageError } from './command';
import { type Forgetting, type ForgottenRecords, forget as forgetRecords } from './forgetting';
import { triage } from './triage-command';

const USAGE = `usage: cdk-sagemaker-monitoring forget --extracts s3://<bucket>/extracts/<stack> --account <id> --name <name> --inference-id <id>...
  --extracts <address>   where the stack's extracts lie
  --account <id>         the account that the bucket belongs to
  --name <name>          of the endpoint, or of the written data
  --inference-id <id>    by which a label names the record: its inferenceId, or else its own eventId; may be given more than once
  --hour <yyyy/mm/dd/hh> in which the record lies, UTC, where no monitor compares with labels; may be given more than once
  --confirm              changes what is said otherwise`;

/**
 * Takes a person's records out of what a stack has extracted.
 *
 * Exit codes: 0 nothing is there, or was forgotten; 1 something is there, and nobody confirmed; 2 not done to the end; 64 usage.
 */
export const forget: Command = {
  summary: 'takes records out of extracts, by their identifiers: forget --extracts <address> --inference-id <id>',
  usage: USAGE,
  async run(args, output) {
    const { account, ...forgetting } = parse(args);
    let found: ForgottenRecords;
    try {
      const { PartStore } = triage();
      found = await forgetRecords(new PartStore({ bucket: forgetting.bucket, bucketOwner: account }), forgetting);
    } catch (error) {
      const { name, message } = error as Error;
      output.error(
        `ForgetNothingDone: ${message.startsWith(name) ? message : `${name}: ${message}`}; what was done before stays, so put that right and repeat it`,
      );
      return EXIT.nothingDone;
    }
    for (const line of linesOf(found, forgetting)) output.out(line);
    const isAny = [found.rewritten, found.unread, found.profiles, found.samples].some((list) => list.length > 0);
    return isAny && !forgetting.isConfirmed ? EXIT.findings : EXIT.ok;
  },
};

function linesOf(found: ForgottenRecords, { bucket, isConfirmed, ...place }: Forgetting): string[] {
  const uri = (key: string) => `s3://${bucket}/${key}`;
  const would = isConfirmed ? '' : 'would be ';
  const deleted = (why: string) => (key: string) => `${uri(key)}: ${would}deleted, ${why}`;
  const done = [
    ...found.rewritten.map(
      ({ key, predictions, labels }) =>
        `${uri(key)}: ${would}rewritten without ${counted(predictions, 'prediction')}, ${counted(labels, 'label')}`,
    ),
    ...found.unread.map(deleted('as no run of this version reads it')),
    ...found.profiles.map(deleted('as a profile of the hour of a record; the next run that needs it makes it anew')),
    ...found.samples.map(deleted('rows that a failed run left')),
  ];
  if (done.length === 0) return ['nothing of these identifiers is there', ...notReached(found, { bucket, ...place })];
  return [
    ...done,
    ...notReached(found, { bucket, ...place }),
    ...(isConfirmed ? [] : ['nothing was changed: add --confirm']),
  ];
}

/** What is the user's own, and what else may have something of a record. */
function notReached(
  { recordHours, labelHours }: ForgottenRecords,
  { bucket, prefix, name }: Pick<Forgetting, 'bucket' | 'prefix' | 'name'>,
): string[] {
  const hours = (all: readonly string[]) => (all.length === 0 ? 'whatever hour' : all.join(', '));
  return [
    'not reached, and yours to erase:',
    `  captured objects of ${name} with the record, of ${hours(recordHours)}, and of the hour before, whose files may go on into it: erase them first, as extracts are made anew of what is there`,
    `  labels as they were written, of ${hours(labelHours)}`,
    `  versions and copies that the bucket keeps: aws s3api list-object-versions --bucket ${bucket} --prefix ${prefix}/`,
    '  statistics.json and parts of failed runs (work/) where reports lie; analysis and baselines of datasets with the record',
  ];
}

function parse(args: string[]): Forgetting & { readonly account: string } {
  const {
    extracts = '',
    account = '',
    name,
    'inference-id': identifiers = [],
    hour: hours = [],
    confirm,
  } = options(args);
  const { bucket, prefix = '' } = s3AddressOf(extracts) ?? {};
  if (bucket === undefined || prefix === '') throw usage('--extracts is needed: s3://bucket/extracts/Stack');
  if (!/^\d{12}$/.test(account)) throw usage('--account is needed: twelve digits');
  if (!name || name.includes('/')) throw usage('--name is needed: that of the endpoint, or of the written data');
  if (identifiers.length === 0 || identifiers.includes('')) throw usage('--inference-id is needed');
  const wrong = hours.find((hour) => !/^\d{4}\/\d\d\/\d\d\/\d\d$/.test(hour));
  if (wrong !== undefined) throw usage(`--hour is "${wrong}": 2026/01/31/09 is needed`);
  return { bucket, prefix, account, name, identifiers, hours, isConfirmed: confirm ?? false, now: new Date() };
}

function options(args: string[]) {
  const text = { type: 'string' } as const;
  const several = { type: 'string', multiple: true } as const;
  const known = {
    extracts: text,
    account: text,
    name: text,
    'inference-id': several,
    hour: several,
    confirm: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options: known, strict: true }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

const usage = (message: string): UsageError => new UsageError(`ForgetUsage: ${message}\n${USAGE}`);
