import * as zlib from 'node:zlib';
import {
  type AsyncBuffer,
  type ColumnData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type SchemaTree,
  snappyUncompress,
} from 'hyparquet';
import { Failure, wordsOf } from './failure';
import { refuseFalsePages } from './parquet-pages';

/** Bytes of a file, and of one of its row groups as it lies in memory: a function of 1,769 MB holds both. */
export const PARQUET_BYTES = 256 * 1024 * 1024;

/** Values of a row group, a word of memory each: of few different ones, they are thousands in a byte of the file. */
export const PARQUET_VALUES = 128 * 1024 * 1024;

/** Takes the rows of a file as texts, one for each column; an empty one is missing. */
export interface RowSink {
  row(fields: readonly string[]): void;
  /** whether no more of them are taken; never where absent */
  isOver?(): boolean;
}

/**
 * Reads a Parquet file, row group by row group, and hands its rows on as texts in the form of CSV: `1` for a whole number, `1.0` for a
 * fractional one (whatever its value), `true`, ISO 8601 for dates and times, nothing for null. NaN and infinities have no such form: they are
 * the words `NaN`, `Infinity`, as in a CSV file. Columns of structs become one column a field, `struct.field`.
 *
 * Returns whether it was read to its end, which it is not where no more is taken. Throws `MalformedParquet`, `ParquetTooLarge` and, for lists and maps, `NestedParquet`; the words name the file and the column. A page is inflated to no
 * more than its header says, and all pages of a row group to no more than {@link PARQUET_BYTES}; pages that say to have more values than their row group
 * has rows are malformed.
 *
 * @see https://parquet.apache.org/docs/file-format/types/logicaltypes/
 */
export async function readParquet(
  name: string,
  bytes: Uint8Array,
  begin: (columnNames: readonly string[]) => RowSink,
): Promise<boolean> {
  refuseLarger(`the file of ${name}`, bytes.length);
  const file = asyncBuffer(bytes);
  const metadata = await readable(name, parquetMetadataAsync(file, { geoparquet: false }));
  const leaves = parquetSchema(metadata).children.flatMap((column) => leavesOf(name, column, []));
  const sink = begin(leaves.map(({ path }) => path.join('.')));
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const what = `the row group at row ${rowStart} of ${name}`;
    refuseLarger(what, Number(group.total_byte_size));
    refuseLarger(what, Number(group.num_rows) * leaves.length, VALUES);
    const rowEnd = rowStart + Number(group.num_rows);
    if (sink.isOver?.()) return false;
    await readable(
      name,
      Promise.resolve().then(() => refuseFalsePages(bytes, group)),
    );
    const compressors = boundedCompressors((bytes) => refuseLarger(what, bytes));
    const columns = await readable(name, readColumns({ file, metadata, compressors, rowStart, rowEnd }));
    for (let row = 0; row < rowEnd - rowStart; row++) {
      if (row % ROWS_BETWEEN_LOOKS === 0 && sink.isOver?.()) return false;
      sink.row(leaves.map((leaf) => fieldOf(leaf, columns, row)));
    }
    rowStart = rowEnd;
  }
  return true;
}

const ROWS_BETWEEN_LOOKS = 1024;

interface Limit {
  readonly unit: string;
  readonly most: number;
}
const BYTES: Limit = { unit: 'bytes', most: PARQUET_BYTES };
const VALUES: Limit = { unit: 'values', most: PARQUET_VALUES };

function refuseLarger(what: string, size: number, { unit, most }: Limit = BYTES): void {
  if (size <= most) return;
  throw new Failure(
    'ParquetTooLarge',
    `${what} has ${size} ${unit}, at most ${most} are read; write smaller files and row groups`,
  );
}

function asyncBuffer(bytes: Uint8Array): AsyncBuffer {
  const { buffer, byteOffset } = bytes;
  const slice = (start: number, end = bytes.length) =>
    buffer.slice(byteOffset + start, byteOffset + end) as ArrayBuffer;
  return { byteLength: bytes.length, slice };
}

async function readable<T>(name: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (cause) {
    if (cause instanceof Failure) throw cause;
    throw new Failure('MalformedParquet', `${name} cannot be read as Parquet (${wordsOf(cause)})`, { cause });
  }
}

interface InflateOptions {
  readonly maxOutputLength: number;
  /** of the buffers that are filled one after the other: of one alone, no copy is made */
  readonly chunkSize: number;
}
type Inflate = (input: Uint8Array, options: InflateOptions) => Uint8Array;

/** Node.js 20 has no Zstandard; the functions' Node.js has. */
const { zstdDecompressSync } = zlib as unknown as { readonly zstdDecompressSync?: Inflate };

const INFLATE: { readonly [codec: string]: Inflate | undefined } = {
  GZIP: zlib.gunzipSync,
  BROTLI: zlib.brotliDecompressSync,
  ZSTD: zstdDecompressSync,
  SNAPPY(input, { maxOutputLength }) {
    const page = new Uint8Array(maxOutputLength);
    snappyUncompress(input, page);
    return page;
  },
};

/** Bytes of a buffer that a page does not fill: where it does, zlib makes another, to see that nothing comes. It wants 64 at least. */
const SPARE = 64;

/**
 * What inflates the pages of one row group. A page has the length that its header says: that is judged, with those before it, before anything is
 * inflated, and no page becomes longer.
 */
function boundedCompressors(judge: (bytes: number) => void): Compressors {
  let bytes = 0;
  const bounded =
    (inflate: Inflate) =>
    (input: Uint8Array, length: number): Uint8Array => {
      bytes += length;
      judge(bytes);
      try {
        return inflate(input, { maxOutputLength: Math.max(length, 1), chunkSize: Math.max(length, 1) + SPARE });
      } catch (cause) {
        if ((cause as { code?: string }).code !== 'ERR_BUFFER_TOO_LARGE') throw cause;
        throw new Error(`a page is longer than the ${length} bytes that its header says`, { cause });
      }
    };
  return Object.fromEntries(
    Object.entries(INFLATE).flatMap(([codec, inflate]) => (inflate ? [[codec, bounded(inflate)]] : [])),
  );
}

const text = new TextDecoder();
const day = (days: number) => new Date(days * 86_400_000).toISOString().slice(0, 10);

interface RowRange {
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
  readonly rowStart: number;
  readonly rowEnd: number;
}

/** The decoded runs of each top-level column, in order of their rows. */
async function readColumns(range: RowRange): Promise<Map<string, ColumnData[]>> {
  const columns = new Map<string, ColumnData[]>();
  await parquetRead({
    ...range,
    geoparquet: false,
    parsers: { dateFromDays: day, jsonFromBytes: (bytes) => bytes && text.decode(bytes) },
    onChunk(run) {
      const runs = columns.get(run.columnName);
      if (runs) runs.push(run);
      else columns.set(run.columnName, [run]);
    },
  });
  for (const runs of columns.values()) {
    runs.sort((a, b) => a.rowStart - b.rowStart);
    for (const run of runs) {
      run.rowStart -= range.rowStart;
      run.rowEnd -= range.rowStart;
    }
  }
  return columns;
}

/** A column of texts: where its values are, and whether they are fractional by their type. */
interface Leaf {
  readonly path: readonly string[];
  readonly isFractional: boolean;
  /** the run that the last value was in: rows are read in order */
  run: number;
}

function leavesOf(name: string, { element, children }: SchemaTree, parents: readonly string[]): Leaf[] {
  const path = [...parents, element.name];
  const { type, converted_type: converted, logical_type: logical } = element;
  const isMany = element.repetition_type === 'REPEATED' || converted === 'LIST' || converted === 'MAP';
  if (isMany || logical?.type === 'LIST' || logical?.type === 'MAP') {
    throw new Failure(
      'NestedParquet',
      `column '${path.join('.')}' of ${name} is a list or map; allowed are single values`,
    );
  }
  if (children.length > 0) return children.flatMap((child) => leavesOf(name, child, path));
  const isDecimal = converted === 'DECIMAL' && (element.scale ?? 0) > 0;
  const isFloat = type === 'FLOAT' || type === 'DOUBLE' || logical?.type === 'FLOAT16';
  return [{ path, isFractional: isDecimal || isFloat, run: 0 }];
}

function fieldOf(leaf: Leaf, columns: ReadonlyMap<string, ColumnData[]>, row: number): string {
  const [top, ...below] = leaf.path;
  const runs = columns.get(top) ?? [];
  if (row === 0) leaf.run = 0;
  while (leaf.run < runs.length - 1 && row >= runs[leaf.run].rowEnd) leaf.run += 1;
  const { columnData, rowStart } = runs[leaf.run];
  let value: unknown = columnData[row - rowStart];
  for (const key of below) value = (value as Readonly<Record<string, unknown>> | null | undefined)?.[key];
  return textOf(value, leaf.isFractional);
}

function textOf(value: unknown, isFractional: boolean): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && isFractional)
    return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${value}.0` : `${value}`;
  if (value instanceof Date) return value.toISOString();
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value);
}
