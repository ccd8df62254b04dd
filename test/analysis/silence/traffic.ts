import type { AnalysisFiles } from '../../../lib/analysis';
import { type Random, weighted } from '../data-quality/detectors/traffic';
import { word } from '../data-quality/text/text-traffic';
import { baselineOf } from './monitor';

/** What the values of a column are. */
export type Nature = 'decimal' | 'whole' | 'flag' | 'boolean' | 'category' | 'text';

/** A column of an endpoint's traffic. */
export interface Column {
  readonly name: string;
  readonly nature: Nature;
  /** share of the records without a value */
  readonly lacking: number;
  /** of decimals and whole numbers */
  readonly deviation: number;
  /** one value, as it is written; never empty */
  readonly value: (next: Random) => string;
}

/** Cells as texts, an empty one without a value. */
export type Row = readonly string[];

/** An endpoint: its columns, of which the first is what it answers, and the baseline of a monitor. */
export interface Endpoint {
  readonly columns: readonly Column[];
  readonly baseline: AnalysisFiles;
}

/** How the bodies of records are written. */
export type Format = 'CSV' | 'JSON';
/** JSON where it makes no difference is rare: it takes ten times as long to read. */
export const FORMATS: readonly Format[] = ['CSV', 'CSV', 'CSV', 'JSON'];

const { floor, round } = Math;
const FIRST = ['customer', 'order', 'device', 'account', 'session', 'region', 'vehicle', 'sensor'];
const SECOND = ['age', 'income', 'total', 'count', 'ratio', 'level', 'score', 'state', 'class', 'delay'];

export const pick = <T>(items: readonly T[], next: Random): T => items[floor(next() * items.length)];
export const between = (from: number, to: number, next: Random) => from + floor(next() * (to - from + 1));

/** Three to six columns of drawn types and a baseline of 300 to 600 records of them. */
export async function endpoint(next: Random): Promise<Endpoint> {
  const names = new Set<string>();
  const width = between(3, 6, next);
  while (names.size < width) names.add(`${pick(FIRST, next)}_${pick(SECOND, next)}`);
  // each endpoint has what the kinds of changes need: a number, and a flag or categories
  const needed: Nature[] = [pick(['decimal', 'whole'], next), pick(['flag', 'boolean', 'category'], next)];
  const columns = Array.from(names, (name, index) => column(name, needed[index] ?? nature(next), next, index === 0));
  const dataset = [columns.map(({ name }) => name), ...rows({ columns }, between(300, 600, next), next)];
  return { columns, baseline: await baselineOf(dataset.map((row) => row.join(',')).join('\n')) };
}

const nature = (next: Random) =>
  pick<Nature>(['decimal', 'decimal', 'whole', 'whole', 'flag', 'boolean', 'category', 'category', 'text'], next);

function column(name: string, of: Nature, next: Random, isAnswer: boolean): Column {
  const lacking = !isAnswer && next() < 0.15 ? 0.05 : 0; // a CSV answer without its only value is empty
  return { name, nature: of, lacking, ...DRAWN[of](next) };
}

type Values = Pick<Column, 'deviation' | 'value'>;

const DRAWN: { readonly [nature in Nature]: (next: Random) => Values } = {
  decimal: (next) => {
    const [mean, deviation, shape] = [between(-50, 500, next), 1 + 30 * next(), pick(SHAPES, next)];
    return { deviation, value: (draw) => (mean + deviation * shape(draw)).toFixed(2) };
  },
  whole: (next) => {
    const [mean, deviation, shape] = [between(0, 5000, next), between(4, 900, next), pick(SHAPES, next)];
    return { deviation, value: (draw) => String(round(mean + deviation * shape(draw)) + 0) };
  },
  flag: () => ({ deviation: 0, value: (draw) => (draw() < 0.1 ? '1' : '0') }),
  boolean: (next) => {
    const share = 0.05 + 0.9 * next();
    return { deviation: 0, value: (draw) => String(draw() < share) };
  },
  category: (next) => {
    const [first, weights] = [between(0, 500, next), Array.from({ length: between(2, 8, next) }, () => 0.02 + next())];
    const index = weighted(weights);
    return { deviation: 0, value: (draw) => word(first + index(draw)) };
  },
  text: (next) => {
    const count = between(500, 5000, next);
    return { deviation: 0, value: (draw) => word(1000 + floor(draw() * count)) };
  },
};

/** Of mean 0 and deviation 1: bell, flat, and skewed. */
const SHAPES: readonly ((next: Random) => number)[] = [
  (next) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  (next) => (next() - 0.5) * Math.sqrt(12),
  (next) => -Math.log(1 - next()) - 1,
];

/** Records that are drawn as those of the baseline were. */
export function rows({ columns }: Pick<Endpoint, 'columns'>, count: number, next: Random): string[][] {
  return Array.from({ length: count }, () =>
    columns.map(({ lacking, value }) => (lacking > 0 && next() < lacking ? '' : value(next))),
  );
}

/** Rows of a window: 60 to 400, a hundred on average. */
export const size = (next: Random) => 60 + floor(341 * next() ** 8);

/** A body, and how it is captured. */
export interface Body {
  readonly text: string;
  readonly encoding: string;
}

/** A record as it is captured, in two bodies. */
export interface Record {
  readonly answer: Body;
  readonly request: Body;
}

/** Names with their cells. */
export type Fields = readonly (readonly [name: string, cell: string])[];

/** One record of a row. */
export function record({ columns }: Endpoint, row: Row, format: Format): Record {
  const fields: Fields = columns.map(({ name }, index) => [name, row[index]]);
  return { answer: body(fields.slice(0, 1), format), request: body(fields.slice(1), format) };
}

export function body(fields: Fields, format: Format): Body {
  const text = format === 'CSV' ? fields.map(([, cell]) => cell).join(',') : `{${fields.map(member).join(',')}}`;
  return { text, encoding: format };
}

const JSON_LITERAL = /^(-?\d+(\.\d+)?([eE][+-]?\d+)?|true|false|NaN|\{.*\})$/s;

/** A cell is written as it is where that is JSON, else as a text; an empty one is `null`. */
export const member = ([name, cell]: readonly [string, string]): string =>
  `${JSON.stringify(name)}:${cell === '' ? 'null' : literal(cell)}`;

const literal = (cell: string) => (JSON_LITERAL.test(cell) ? cell : JSON.stringify(cell));

/** A line of a capture file. */
export const line = ({ answer, request }: Record): string =>
  `{"captureData":{"endpointInput":${side(request)},"endpointOutput":${side(answer)}},"eventMetadata":{"eventId":"e","inferenceTime":"2026-03-04T08:30:00Z"},"eventVersion":"0"}`;

const side = ({ text, encoding }: Body) =>
  `{"observedContentType":"text/csv","mode":"INPUT","data":${JSON.stringify(text)},"encoding":"${encoding}"}`;

/** A window of records. */
export const traffic = (records: readonly Record[]): string => records.map(line).join('\n');
