import type { Account } from '../cloud/account/account';
import { isMembers, type Members } from '../cloud/members';
import type { MonitorRequest } from '../engine/serverless/contract';
import { hourPath } from '../outcome/contract';
import { type LabelledLine, planLabels } from './labels';
import type { MonitoredEndpoint } from './monitored-endpoint';
import { uuid } from './uuid';
import { byWeight } from './variant-traffic';

/** One request and its answer, as CSV fields. */
export interface TrafficRow {
  /** what the client calls the request, by which a label names it; absent where it gives none */
  readonly id?: string;
  readonly input: readonly string[];
  readonly output: readonly string[];
  /** what the model should have answered; absent where nobody says */
  readonly label?: string;
  /** the variant that answered; one by the weights where absent */
  readonly variant?: string;
  /** what shadow variants answered; the same where absent */
  readonly shadowOutput?: readonly string[];
}

/** The traffic of one virtual hour: captured records as they are, or rows that become captured records. */
export interface TrafficHour {
  /** lines of a captured-data file, one JSON object each; unreadable ones are kept as they are */
  readonly records?: readonly string[];
  readonly rows?: readonly TrafficRow[];
  /** in which they are delivered; 4 where absent, and 2 of a transform job */
  readonly objects?: number;
  /** lines of ground truth, which come as they are; those of the rows where absent */
  readonly labels?: readonly string[];
}

const HOUR = 3_600_000;
/** Objects that an hour's records are delivered in, where it does not say. */
const OBJECTS = 4;
/** The service promises no time; a few minutes after the hour's part are usual. */
const DELIVERY_TIME = 2 * 60_000;

/** An hour's traffic, when it begins, and the monitors that may want its labels. */
export interface PlannedHour {
  readonly hour: TrafficHour;
  readonly start: number;
  readonly requests: readonly MonitorRequest[];
  /** from the end of the hour to the arrival of its labels */
  readonly labelDelayHours: number;
}

/**
 * Plans the delivery of one hour's captured data, of each variant: objects, each a little after its part of the hour, and named by its beginning. Labels come
 * at its end, or as much later as they are delayed.
 */
export function planTraffic(
  account: Account,
  endpoint: MonitoredEndpoint,
  { hour, start, requests, labelDelayHours }: PlannedHour,
): void {
  const lines = capturedLines(hour, start, byWeight(endpoint.variants));
  const arrival = start + (1 + labelDelayHours) * HOUR;
  planLabels(account, requests, { records: lines, given: hour.labels, start, arrival });
  const { objects = OBJECTS } = hour;
  account.objects.createBucket(endpoint.bucket);
  for (const [variant, own] of byVariant(lines, endpoint)) {
    planObjects(account, endpoint, { variant, lines: own, start, objects });
  }
  account.simulation.at(start + HOUR, () => {
    account.recorder.happened(
      'traffic',
      `${lines.length} requests to ${endpoint.name}`,
      `captured below s3://${endpoint.bucket}/${endpoint.prefix}`,
    );
  });
}

/** What is captured of a variant in an hour. */
interface VariantHour {
  readonly variant: string;
  readonly lines: readonly string[];
  readonly start: number;
  readonly objects: number;
}

function planObjects(account: Account, endpoint: MonitoredEndpoint, hour: VariantHour): void {
  const { variant, lines, start } = hour;
  const objects = Math.min(hour.objects, lines.length); // each when the last of its records is over
  const size = Math.ceil(lines.length / objects);
  for (let part = 0; part * size < lines.length; part++) {
    const time = start + ((part + 1) * HOUR) / objects + DELIVERY_TIME;
    const key = objectKey(endpoint, variant, { start, part, objects });
    const body = `${lines.slice(part * size, (part + 1) * size).join('\n')}\n`;
    account.simulation.at(time, () => {
      account.objects.put({ bucket: endpoint.bucket, key }, body);
    });
  }
}

/** What each variant answered; shadow variants all of it, once more. Whether their records have the same ids, no source says. */
function byVariant(lines: readonly AnsweredLine[], { variants }: MonitoredEndpoint): Map<string, string[]> {
  const answered = new Map<string, string[]>();
  const shadows = variants.filter(({ isShadow }) => isShadow);
  const add = (name: string, line: string) => {
    const own = answered.get(name) ?? [];
    own.push(line);
    answered.set(name, own);
  };
  for (const { line, shadowLine = line, variant } of lines) {
    add(variant, line);
    for (const { name } of shadows) add(name, shadowLine);
  }
  return answered;
}

/** A captured line, and which variant answered. */
interface AnsweredLine extends LabelledLine {
  readonly variant: string;
  /** of shadow variants; the same where absent */
  readonly shadowLine?: string;
}

/** The records of an hour, their times spread over it. */
function capturedLines({ records = [], rows = [] }: TrafficHour, start: number, next: () => string): AnsweredLine[] {
  const count = records.length + rows.length;
  const timeOf = (index: number) => new Date(start + Math.floor(((index + 0.5) * HOUR) / count));
  const given = records.map((record, index) => ({ line: inHour(record, start, timeOf(index)), variant: next() }));
  const made = rows.map((row, index) => {
    const time = timeOf(records.length + index);
    const { shadowOutput: output, label, variant = next() } = row;
    const shadowLine = output && encodeRow({ ...row, output }, time);
    return { line: encodeRow(row, time), label, variant, shadowLine };
  });
  return [...given, ...made];
}

/**
 * A captured record as an endpoint writes it, one line.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export function encodeRow({ id, input, output }: TrafficRow, time: Date): string {
  const part = (mode: string, fields: readonly string[]) => ({
    observedContentType: 'text/csv',
    mode,
    data: csvLine(fields),
    encoding: 'CSV',
  });
  const data = { endpointInput: part('INPUT', input), endpointOutput: part('OUTPUT', output) };
  return JSON.stringify({
    captureData: data,
    eventMetadata: metadata(id === undefined ? {} : { inferenceId: id }, time, JSON.stringify(data)),
    eventVersion: '0',
  });
}

/** A given record belongs to its virtual hour: another time is replaced. A line that is no record stays as it is. */
function inHour(record: string, start: number, time: Date): string {
  const parsed = tryParse(record);
  if (parsed === undefined || !isMembers(parsed.eventMetadata)) {
    return record;
  }
  const given = Date.parse(String(parsed.eventMetadata.inferenceTime));
  if (given >= start && given < start + HOUR) {
    return record;
  }
  return JSON.stringify({ ...parsed, eventMetadata: metadata(parsed.eventMetadata, time, record) });
}

function metadata(given: Members, time: Date, seed: string): Members {
  const inferenceTime = time.toISOString().replace(/\.\d+Z$/, 'Z');
  return { eventId: uuid(`${seed} ${time.getTime()}`), ...given, inferenceTime };
}

function tryParse(line: string): Members | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isMembers(value) ? value : undefined;
  } catch {
    return undefined; // a broken line is traffic as well: the monitor has to report it
  }
}

interface Part {
  /** of the hour */
  readonly start: number;
  readonly part: number;
  /** of the hour */
  readonly objects: number;
}

function objectKey({ prefix, name }: MonitoredEndpoint, variant: string, { start, part, objects }: Part): string {
  const begin = new Date(start + (part * HOUR) / objects).toISOString();
  const file = `${begin.slice(14, 16)}-${begin.slice(17, 19)}-000-${uuid(`${name} ${start} ${part}`)}.jsonl`;
  return `${prefix}/${name}/${variant}/${hourPath(new Date(start))}/${file}`;
}

/** Fields as a line of CSV, without its end. */
export const csvLine = (fields: readonly string[]): string => fields.map(csvField).join(',');

function csvField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replace(/"/g, '""')}"` : field;
}
