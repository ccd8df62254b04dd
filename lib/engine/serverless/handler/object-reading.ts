import type { FileContent, PartReader } from '../../../analysis';
import type { DatasetFormatConfig } from '../../../baseline/contract';
import { Failure } from '../../../runtime/failure';
import { PARQUET_BYTES, readParquet } from '../../../runtime/parquet';
import { type SizedObject, s3Uri, streamObject } from '../../../runtime/s3';
import type { AnalysisRequest } from '../contract';

/** What an object holds, and for what it is read. */
interface ObjectContent {
  readonly request: AnalysisRequest;
  readonly content?: FileContent;
}

/** Reads one object into a part: as a stream, or whole where it is Parquet, whose directory is at its end. */
export async function readObject(
  reader: PartReader<unknown>,
  object: SizedObject,
  { request, content }: ObjectContent,
): Promise<void> {
  if (formatOf(request)?.parquet) return readParquetObject(reader, object);
  const file = reader.file(s3Uri(object), content);
  await streamObject(object, (chunk) => file.push(chunk));
  file.end();
}

/** Captured records have none. */
function formatOf(request: AnalysisRequest): DatasetFormatConfig | undefined {
  return request.mode === 'baseline' ? request.format : request.transforms?.format;
}

async function readParquetObject(reader: PartReader<unknown>, object: SizedObject): Promise<void> {
  const uri = s3Uri(object);
  if (object.size > PARQUET_BYTES) {
    throw new Failure(
      'ParquetTooLarge',
      `${uri} has ${object.size} bytes, at most ${PARQUET_BYTES} are read; write smaller files`,
    );
  }
  const chunks: Uint8Array[] = [];
  await streamObject(object, (chunk) => chunks.push(chunk));
  let end = () => {};
  await readParquet(uri, Buffer.concat(chunks), (columnNames) => {
    const rows = reader.rows(uri, columnNames);
    end = () => rows.end();
    return rows;
  });
  end();
}
