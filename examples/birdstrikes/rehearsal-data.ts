import { readFileSync } from 'node:fs';
import { driftedWindows, EARLY_YEARS, equalWindows, LATE_YEARS, readStrikes, scored, splitEarlyYears } from './data';
import { train } from './model';
import { parseTable, type Table } from './table';

/** What a demo rehearses: the same columns in all tables, the model's output first. */
export interface RehearsalData {
  readonly title: string;
  readonly baseline: Table;
  /** one per virtual hour */
  readonly windows: Table[];
  /** where it all comes from, for the report */
  readonly facts: { readonly [name: string]: string };
}

/** Windows that the hold-out and any traffic file are cut into. */
const WINDOW_COUNT = 4;

/** The two runs of the bird strikes example: late years, or early rows that the model has not seen. */
export function birdStrikes(seed: number, hasDrift: boolean): RehearsalData {
  const strikes = readStrikes();
  const split = splitEarlyYears(strikes, seed);
  const predict = train(split.baseline);
  const windows = hasDrift ? driftedWindows(strikes) : equalWindows(split.holdOut, WINDOW_COUNT);
  const early = `${EARLY_YEARS.first} to ${EARLY_YEARS.last}`;
  return {
    title: `Rehearsal: bird strikes${hasDrift ? '' : ', without drift'}`,
    baseline: scored(split.baseline, predict),
    windows: windows.map((window) => scored(window, predict)),
    facts: {
      data: 'FAA wildlife strikes, from vega-datasets',
      baseline: `${split.baseline.length} rows of ${early}`,
      traffic: hasDrift
        ? `${LATE_YEARS.join(', ')}, one year per hour`
        : `${split.holdOut.length} other rows of ${early}`,
    },
  };
}

/** Any two CSV files with the same header: the first column plays the model's output, the others its input. */
export function csvFiles(baselineFile: string, trafficFile: string): RehearsalData {
  const [baseline, traffic] = [baselineFile, trafficFile].map(readTable);
  requireSameHeader({ baseline, traffic, trafficFile });
  if (baseline.columns.length < 2) {
    throw new Error(`TooFewColumns: "${baselineFile}" needs an output column and at least one input column`);
  }
  if (traffic.rows.length < WINDOW_COUNT) {
    throw new Error(
      `TooFewRows: "${trafficFile}" has ${traffic.rows.length} rows, at least ${WINDOW_COUNT} are needed`,
    );
  }
  return {
    title: 'Rehearsal: your CSV files',
    baseline,
    windows: equalWindows(traffic.rows, WINDOW_COUNT).map((rows) => ({ columns: traffic.columns, rows })),
    facts: {
      baseline: `${baselineFile}, ${baseline.rows.length} rows`,
      traffic: `${trafficFile}, ${traffic.rows.length} rows in ${WINDOW_COUNT} hours`,
      output: baseline.columns[0],
    },
  };
}

function readTable(file: string): Table {
  try {
    return parseTable(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`UnreadableCsv: "${file}": ${error instanceof Error ? error.message : error}`);
  }
}

interface Headers {
  readonly baseline: Table;
  readonly traffic: Table;
  readonly trafficFile: string;
}

function requireSameHeader({ baseline, traffic, trafficFile }: Headers): void {
  const length = Math.max(baseline.columns.length, traffic.columns.length);
  for (let index = 0; index < length; index++) {
    const [expected, got] = [baseline.columns[index], traffic.columns[index]];
    if (expected === got) continue;
    const what = got === undefined ? 'is missing' : `is "${got}"`;
    const allowed =
      expected === undefined ? `the baseline has ${baseline.columns.length} columns` : `the baseline has "${expected}"`;
    throw new Error(
      `DifferentHeader: column ${index + 1} of "${trafficFile}" ${what}, ${allowed}; both files need the same header`,
    );
  }
}
