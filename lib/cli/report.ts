import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ExecutionReport, FILES } from '../outcome/contract';
import { filesOfRun, HISTORY_WINDOWS, type JsonOf, type ReportedRun, renderRunReport } from '../report';
import { type Command, EXIT, UsageError } from './command';

const USAGE = `usage: cdk-sagemaker-monitoring report --run <folder> [--baseline <folder>] [--earlier <folder>] [--values] [--output <file>]
  --run <folder>        the files of a run, as they lie in S3: report.json, and what there is of statistics.json,
                        constraint_violations.json and analysis.json
  --baseline <folder>   the files that it was compared with: statistics.json and constraints.json, or analysis.json
  --earlier <folder>    where report.json of runs before it lie, in any folder below; the last ${HISTORY_WINDOWS - 1} of the monitor are told
  --values              names the values of records that the files have: they are not on the page otherwise
  --output <file>       where the page goes (default report.html)`;

/**
 * Makes the page of a run from its files.
 *
 * Exit codes: 0 written, 64 usage.
 */
export const report: Command = {
  summary: "makes a page of a run's files: report --run <folder> --baseline <folder>",
  usage: USAGE,
  async run(args, output) {
    const { run, baseline, earlier, values = false, output: page = 'report.html' } = options(args);
    if (run === undefined) throw usage('--run is needed');
    for (const folder of [run, baseline, earlier]) {
      if (folder !== undefined && !existsSync(folder)) throw usage(`"${folder}" does not exist`);
    }
    writeFileSync(page, renderRunReport(await reportedRun({ run, baseline, earlier, values })));
    output.out(`report: ${page}`);
    return EXIT.ok;
  },
};

/** Where the files lie, and how values are called. */
interface Folders {
  readonly run: string;
  readonly baseline?: string;
  readonly earlier?: string;
  readonly values: boolean;
}

async function reportedRun({ run, baseline, earlier, values }: Folders): Promise<ReportedRun> {
  const report = json(join(run, FILES.report));
  if (!isReport(report)) throw usage(`${join(run, FILES.report)} is no report of a run`);
  return {
    report,
    ...(await filesOfRun(report, { own: jsonIn(run), baseline: jsonIn(baseline) })),
    earlier: earlier === undefined ? [] : earlierReports(earlier, report),
    naming: values ? 'values' : 'places',
  };
}

/** No folder has no file. */
function jsonIn(folder: string | undefined): JsonOf {
  return async <T>(name: string) => (folder === undefined ? undefined : json<T>(join(folder, name)));
}

/** Reports of the same monitor's windows before one, the oldest first; what is no report is passed over. */
function earlierReports(folder: string, { outcome }: ExecutionReport): ExecutionReport[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith(FILES.report),
  );
  const windows = new Map<string, ExecutionReport>();
  for (const file of files) {
    const found = json(join(folder, file));
    if (!isReport(found) || found.outcome.monitorId !== outcome.monitorId) continue;
    if (found.outcome.windowStart < outcome.windowStart) windows.set(found.outcome.windowStart, found);
  }
  const inOrder = [...windows].sort(([one], [other]) => (one < other ? -1 : 1));
  return inOrder.slice(1 - HISTORY_WINDOWS).map(([, found]) => found);
}

/** What of a report the page cannot do without. */
function isReport(found: unknown): found is ExecutionReport {
  const { outcome, distances } = (found ?? {}) as Partial<ExecutionReport>;
  const isKnown = typeof outcome?.windowStart === 'string' && Array.isArray(outcome.violations);
  return isKnown && Array.isArray(distances);
}

/** What a file says; undefined where there is none. */
function json<T>(path: string): T | undefined {
  if (!existsSync(path)) return undefined;
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    throw usage(`${path} is no JSON: ${(error as Error).message}`);
  }
}

function options(args: string[]) {
  const text = { type: 'string' } as const;
  const known = { run: text, baseline: text, earlier: text, values: { type: 'boolean' }, output: text } as const;
  try {
    return parseArgs({ args, options: known, strict: true }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function usage(message: string): UsageError {
  return new UsageError(`ReportUsage: ${message}\n${USAGE}`);
}
