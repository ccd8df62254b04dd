import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import type { ModelFunction } from '../cloud/account/sagemaker/models';
import type { TimelineEntry } from '../cloud/account/timeline';
import { withLabels } from '../rehearsal/labels-file';
import { type GivenObject, rehearse as runRehearsal } from '../rehearsal/rehearsal';
import { renderReport } from '../rehearsal/report';
import type { Expectation, RehearsalResult, Unseen } from '../rehearsal/result';
import { servedModel } from '../rehearsal/served-model';
import type { TrafficHour } from '../rehearsal/traffic';
import { readTrafficFile, TrafficFileError } from '../rehearsal/traffic-file';
import { type Command, EXIT, type Output, UsageError } from './command';
import { givenObject } from './given-objects';

const USAGE = `usage: cdk-sagemaker-monitoring rehearse --assembly cdk.out --traffic <file> [--traffic <file> ...]
  --assembly <folder>       the synthesized app (cdk synth)
  --traffic <file>          CSV with a header, the model's outputs first; or .jsonl with captured records. Each file is one virtual hour
  --object <key>=<file>     a file that lies in every bucket of the app before it is deployed, as the dataset of a baseline;
                            s3://bucket/key=<file> names a bucket that is not the app's. Repeat it for further objects
  --output-columns <n>      how many of the first CSV columns are outputs (default 1)
  --label-column <name>     the CSV column that holds what should have been predicted: it becomes labels, no input
  --labels <file>           JSON Lines as a GroundTruth has them, for traffic of captured records, or of CSV with --id-column: they come with the hour
                            of their records. Repeat it
  --id-column <name>        the CSV column that holds the requests' identifiers, by which labels name them: it becomes no input
  --label-delay <hours>     how long after the end of their records' hour labels come, in whole hours (default 0); the rehearsal ends so much later
  --records-per-hour <n>    cuts each file into hours of n records
  --model <address>         where the model answers that feature attributions are asked of, as its container does: POST <address>/invocations
  --no-drift                nothing is expected to happen
  --endpoint <name>         the endpoint that gets the traffic, where the app monitors several
  --boundary <file>         a policy as JSON: the permissions boundary of roles whose boundary is not in the app
  --report <file>           writes a page with everything that was found
  --work <folder>           keeps the buckets' contents in this folder`;

/** What the arguments say. */
interface Arguments {
  readonly assembly: string;
  readonly traffic: TrafficHour[];
  readonly sources: string[];
  readonly objects: GivenObject[];
  readonly expectDrift: boolean;
  readonly endpointName?: string;
  readonly labelDelayHours?: number;
  readonly models?: ModelFunction;
  readonly boundary?: unknown;
  readonly report?: string;
  readonly work?: string;
}

/**
 * Rehearses a synthesized app's monitoring on local data, without AWS.
 *
 * Exit codes: 0 what was expected happened, 1 a link of the chain failed, 2 nothing could be rehearsed, 64 usage.
 */
export const rehearse: Command = {
  summary: "runs a synthesized app's monitoring on local data: rehearse --assembly <folder> --traffic <file>",
  usage: USAGE,
  async run(args, output) {
    const parsed = parse(args);
    const workDirectory = parsed.work ?? mkdtempSync(join(tmpdir(), 'rehearsal-work-'));
    try {
      const result = await runRehearsal({
        ...parsed,
        workDirectory,
        progress: (entry) => output.out(timelineLine(entry)),
      });
      return conclude(result, parsed, output);
    } catch (error) {
      output.error(`RehearseNothingDone: ${error instanceof Error ? error.message : String(error)}`);
      return EXIT.nothingDone;
    } finally {
      if (parsed.work === undefined) rmSync(workDirectory, { recursive: true, force: true });
    }
  },
};

function conclude(result: RehearsalResult, { report, sources, assembly }: Arguments, output: Output): number {
  output.out('');
  for (const expectation of result.expectations) output.out(expectationLine(expectation));
  for (const note of result.baseline?.notes ?? []) output.out(`note    ${'baseline'.padEnd(24)}${note}`);
  for (const unseen of result.unseen) output.out(unseenLine(unseen));
  if (report !== undefined) {
    const facts = { assembly: basename(assembly), traffic: sources.map((file) => basename(file)).join(', ') };
    writeFileSync(report, renderReport(result, { title: 'Rehearsal', facts }));
    output.out(`report: ${report}`);
  }
  const failed = result.expectations.find(({ met }) => !met);
  if (failed === undefined) return EXIT.ok;
  output.error(`RehearseFailed: ${failed.name}: ${failed.detail}`);
  return EXIT.findings;
}

function timelineLine({ time, lane, title, detail, problem }: TimelineEntry): string {
  const text = `${time.slice(0, 19).replace('T', ' ')}  ${problem ? '!' : ' '} ${lane.padEnd(13)}${title}`;
  return problem && detail !== undefined ? `${text}: ${detail}` : text;
}

function expectationLine({ name, met, detail }: Expectation): string {
  return `${met ? 'ok    ' : 'FAILED'}  ${name.padEnd(24)}${detail}`;
}

function unseenLine({ name, why, detail }: Unseen): string {
  return why === 'lacks' ? `lacks   ${name.padEnd(24)}${detail}` : `not rehearsed: ${name}: ${detail}`;
}

function parse(args: string[]): Arguments {
  const { values } = parseOptions(args);
  const { assembly, traffic: sources = [], labels, report, work, endpoint: endpointName } = values;
  if (assembly === undefined || sources.length === 0) throw usage('--assembly and --traffic are required');
  const missing = [assembly, ...sources, ...(labels ?? [])].find((path) => !existsSync(path));
  if (missing !== undefined) throw usage(`"${missing}" does not exist`);
  const options = {
    outputColumns: count(values['output-columns'] ?? '1', '--output-columns'),
    labelColumn: values['label-column'],
    idColumn: values['id-column'],
    recordsPerHour:
      values['records-per-hour'] === undefined ? undefined : count(values['records-per-hour'], '--records-per-hour'),
  };
  const objects = objectsOf(values.object ?? []);
  const models = values.model === undefined ? undefined : servedModel(httpAddress(values.model));
  const boundary = boundaryOf(values.boundary);
  const labelDelayHours = count(values['label-delay'] ?? '0', '--label-delay', 0);
  const given = { assembly, sources, objects, endpointName, labelDelayHours, models, boundary, report, work };
  try {
    const hours = sources.flatMap((file) => readTrafficFile(file, options));
    const traffic = labels ? withLabels(hours, labels) : hours;
    return { ...given, traffic, expectDrift: !values['no-drift'] };
  } catch (error) {
    throw error instanceof TrafficFileError ? usage(error.message) : error;
  }
}

function httpAddress(text: string): string {
  if (URL.canParse(text) && /^https?:/.test(text)) return text;
  throw usage(`--model is "${text}": an address is needed, as http://localhost:8080`);
}

function boundaryOf(file?: string): unknown {
  try {
    return file === undefined ? undefined : JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw usage(`--boundary is "${file}": ${(error as Error).message}`);
  }
}

function objectsOf(texts: readonly string[]): GivenObject[] {
  return texts.map((text) => {
    const given = givenObject(text);
    if (typeof given === 'string') throw usage(given);
    return given;
  });
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        assembly: { type: 'string' },
        traffic: { type: 'string', multiple: true },
        object: { type: 'string', multiple: true },
        'output-columns': { type: 'string' },
        'label-column': { type: 'string' },
        labels: { type: 'string', multiple: true },
        'id-column': { type: 'string' },
        'label-delay': { type: 'string' },
        'records-per-hour': { type: 'string' },
        model: { type: 'string' },
        'no-drift': { type: 'boolean', default: false },
        endpoint: { type: 'string' },
        boundary: { type: 'string' },
        report: { type: 'string' },
        work: { type: 'string' },
      },
      strict: true,
    });
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function count(text: string, option: string, least = 1): number {
  if (/^(0|[1-9]\d{0,8})$/.test(text) && Number(text) >= least) return Number(text);
  throw usage(`${option} is "${text}": a whole number of at least ${least} is needed`);
}

function usage(message: string): UsageError {
  return new UsageError(`RehearseUsage: ${message}\n${USAGE}`);
}
