import type { DatasetFormat, Profiler } from '../../analysis';
import { Failure } from '../../runtime/failure';
import { PARQUET_BYTES, readParquet } from '../../runtime/parquet';
import { type ListedObject, s3Uri, streamObject } from '../../runtime/s3';

/** Reads one object into a profile: as a stream, or whole where it is Parquet, whose directory is at its end. */
export async function profileObject(
  profiler: Profiler,
  object: ListedObject,
  format: DatasetFormat = {},
): Promise<void> {
  if (format.parquet) return profileParquet(profiler, object);
  const file = profiler.file(s3Uri(object));
  await streamObject(object, (chunk) => file.push(chunk));
  file.end();
}

async function profileParquet(profiler: Profiler, object: ListedObject): Promise<void> {
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
    const rows = profiler.rows(uri, columnNames);
    end = () => rows.end();
    return rows;
  });
  end();
}
