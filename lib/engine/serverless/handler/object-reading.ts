import type { FileContent, PartReader } from '../../../analysis';
import type { DatasetFormatConfig } from '../../../baseline/contract';
import { Failure } from '../../../runtime/failure';
import { log } from '../../../runtime/log';
import { PARQUET_BYTES, readParquet } from '../../../runtime/parquet';
import { type SizedObject, s3Uri, streamObject } from '../../../runtime/s3';
import type { AnalysisRequest } from '../contract';

/** What an object holds, for what it is read, and whether there is no time to read on. */
interface ReadingTask {
  readonly request: AnalysisRequest;
  readonly content?: FileContent;
  readonly isOver: () => boolean;
}

/**
 * Reads one object into a part: as a stream, or whole where it is Parquet, whose directory is at its end. Returns the version that was read. A stream is given
 * up where the time is over: what was read of it counts, the part says that it is not whole, and no version was read.
 */
export async function readObject(
  reader: PartReader<unknown>,
  object: SizedObject,
  task: ReadingTask,
): Promise<string | undefined> {
  const { request, content, isOver } = task;
  if (formatOf(request)?.parquet) return readParquetObject(reader, object);
  const uri = s3Uri(object);
  const file = reader.file(uri, content);
  let isGivenUp = isOver();
  let version: string | undefined;
  if (!isGivenUp) {
    version = await streamObject(object, (chunk) => {
      isGivenUp = isOver();
      if (!isGivenUp) file.push(chunk);
      return !isGivenUp;
    });
  }
  if (!isGivenUp) {
    file.end();
    return version;
  }
  log('given up', { object: uri, size: object.size });
  file.giveUp('the function that read it had no time left');
  return undefined;
}

/** Captured records have none. */
function formatOf(request: AnalysisRequest): DatasetFormatConfig | undefined {
  return request.mode === 'baseline' ? request.format : request.transforms?.format;
}

async function readParquetObject(reader: PartReader<unknown>, object: SizedObject): Promise<string> {
  const uri = s3Uri(object);
  if (object.size > PARQUET_BYTES) {
    throw new Failure(
      'ParquetTooLarge',
      `${uri} has ${object.size} bytes, at most ${PARQUET_BYTES} are read; write smaller files`,
    );
  }
  const chunks: Uint8Array[] = [];
  const version = await streamObject(object, (chunk) => chunks.push(chunk));
  let end = () => {};
  await readParquet(uri, Buffer.concat(chunks), (columnNames) => {
    const rows = reader.rows(uri, columnNames);
    end = () => rows.end();
    return rows;
  });
  end();
  return version;
}
