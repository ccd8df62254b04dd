import { gzipSync } from 'node:zlib';
import { captured } from '../../analysis/dataset';
import { parquetFile } from '../../runtime/parquet-file';

/** What a payload is made of: whole numbers by name, which a search changes. */
export type Genes = { readonly [name: string]: number };

/** A grammar: the genes of an ordinary payload, the most that each may be, and the bytes that they make. */
export interface Family {
  readonly name:
    | 'json'
    | 'csv'
    | 'envelope'
    | 'parquet'
    | 'predictions'
    | 'labels'
    | 'groups'
    | 'met'
    | 'apart'
    | 'samples';
  readonly ordinary: Genes;
  readonly most: Genes;
  make(genes: Genes): Uint8Array;
}

const times = (count: number, item: (index: number) => string) => Array.from({ length: count }, (_, at) => item(at));
const lines = (records: number, line: (index: number) => string) => Buffer.from(`${times(records, line).join('\n')}\n`);
/** What texts are filled with, by the gene `like`: the first makes plain ones, and of all others the end is not what their beginning promises. */
const FILLINGS = ['k', '1', '0', '.', '-', ' ', 'e', '_'];
/** A text of a length that differs by its index. */
const text = (length: number, index: number, like = 0) =>
  `${index}`.padStart(Math.max(1, length), FILLINGS[like % FILLINGS.length]) + (like === 0 ? '' : 'x');
/** As many different ones as the gene says. */
const one = (distinct: number, index: number) => index % Math.max(1, distinct);

const json: Family = {
  name: 'json',
  ordinary: { outer: 4, depth: 1, keys: 10, key: 8, value: 6, distinct: 50, names: 10, rows: 1, records: 20, like: 0 },
  most: {
    outer: 100_000,
    depth: 4000,
    keys: 20_000,
    key: 4000,
    value: 100_000,
    distinct: 5000,
    names: 100_000,
    rows: 20_000,
    records: 300,
    like: FILLINGS.length - 1,
  },
  make({ outer, depth, keys, key, value, distinct, names, rows, records, like }) {
    const row = (at: number) => {
      const fields = times(
        keys,
        (index) => `"${text(key, one(names, at * keys + index))}":"${text(value, one(distinct, at), like)}"`,
      );
      const open = `{"${'o'.repeat(outer)}":`.repeat(depth);
      return `${open}{${fields.join(',')}}${'}'.repeat(depth)}`;
    };
    const input = (record: number) => times(rows, (index) => row(record * rows + index)).join('\n');
    return lines(records, (record) => captured({ input: input(record), encoding: 'JSON' }));
  },
};

const csv: Family = {
  name: 'csv',
  ordinary: { columns: 10, widths: 1, field: 6, distinct: 50, quoted: 0, rows: 1, records: 20, like: 0 },
  most: {
    columns: 20_000,
    widths: 400,
    field: 100_000,
    distinct: 5000,
    quoted: 1,
    rows: 50_000,
    records: 400,
    like: FILLINGS.length - 1,
  },
  make({ columns, widths, field, distinct, quoted, rows, records, like }) {
    const row = (record: number, at: number) => {
      const value = text(field, one(distinct, record * rows + at), like);
      return times(columns + (record % Math.max(1, widths)), () => (quoted ? `"${value}"` : value)).join(',');
    };
    return lines(records, (record) => captured({ input: times(rows, (at) => row(record, at)).join('\n') }));
  },
};

const envelope: Family = {
  name: 'envelope',
  ordinary: { beside: 2, layouts: 1, length: 8, nesting: 1, spaces: 0, columns: 10, records: 20 },
  most: {
    beside: 20_000,
    layouts: 100,
    length: 100_000,
    nesting: 20_000,
    spaces: 100_000,
    columns: 8000,
    records: 400,
  },
  make({ beside, layouts, length, nesting, spaces, columns, records }) {
    const line = (record: number) => {
      const row = captured({ input: times(columns, (index) => `${index}`).join(',') });
      const extra = times(beside + (record % Math.max(1, layouts)), (index) => `"${text(length, index)}":1`).join(',');
      const deep = `"deep":${'['.repeat(nesting)}${']'.repeat(nesting)}`;
      return `{${' '.repeat(spaces)}"eventVersion":"0",${extra}${extra && ','}${deep},${row.slice(1)}`;
    };
    return lines(records, line);
  },
};

const parquet: Family = {
  name: 'parquet',
  ordinary: { rows: 2000, pages: 4, claimed: 8000, zeros: 8000 },
  most: { rows: 1_000_000, pages: 200, claimed: 2_000_000_000, zeros: 300_000_000 },
  make({ rows, pages, claimed, zeros }) {
    const bytes = gzipSync(Buffer.alloc(zeros), { level: 1 });
    const page = { bytes, length: claimed, values: Math.min(rows, zeros >> 2) };
    return parquetFile({ codec: 'GZIP', rows, pages: Array.from({ length: pages }, () => page) });
  },
};

/** Rows of labels, and identifiers, as predictions and ground truth have them. */
const LABELLED = {
  ordinary: { columns: 1, field: 1, distinct: 2, rows: 1, length: 12, names: 20, records: 20, like: 0 },
  most: {
    columns: 20_000,
    field: 100_000,
    distinct: 5000,
    rows: 5000,
    length: 100_000,
    names: 400,
    records: 400,
    like: FILLINGS.length - 1,
  },
};

function labelled({ columns, field, distinct, rows, like }: Genes, record: number): object {
  const row = (at: number) => times(columns, () => text(field, one(distinct, record * rows + at), like)).join(',');
  return { data: times(rows, row).join('\n'), encoding: 'CSV' };
}

const eventOf = ({ length, names }: Genes, record: number) => ({
  eventMetadata: { eventId: text(length, one(names, record)), inferenceTime: '2026-01-05T00:30:00Z' },
});

const predictions: Family = {
  name: 'predictions',
  ...LABELLED,
  make: (genes) =>
    lines(genes.records, (record) =>
      JSON.stringify({ captureData: { endpointOutput: labelled(genes, record) }, ...eventOf(genes, record) }),
    ),
};

const labels: Family = {
  name: 'labels',
  ...LABELLED,
  make: (genes) =>
    lines(genes.records, (record) =>
      JSON.stringify({ groundTruthData: labelled(genes, record), ...eventOf(genes, record) }),
    ),
};

/** Requests of which columns tell groups apart, with their answers. */
const groups: Family = {
  name: 'groups',
  ...LABELLED,
  make: (genes) =>
    lines(genes.records, (record) => {
      const answer = { data: times(genes.rows, (at) => `${at % 2}`).join('\n'), encoding: 'CSV' };
      const captureData = { endpointInput: labelled(genes, record), endpointOutput: answer };
      return JSON.stringify({ captureData, ...eventOf(genes, record) });
    }),
};

/** Lines that are records and labels in one: they are read as both, and meet themselves. */
const met: Family = {
  name: 'met',
  ...LABELLED,
  make: (genes) =>
    lines(genes.records, (record) => {
      const side = labelled(genes, record);
      const captureData = { endpointOutput: side };
      return JSON.stringify({ captureData, groundTruthData: side, ...eventOf(genes, record) });
    }),
};

/** The same, of probabilities, of two variants that are compared. */
const apart: Family = { ...met, name: 'apart' };

/** Requests of which a sample is explained. */
const samples: Family = {
  name: 'samples',
  ordinary: { ...LABELLED.ordinary, columns: 10, field: 4 },
  most: LABELLED.most,
  make: (genes) =>
    lines(genes.records, (record) =>
      JSON.stringify({ captureData: { endpointInput: labelled(genes, record) }, ...eventOf(genes, record) }),
    ),
};

/** What a function may be sent. */
export const FAMILIES: readonly Family[] = [
  ...[json, csv, envelope, parquet, predictions, labels, groups],
  ...[met, apart, samples],
];
