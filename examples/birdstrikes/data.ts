import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseTable, type Table } from './table';

/**
 * What is known of a strike before the aircraft is inspected, in the order of the model's input: our name, and the name in the records.
 *
 * Left out: the costs, which nobody knows until the damage is repaired, the date, which only ever grows, and the damage itself, which is what
 * the model predicts.
 */
const INPUTS = {
  airport: 'Airport Name',
  aircraft: 'Aircraft Make Model',
  operator: 'Aircraft Airline Operator',
  origin_state: 'Origin State',
  phase_of_flight: 'Phase of flight',
  wildlife_size: 'Wildlife Size',
  wildlife_species: 'Wildlife Species',
  time_of_day: 'Time of day',
  speed_knots: 'Speed IAS in knots',
} as const;

/** The columns of the model's input, in order. */
export const INPUT_COLUMNS: readonly string[] = Object.keys(INPUTS);

/** The column of the model's output: the predicted probability of damage, 0 to 1. */
export const SCORE_COLUMN = 'damage_probability';

/** The column of the labels: whether the strike did damage, 1 or 0. */
export const LABEL_COLUMN = 'damaged';

/** The seed of the split that the demo and its documentation speak of. */
export const DEFAULT_SEED = 7;

/** A collision of an aircraft with wildlife. */
export interface Strike {
  readonly year: number;
  readonly damaged: boolean;
  /** one text per input column; empty where it was not recorded */
  readonly inputs: string[];
}

/** The early years, cut in two at random. */
export interface Split {
  /** 70 %: what the model is trained on, and what the monitor compares with */
  readonly baseline: Strike[];
  /** the other 30 %: the same years, never seen in training; in random order, so that no window of them has a season of its own */
  readonly holdOut: Strike[];
}

/** Predicts the probability of damage, 0 to 1, from the input columns. */
export type Predict = (inputs: readonly string[]) => number;

/**
 * All 10,000 records, in the order of the file.
 *
 * The records come from the wildlife strike database of the Federal Aviation Administration, as the package `vega-datasets` ships them.
 *
 * @see https://wildlife.faa.gov
 * @see https://github.com/vega/vega-datasets
 */
export function readStrikes(): Strike[] {
  const file = join(dirname(require.resolve('vega-datasets')), '..', 'data', 'birdstrikes.csv');
  const { columns, rows } = parseTable(readFileSync(file, 'utf8'));
  const at = (name: string) => columns.indexOf(name);
  const inputs = Object.values(INPUTS).map(at);
  const [date, damage] = [at('Flight Date'), at('Effect Amount of damage')];
  return rows.map((row) => ({
    year: Number(row[date].slice(0, 4)),
    damaged: row[damage] !== 'None',
    inputs: inputs.map((index) => row[index]),
  }));
}

/** The first six years of the records: before the drift. */
export const EARLY_YEARS = { first: 1990, last: 1995 };

/** The last four: each plays one hour of traffic. */
export const LATE_YEARS = [1999, 2000, 2001, 2002];

/**
 * Cuts the early years into 70 % and 30 %, by the rank of a hash of seed and row number. The same seed gives the same split on every machine.
 */
export function splitEarlyYears(strikes: readonly Strike[], seed: number): Split {
  const ranked = strikes
    .map((strike, row) => ({ strike, row }))
    .filter(({ strike }) => strike.year >= EARLY_YEARS.first && strike.year <= EARLY_YEARS.last)
    .map((entry) => ({ ...entry, hash: createHash('sha256').update(`${seed}:${entry.row}`).digest('hex') }))
    .sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const size = Math.floor(ranked.length * 0.7);
  const inFileOrder = ranked.slice(0, size).sort((a, b) => a.row - b.row);
  const strikesOf = (entries: typeof ranked) => entries.map(({ strike }) => strike);
  return { baseline: strikesOf(inFileOrder), holdOut: strikesOf(ranked.slice(size)) };
}

/** Traffic with drift: one window per late year. */
export function driftedWindows(strikes: readonly Strike[]): Strike[][] {
  return LATE_YEARS.map((year) => strikes.filter((strike) => strike.year === year));
}

/** Cuts rows into windows of equal size, in order; sizes differ by one at most. */
export function equalWindows<T>(rows: readonly T[], count: number): T[][] {
  const edge = (index: number) => Math.floor((rows.length * index) / count);
  return Array.from({ length: count }, (_, index) => rows.slice(edge(index), edge(index + 1)));
}

/**
 * What the endpoint would have answered and been asked: the score first, then the inputs, as Model Monitor orders captured CSV.
 *
 * The score always has six decimals, so that its type is Fractional in every row, also for a plain 0 or 1.
 */
export function scored(strikes: readonly Strike[], predict: Predict): Table {
  const rows = strikes.map(({ inputs }) => [predict(inputs).toFixed(6), ...inputs]);
  return { columns: [SCORE_COLUMN, ...INPUT_COLUMNS], rows };
}

/** What came of strikes, 1 or 0 each. */
export function labelsOf(strikes: readonly Strike[]): string[] {
  return strikes.map(({ damaged }) => (damaged ? '1' : '0'));
}

/** The same rows as those of `scored`, each behind what came of it. */
export function labelled(strikes: readonly Strike[], predict: Predict): Table {
  const { columns, rows } = scored(strikes, predict);
  const labels = labelsOf(strikes);
  return { columns: [LABEL_COLUMN, ...columns], rows: rows.map((row, index) => [labels[index], ...row]) };
}

/** The strikes in one state. */
export function strikesIn(state: string, strikes: readonly Strike[]): Strike[] {
  const column = INPUT_COLUMNS.indexOf('origin_state');
  return strikes.filter(({ inputs }) => inputs[column] === state);
}
