import type { Statistics } from '../analysis';
import type { Account } from '../cloud/account/account';
import { hourPath } from '../outcome/contract';
import type { CapturedPlace } from './captured-place';
import { type LabelledRow, planLabels } from './labels';
import type { WatchedTransforms } from './monitored-endpoint';
import { RehearsalError } from './rehearsal-error';
import { csvLine, type PlannedHour, type TrafficRow } from './traffic';
import { uuid } from './uuid';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** When the job of an hour is done. */
const DONE = 40 * MINUTE;
/** Objects that a job reads, and writes, where its hour does not say. */
const PARTS = 2;

/** Transform jobs that schedules watch. */
export interface TransformPlace extends CapturedPlace {
  readonly transforms: readonly WatchedTransforms[];
}

/**
 * Plans the job of one hour: objects of its rows, of each side that is watched, and the lists that name them; and the labels of its predictions. Rows have
 * the columns of the baseline, by its names where the format has names; given lines are the rows as they are. Throws `UnusableTraffic` for Parquet, which the
 * rehearsal does not write, and for rows with names that no baseline knows.
 */
export function planTransform(account: Account, place: TransformPlace, planned: PlannedHour): void {
  const { hour, start, requests, labelDelayHours } = planned;
  for (const transforms of place.transforms) {
    refuse(transforms);
    for (const { bucket } of [place, transforms.data]) account.objects.createBucket(bucket);
    account.simulation.at(start + DONE, () => putJob(account, { ...place, transforms }, planned));
  }
  const output = place.transforms.find(({ side }) => side === 'output');
  const records = output ? labelledRows(account, output, planned) : [];
  planLabels(account, requests, { records, given: hour.labels, start, arrival: start + (1 + labelDelayHours) * HOUR });
}

function refuse({ format, statistics }: WatchedTransforms): void {
  if (format.parquet) throw unusable('the rehearsal writes no Parquet; rehearse the app with CSV or JSON Lines');
  if (statistics || (format.csv && !format.csv.header)) return;
  throw unusable(
    'rows have names, and no monitor of data quality has a baseline of such rows, which knows them; rehearse the app with CSV without a header',
  );
}

const unusable = (words: string) => new RehearsalError('UnusableTraffic', words);

function putJob(
  account: Account,
  { bucket, prefix, transforms }: CapturedPlace & { readonly transforms: WatchedTransforms },
  { hour, start }: PlannedHour,
): void {
  const { side, data } = transforms;
  const names = namesOf(account, transforms);
  const lines = hour.records ?? (hour.rows ?? []).map((row, index) => lineOf(row, { transforms, names, start, index }));
  const folder = `${data.prefix}/${hourPath(new Date(start))}/`;
  const { objects = PARTS } = hour;
  const size = Math.ceil(lines.length / objects);
  const parts = Array.from({ length: objects }, (_, part) => lines.slice(part * size, (part + 1) * size));
  const files = parts.map((part, index) => ({ name: `part-${index}`, body: bodyOf(part, transforms, names) }));
  for (const { name, body } of files) account.objects.put({ bucket: data.bucket, key: `${folder}${name}` }, body);
  const list = [{ prefix: `s3://${data.bucket}/${folder}` }, ...files.map(({ name }) => name)];
  const key = `${prefix}/${side}/${hourPath(new Date(start + DONE))}/${uuid(folder)}`;
  account.objects.put({ bucket, key }, JSON.stringify(list));
  account.recorder.happened('traffic', `a transform job of ${lines.length} rows`, `listed at s3://${bucket}/${key}`);
}

function namesOf(account: Account, { statistics }: WatchedTransforms): string[] {
  const file = statistics && account.objects.get(statistics.bucket, statistics.key);
  return file ? (JSON.parse(file.toString()) as Statistics).features.map(({ name }) => name) : [];
}

/** Which row of which hour's job. */
interface RowOfJob {
  readonly start: number;
  readonly index: number;
}

interface RowPlace extends RowOfJob {
  readonly transforms: WatchedTransforms;
  readonly names: readonly string[];
}

/** The identifier and the time that capture generates. */
const generatedOf = ({ start, index }: RowOfJob) => [
  uuid(`${start + DONE} ${index}`),
  new Date(start + DONE).toISOString(),
];

/** The row as its side has it: of the output, with the input before it where the job joins that. */
function lineOf(row: TrafficRow, { transforms, names, ...job }: RowPlace): string {
  const fields = transforms.side === 'input' ? row.input : answered(row, transforms, names.length);
  const generated = transforms.generatedIds ? generatedOf(job) : [];
  if (!transforms.format.json) return csvLine([...fields, ...generated]);
  const [SageMakerInferenceId, SageMakerInferenceTime] = generated;
  const named = Object.fromEntries(fields.map((field, at) => [names[at] ?? `_c${at}`, jsonValue(field)]));
  return JSON.stringify({ ...named, SageMakerInferenceId, SageMakerInferenceTime });
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DataProcessing.html */
function answered({ input, output }: TrafficRow, { lastPlace }: WatchedTransforms, columns: number): readonly string[] {
  return Math.max(columns, lastPlace + 1) > output.length ? [...input, ...output] : output;
}

/** The rows of the output as whoever labels them knows them. */
function labelledRows(account: Account, output: WatchedTransforms, { hour, start }: PlannedHour): LabelledRow[] {
  const names = namesOf(account, output);
  return (hour.rows ?? []).map((row, index) => {
    const fields = answered(row, output, names.length);
    const named = () => new Map(fields.map((field, at) => [names[at] ?? `_c${at}`, field === '' ? null : field]));
    const [id] = generatedOf({ start, index });
    return { label: row.label, record: { id, rows: [output.format.json ? named() : fields], firstFeature: 0 } };
  });
}

const jsonValue = (field: string) => (field === '' ? null : Number.isNaN(Number(field)) ? field : Number(field));

function bodyOf(lines: readonly string[], { format }: WatchedTransforms, names: readonly string[]): string {
  if (format.json && !format.json.lines) return `[${lines.join(',')}]`;
  const header = format.csv?.header ? [csvLine(names)] : [];
  return [...header, ...lines].map((line) => `${line}\n`).join('');
}
