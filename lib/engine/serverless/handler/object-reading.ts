import { type FileContent, type FileReader, type PartReader, type RowReader, withoutLines } from '../../../analysis';
import type { DatasetFormatConfig } from '../../../baseline/contract';
import { Failure, nameOf, wordsOf } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { PARQUET_BYTES, readParquet } from '../../../runtime/parquet';
import { type SizedObject, s3Uri, streamObject } from '../../../runtime/s3';
import { capturePrefix, type ObjectTimes, objectTimes } from '../captured-keys';
import type { AnalysisRequest } from '../contract';
import type { OwnCallCheck } from './own-call-check';

/** What an object holds, for what it is read, and whether there is no time to read on. */
interface ReadingTask {
  readonly request: AnalysisRequest;
  readonly content?: FileContent;
  readonly isOver: () => boolean;
  /** which records are none; all of them are where absent */
  readonly ownCalls?: OwnCallCheck;
}

/** What is known once S3 answers. */
interface BegunTask extends ReadingTask {
  readonly written?: Date;
}

const NO_TIME = 'the function that read it had no time left';

/**
 * Reads one object into a part: as a stream, or whole where it is Parquet, whose directory is at its end. Returns the version that was read. It is given
 * up where the time is over: what was read of it counts, the part says that it is not whole, and no version was read.
 */
export async function readObject(
  reader: PartReader<unknown>,
  object: SizedObject,
  task: ReadingTask,
): Promise<string | undefined> {
  const { request, isOver } = task;
  if (formatOf(request)?.parquet) return readParquetObject(reader, object, task);
  let file: FileReader | undefined; // begun when S3 has said when it was written
  let isGivenUp = isOver();
  let version: string | undefined;
  if (!isGivenUp) {
    version = await streamObject(object, (chunk, written) => {
      isGivenUp = isOver();
      file ??= fileOf(reader, object, { ...task, written });
      if (!isGivenUp) file.push(chunk);
      return !isGivenUp;
    });
  }
  file ??= fileOf(reader, object, task);
  if (!isGivenUp) {
    file.end();
    return version;
  }
  log('given up', { object: s3Uri(object), size: object.size });
  file.giveUp(NO_TIME);
  return undefined;
}

/** The file of an object, without what is no record of it. */
function fileOf(reader: PartReader<unknown>, object: SizedObject, task: BegunTask) {
  const { request, content, ownCalls } = task;
  const begin = () => reader.file(s3Uri(object), content, capturedTimes(object, task));
  if (!ownCalls || request.mode !== 'monitor') return begin();
  const [variant] = object.key.slice(capturePrefix(request).length).split('/');
  return withoutLines(begin, ownCalls.linesOf(variant));
}

/** Of captured records alone: nothing of what jobs wrote, or of labels, has a window by its times. */
function capturedTimes({ key }: SizedObject, { request, content, written }: BegunTask): ObjectTimes | undefined {
  const isCaptured = request.mode === 'monitor' && !request.transforms && content === undefined;
  return isCaptured && written ? objectTimes({ key, modified: written }) : undefined;
}

/** Captured records have none. */
function formatOf(request: AnalysisRequest): DatasetFormatConfig | undefined {
  return request.mode === 'baseline' ? request.format : request.transforms?.format;
}

/** What a dataset cannot be read for, and what transform jobs wrote is given up for. */
const UNREADABLE = ['MalformedParquet', 'NestedParquet', 'ParquetTooLarge'];

async function readParquetObject(
  reader: PartReader<unknown>,
  object: SizedObject,
  { request, isOver }: ReadingTask,
): Promise<string | undefined> {
  const uri = s3Uri(object);
  let rows: RowReader | undefined;
  const giveUp = (...why: Parameters<RowReader['giveUp']>): undefined => {
    log('given up', { object: uri, size: object.size, why: why[0] });
    (rows ?? reader.rows(uri, [])).giveUp(...why);
  };
  try {
    const read = await readWhole(object, isOver);
    const begin = (columnNames: readonly string[]) => {
      const own = reader.rows(uri, columnNames);
      rows = own;
      return { row: (fields: readonly string[]) => own.row(fields), isOver };
    };
    if (!read || !(await readParquet(uri, read.bytes, begin))) return giveUp(NO_TIME, 'out-of-time');
    rows?.end();
    return read.version;
  } catch (error) {
    if (request.mode === 'baseline' || !UNREADABLE.includes(nameOf(error))) throw error;
    return giveUp(wordsOf(error), 'unreadable-file');
  }
}

/** All bytes of an object, and their version; undefined where the time is over before they are there. */
async function readWhole(
  object: SizedObject,
  isOver: () => boolean,
): Promise<{ readonly bytes: Uint8Array; readonly version: string } | undefined> {
  if (object.size > PARQUET_BYTES) {
    throw new Failure(
      'ParquetTooLarge',
      `${s3Uri(object)} has ${object.size} bytes, at most ${PARQUET_BYTES} are read; write smaller files`,
    );
  }
  if (isOver()) return undefined;
  const chunks: Uint8Array[] = [];
  let isLate = false;
  const version = await streamObject(object, (chunk) => {
    chunks.push(chunk);
    isLate = isOver();
    return !isLate;
  });
  return isLate ? undefined : { bytes: Buffer.concat(chunks), version };
}
