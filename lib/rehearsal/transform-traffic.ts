import type { Statistics } from '../analysis';
import type { Account } from '../cloud/account/account';
import { hourPath } from '../outcome/contract';
import type { CapturedPlace } from './captured-place';
import type { WatchedTransforms } from './monitored-endpoint';
import { RehearsalError } from './rehearsal-error';
import { csvLine, type TrafficHour, type TrafficRow } from './traffic';
import { uuid } from './uuid';

const MINUTE = 60_000;
/** When the job of an hour is done. */
const DONE = 40 * MINUTE;
/** Objects that a job reads, and writes. */
const PARTS = 2;

/** Transform jobs that a schedule watches. */
export interface TransformPlace extends CapturedPlace {
  readonly transforms: WatchedTransforms;
}

/**
 * Plans the job of one hour: objects of its rows, and the list that names them. Rows have the columns of the baseline, by its names where the format has
 * names; given lines are the rows as they are. Throws `UnusableTraffic` for Parquet, which the rehearsal does not write.
 */
export function planTransform(
  account: Account,
  place: TransformPlace,
  { hour, start }: { readonly hour: TrafficHour; readonly start: number },
): void {
  const { transforms } = place;
  if (transforms.format.parquet) {
    throw new RehearsalError(
      'UnusableTraffic',
      'the rehearsal writes no Parquet; rehearse the app with CSV or JSON Lines',
    );
  }
  for (const { bucket } of [place, transforms.data]) account.objects.createBucket(bucket);
  account.simulation.at(start + DONE, () => putJob(account, place, { hour, start }));
}

function putJob(
  account: Account,
  { bucket, prefix, transforms }: TransformPlace,
  { hour, start }: { readonly hour: TrafficHour; readonly start: number },
): void {
  const { side, data, statistics } = transforms;
  const names = namesOf(account.objects.get(statistics.bucket, statistics.key));
  const time = new Date(start + DONE);
  const lines = hour.records ?? (hour.rows ?? []).map((row, index) => lineOf(row, { transforms, names, time, index }));
  const folder = `${data.prefix}/${hourPath(new Date(start))}/`;
  const size = Math.ceil(lines.length / PARTS);
  const parts = Array.from({ length: PARTS }, (_, part) => lines.slice(part * size, (part + 1) * size));
  const files = parts.map((part, index) => ({ name: `part-${index}`, body: bodyOf(part, transforms, names) }));
  for (const { name, body } of files) account.objects.put({ bucket: data.bucket, key: `${folder}${name}` }, body);
  const list = [{ prefix: `s3://${data.bucket}/${folder}` }, ...files.map(({ name }) => name)];
  const key = `${prefix}/${side}/${hourPath(time)}/${uuid(folder)}`;
  account.objects.put({ bucket, key }, JSON.stringify(list));
  account.recorder.happened('traffic', `a transform job of ${lines.length} rows`, `listed at s3://${bucket}/${key}`);
}

function namesOf(statistics: Buffer | undefined): string[] {
  if (!statistics) return [];
  return (JSON.parse(statistics.toString()) as Statistics).features.map(({ name }) => name);
}

interface RowPlace {
  readonly transforms: WatchedTransforms;
  readonly names: readonly string[];
  readonly time: Date;
  readonly index: number;
}

/** The row as its side has it: of the output, with the input before it where the baseline has both. */
function lineOf({ input, output }: TrafficRow, { transforms, names, time, index }: RowPlace): string {
  const answered = names.length > output.length ? [...output, ...input] : output;
  const fields = transforms.side === 'input' ? input : answered;
  const generated = transforms.generatedIds ? [uuid(`${time.getTime()} ${index}`), time.toISOString()] : [];
  if (!transforms.format.json) return csvLine([...fields, ...generated]);
  const [SageMakerInferenceId, SageMakerInferenceTime] = generated;
  const named = Object.fromEntries(fields.map((field, at) => [names[at] ?? `_c${at}`, jsonValue(field)]));
  return JSON.stringify({ ...named, SageMakerInferenceId, SageMakerInferenceTime });
}

const jsonValue = (field: string) => (field === '' ? null : Number.isNaN(Number(field)) ? field : Number(field));

function bodyOf(lines: readonly string[], { format }: WatchedTransforms, names: readonly string[]): string {
  if (format.json && !format.json.lines) return `[${lines.join(',')}]`;
  const header = format.csv?.header ? [csvLine(names)] : [];
  return [...header, ...lines].map((line) => `${line}\n`).join('');
}
