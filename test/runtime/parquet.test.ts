import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as zlib from 'node:zlib';
import { PARQUET_BYTES, PARQUET_VALUES, readParquet } from '../../lib/runtime/parquet';
import { type ParquetParts, parquetFile } from './parquet-file';

const file = (name: string) => readFileSync(join(__dirname, '../oracles/parquet', `${name}.parquet`));

async function read(bytes: Uint8Array): Promise<{ names: readonly string[]; rows: (readonly string[])[] }> {
  const rows: (readonly string[])[] = [];
  let names: readonly string[] = [];
  await readParquet('s3://b/k', bytes, (columnNames) => {
    names = columnNames;
    return { row: (fields) => rows.push(fields) };
  });
  return { names, rows };
}

const TYPED = {
  names: [
    'small',
    'big',
    'tiny',
    'whole',
    'fraction',
    'single',
    'decimal',
    'flag',
    'colour',
    'at',
    'day',
    'nested.x',
    'nested.y.z',
  ],
  rows: [
    '0|0|0|0.0|0.0|0.0|0.0|true|red|2024-05-01T10:30:00.000Z|2024-05-01|0|deep',
    '1|10000000000|1|1.0|0.3333333333333333|0.25|0.25|false|grün, "x"|2024-05-01T11:30:00.000Z|2024-05-02|1|deep',
    '2|20000000000|2||0.6666666666666666|0.5|0.5|true||2024-05-01T12:30:00.000Z|2024-05-03|2|deep',
    '3|30000000000|3|3.0|1.0|0.75|0.75|false||2024-05-01T13:30:00.000Z|2024-05-04|3|deep',
  ].map((row) => row.split('|')),
};

const codecs = ['snappy', 'gzip', 'brotli', 'uncompressed', ...('zstdDecompressSync' in zlib ? ['zstd'] : [])];

test.each(codecs)('values of every type become the texts that a CSV file would have: %s', async (codec) => {
  expect(await read(file(codec))).toEqual(TYPED);
});

test('the rows of all row groups come in their order', async () => {
  const { names, rows } = await read(file('groups'));
  expect(names).toEqual(['i', 'half']);
  expect(rows).toEqual(Array.from({ length: 6000 }, (_, i) => [`${i}`, i % 2 === 0 ? `${i / 2}.0` : `${i / 2}`]));
});

test('a file without rows has columns only', async () => {
  expect(await read(file('empty'))).toEqual({ names: ['one'], rows: [] });
});

test('fails for lists, and names the column', async () => {
  await expect(read(file('list'))).rejects.toThrow(
    "NestedParquet: column 'items' of s3://b/k is a list or map; allowed are single values",
  );
});

test('fails for what is no Parquet, and names the file', async () => {
  await expect(read(Buffer.from('a,b\n1,2\n'))).rejects.toThrow(
    'MalformedParquet: s3://b/k cannot be read as Parquet (',
  );
  await expect(read(new Uint8Array())).rejects.toThrow('MalformedParquet');
  const cut = file('groups');
  cut.fill(255, 4, 20_000);
  await expect(read(cut)).rejects.toThrow('MalformedParquet');
});

type Codec = ParquetParts['codec'];
const { zstdCompressSync } = zlib as unknown as { zstdCompressSync?: (bytes: Uint8Array) => Buffer };
const COMPRESS = new Map<Codec, (bytes: Uint8Array) => Buffer>([
  ['GZIP', zlib.gzipSync],
  ['BROTLI', zlib.brotliCompressSync],
  ...(zstdCompressSync ? [['ZSTD', zstdCompressSync] as const] : []),
]);
const MIB = 1024 * 1024;

test.each([...COMPRESS])('a page of %s is inflated to the length that its header says', async (codec, compress) => {
  const words = Buffer.from(Int32Array.of(7, 8).buffer);
  const page = (length: number) => ({ bytes: compress(words), length, values: 2 });
  const { rows } = await read(parquetFile({ codec, rows: 2, pages: [page(8), page(8)] }));
  expect(rows).toEqual([
    ['7', '7'],
    ['8', '8'],
  ]);
  await expect(read(parquetFile({ codec, rows: 2, pages: [page(7)] }))).rejects.toThrow(
    'MalformedParquet: s3://b/k cannot be read as Parquet (a page is longer than the 7 bytes that its header says)',
  );
});

test.each([...COMPRESS.keys(), 'SNAPPY' as const])(
  'a page of %s that says to be too long is not inflated',
  async (codec) => {
    const page = { bytes: Buffer.from([1, 2, 3]), length: PARQUET_BYTES + 1, values: 1 };
    await expect(read(parquetFile({ codec, rows: 1, pages: [page] }))).rejects.toThrow(
      'ParquetTooLarge: the row group at row 0 of s3://b/k has 268435457 bytes, at most 268435456 are read',
    );
  },
);

test('the pages of a row group are inflated to no more than is read of one, whatever it says of itself', async () => {
  const page = { bytes: zlib.gzipSync(Buffer.alloc(129 * MIB), { level: 1 }), length: 129 * MIB, values: 1 };
  await expect(read(parquetFile({ codec: 'GZIP', rows: 1, pages: [page, page] }))).rejects.toThrow(
    'ParquetTooLarge: the row group at row 0 of s3://b/k has 270532608 bytes, at most 268435456 are read',
  );
});

test('fails for row groups of more values than memory would hold', async () => {
  const page = { bytes: Buffer.alloc(4), length: 4, values: 1 };
  const rows = PARQUET_VALUES / 2 + 1;
  await expect(read(parquetFile({ codec: 'UNCOMPRESSED', rows, pages: [page, page] }))).rejects.toThrow(
    'ParquetTooLarge: the row group at row 0 of s3://b/k has 134217730 values, at most 134217728 are read',
  );
});

test.each([
  ['more values than its row group has rows', { values: 3 }, 'pages say to have 3 values in a row group of 2 rows'],
  [
    'more than memory would hold',
    { values: 2 ** 31 - 1 },
    'pages say to have 2147483647 values in a row group of 2 rows',
  ],
  ['a dictionary of more than its bytes', { dictionary: 1 }, 'pages say to have 1 values in a dictionary of 0 bytes'],
])('fails for a page that says to have %s', async (_, said, words) => {
  const page = { bytes: Buffer.alloc(8), length: 8, values: 2 };
  const file = (others: object) =>
    parquetFile({ codec: 'UNCOMPRESSED', rows: 2, pages: [page, { ...page, ...others }] });
  expect((await read(file({}))).rows).toHaveLength(2);
  expect((await read(file({ dictionary: 0 }))).rows).toHaveLength(2);
  await expect(read(file(said))).rejects.toThrow(`MalformedParquet: s3://b/k cannot be read as Parquet (${words})`);
});

test('what stands behind the last page of a column is not read', async () => {
  const page = { bytes: Buffer.alloc(8), length: 8, values: 2, behind: Buffer.alloc(16, 255) };
  expect((await read(parquetFile({ codec: 'UNCOMPRESSED', rows: 2, pages: [page, page] }))).rows).toHaveLength(2);
});

test('fails for files that memory would not hold', async () => {
  await expect(read({ length: PARQUET_BYTES + 1 } as Uint8Array)).rejects.toThrow(
    'ParquetTooLarge: the file of s3://b/k has 268435457 bytes, at most 268435456 are read; write smaller files and row groups',
  );
});
