/** A page of one column, as its header describes it. */
export interface ParquetPage {
  readonly bytes: Uint8Array;
  /** what the header says of its length when it is inflated */
  readonly length: number;
  readonly values: number;
  /** an empty page of a dictionary before it, which says to have so many values */
  readonly dictionary?: number;
  /** what stands behind it, and counts to its column */
  readonly behind?: Uint8Array;
}

/** A column of whole numbers in one page each. */
export interface ParquetParts {
  readonly codec: keyof typeof CODECS;
  readonly pages: readonly ParquetPage[];
  readonly rows: number;
}

/** @see https://github.com/apache/parquet-format/blob/master/src/main/thrift/parquet.thrift */
const CODECS = { UNCOMPRESSED: 0, SNAPPY: 1, GZIP: 2, BROTLI: 4, ZSTD: 6 } as const;
const MAGIC = Buffer.from('PAR1');
const INT32 = 1;

/** Writes a Parquet file that says of itself whatever it is told to: one page a column, values plain. */
export function parquetFile({ codec, pages, rows }: ParquetParts): Buffer {
  const chunks: Buffer[] = [MAGIC];
  let at = MAGIC.length;
  const columns = pages.map(({ bytes, length, values, dictionary, behind = Buffer.alloc(0) }, index) => {
    const start = at;
    if (dictionary !== undefined) {
      chunks.push(struct({ 1: i32(2), 2: i32(0), 3: i32(0), 7: nested({ 1: i32(dictionary), 2: i32(0) }) }));
      at += chunks[chunks.length - 1].length;
    }
    const header = struct({
      1: i32(0),
      2: i32(length),
      3: i32(bytes.length),
      5: nested({ 1: i32(values), 2: i32(0), 3: i32(3), 4: i32(3) }),
    });
    const offset = at;
    chunks.push(header, Buffer.from(bytes), Buffer.from(behind));
    at += header.length + bytes.length + behind.length;
    const first: { [id: number]: Field } = dictionary === undefined ? {} : { 11: i64(start) };
    const metadata = {
      1: i32(INT32),
      2: list(5, [zigzag(0)]),
      3: list(8, [text(`c${index}`)]),
      4: i32(CODECS[codec]),
      5: i64(values),
      6: i64(length),
      7: i64(at - start),
      9: i64(offset),
      ...first,
    };
    return struct({ 2: i64(offset), 3: nested(metadata) });
  });
  const root = struct({ 4: binary('root'), 5: i32(pages.length) });
  const leaves = pages.map((_, index) => struct({ 1: i32(INT32), 3: i32(0), 4: binary(`c${index}`) }));
  const group = struct({ 1: list(12, columns), 2: i64(1), 3: i64(rows) });
  const footer = struct({ 1: i32(1), 2: list(12, [root, ...leaves]), 3: i64(rows), 4: list(12, [group]) });
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...chunks, footer, length, MAGIC]);
}

/** A value of Thrift's compact protocol, with its type. */
interface Field {
  readonly type: number;
  readonly bytes: Buffer;
}

const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};
const zigzag = (value: number) => varint(2 * value);
const text = (value: string) => Buffer.concat([varint(value.length), Buffer.from(value)]);
const i32 = (value: number): Field => ({ type: 5, bytes: zigzag(value) });
const i64 = (value: number): Field => ({ type: 6, bytes: zigzag(value) });
const binary = (value: string): Field => ({ type: 8, bytes: text(value) });
const nested = (fields: { readonly [id: number]: Field }): Field => ({ type: 12, bytes: struct(fields) });
const list = (type: number, items: readonly Buffer[]): Field => ({
  type: 9,
  bytes: Buffer.concat([
    items.length < 15
      ? Buffer.from([(items.length << 4) | type])
      : Buffer.concat([Buffer.from([0xf0 | type]), varint(items.length)]),
    ...items,
  ]),
});

function struct(fields: { readonly [id: number]: Field }): Buffer {
  let before = 0;
  const parts = Object.entries(fields).map(([id, { type, bytes }]) => {
    const header = Buffer.from([((Number(id) - before) << 4) | type]);
    before = Number(id);
    return Buffer.concat([header, bytes]);
  });
  return Buffer.concat([...parts, Buffer.from([0])]);
}
