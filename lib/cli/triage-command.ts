import { parseArgs } from 'node:util';
import type { ExceptionRecord, MonitorException } from '../outcome/exception/contract';
import type { TriageResult, TriageTarget } from '../triage';
import { EXIT, type Output, UsageError } from './command';

/** What talks to AWS, when it is needed: other commands load no SDK. */
export const triage = (): typeof import('../triage') => require('../triage');

/** The options by which a monitor is named. */
export const TARGET_USAGE = `  --report <address>      s3://bucket/.../2026/03/04/09/, as messages have it; or in its place
  --reports <address>     s3://bucket/prefix of the reports of all monitors, with
  --monitor <id>          as messages name it
  --window <time>         when the window began, as 2026-03-04T08:00 of UTC (default: the last one)
  --bucket-owner <id>     the account of the bucket, where it is another than that of your credentials`;

/** What credentials a command takes. */
export const CREDENTIALS_USAGE =
  'Credentials and region are those of the AWS SDK: AWS_PROFILE, AWS_REGION; docs/guides/triage.md has the permissions.';

const TEXT = { type: 'string' } as const;
const TARGET = { report: TEXT, reports: TEXT, monitor: TEXT, window: TEXT, 'bucket-owner': TEXT } as const;
const OWN = {
  reason: TEXT,
  until: TEXT,
  feature: TEXT,
  check: TEXT,
  withdraw: { ...TEXT, multiple: true },
  from: TEXT,
  schedule: TEXT,
} as const;

/** An option of these commands beyond those that name the monitor. */
export type TriageOption = keyof typeof OWN;

/** What a command was given. */
export interface TriageArguments {
  readonly target: TriageTarget;
  readonly reason?: string;
  readonly until?: string;
  readonly feature?: string;
  readonly check?: string;
  readonly from?: string;
  readonly schedule?: string;
  readonly withdraw?: readonly string[];
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{3})?)?Z?$/;

/** The arguments of a command that takes these options. @param usage what is said where they make no sense */
export function triageArguments(args: string[], allowed: readonly TriageOption[], usage: string): TriageArguments {
  const own = Object.fromEntries(Object.entries(OWN).filter(([name]) => allowed.includes(name as TriageOption)));
  const refused = (what: string) => new UsageError(`TriageUsage: ${what}\n${usage}`);
  let values: Partial<ReturnType<typeof parseArgs<{ options: typeof TARGET & typeof OWN }>>['values']>;
  try {
    values = parseArgs({ args, options: { ...TARGET, ...own }, strict: true }).values;
  } catch (error) {
    throw refused((error as Error).message);
  }
  const { report, reports, monitor: monitorId, window, 'bucket-owner': bucketOwner, ...others } = values;
  const isNamed = report !== undefined && reports === undefined && monitorId === undefined && window === undefined;
  if (!isNamed && (report !== undefined || !reports || !monitorId))
    throw refused('either --report, or --reports and --monitor, are needed');
  if (window !== undefined && !(TIME.test(window) && Number.isFinite(Date.parse(window))))
    throw refused(`--window is "${window}": a time as 2026-03-04T08:00 is needed`);
  return { target: { report, reports, monitorId, window, bucketOwner }, ...others };
}

/** An option that a command cannot do without. */
export function required(value: string | undefined, option: TriageOption, usage: string): string {
  if (value !== undefined && value.trim() !== '') return value;
  throw new UsageError(`TriageUsage: --${option} is needed\n${usage}`);
}

/** Runs what talks to AWS; whatever it throws means that nothing was done. */
export async function attempted(output: Output, doing: () => Promise<number>): Promise<number> {
  try {
    return await doing();
  } catch (error) {
    output.error(`TriageNothingDone: ${oneLine(error instanceof Error ? error.message : String(error))}`);
    return EXIT.nothingDone;
  }
}

/** Says what was done; exits as with findings where it is done and no event tells of it. */
export function told({ record, auditUri, untold, code }: TriageResult, output: Output): number {
  for (const line of [...recordLines(record), `recorded: ${auditUri}`]) output.out(line);
  if (code.length > 0) {
    output.out('for the repository, where it is to last longer:');
    output.out(`// ${oneLine(record.reason)}; ${oneLine(record.by)}, ${record.at}`);
    for (const line of code) output.out(printable(line));
  }
  if (untold === undefined) return EXIT.ok;
  output.error(`done, but no event tells of it: ${oneLine(untold)}`);
  return EXIT.findings;
}

const recordLines = ({ deed, monitorId, exceptions }: ExceptionRecord): string[] => [
  `${deed === 'Withdrawn' ? 'taken back' : deed.toLowerCase()} for ${oneLine(monitorId)}:`,
  ...exceptions.map(exceptionLine),
];

/** One exception as a line. */
export function exceptionLine({ id, kind, finding, until, by, reason }: MonitorException): string {
  const of = finding ? `${finding.feature}${finding.variant ? ` of ${finding.variant}` : ''}, ${finding.check}` : 'all';
  return `  ${oneLine(id)}  ${kind}  ${oneLine(of)}  until ${until}  by ${oneLine(by)}: ${oneLine(reason)}`;
}

/** A text of strangers, in which no terminal finds an order. */
const printable = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');

/** The same, cut. */
export const oneLine = (text: string) => printable(text).slice(0, 600);
