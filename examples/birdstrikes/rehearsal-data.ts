import { readFileSync } from 'node:fs';
import {
  driftedWindows,
  EARLY_YEARS,
  equalWindows,
  LATE_YEARS,
  labelled,
  labelsOf,
  type Predict,
  readStrikes,
  scored,
  splitEarlyYears,
  strikesIn,
} from './data';
import { train } from './model';
import { parseTable, type Table } from './table';

/** What a demo rehearses: the same columns in all tables, the model's output first. */
export interface RehearsalData {
  readonly title: string;
  readonly baseline: Table;
  /** the rows of the baseline behind what came of them, and what came of those of the windows; absent where nobody knows */
  readonly truth?: Truth;
  /** one per virtual hour */
  readonly windows: Table[];
  /** where it all comes from, for the report */
  readonly facts: { readonly [name: string]: string };
}

/** What came of rows, and who answers when the model is asked about any. */
export interface Truth {
  readonly baseline: Table;
  /** one list per window */
  readonly labels: string[][];
  /** the model that is in service so many hours after the deployment */
  readonly modelAt: (hours: number) => Predict;
}

/** Windows that the hold-out and any traffic file are cut into. */
const WINDOW_COUNT = 4;

/** The state on whose strikes alone the model is trained that takes the first one's place. */
const ONE_STATE = 'Pennsylvania';
/** Hours after the deployment at which it does, with drift. */
const REPLACED_AFTER = 2;

/**
 * The two runs of the bird strikes example: late years, in the middle of which a worse model takes the place of the first, or early rows that the model has
 * not seen.
 */
export function birdStrikes(seed: number, hasDrift: boolean): RehearsalData {
  const strikes = readStrikes();
  const split = splitEarlyYears(strikes, seed);
  const predict = train(split.baseline);
  const replacement = train(strikesIn(ONE_STATE, split.baseline));
  const modelAt = (hours: number) => (hasDrift && hours >= REPLACED_AFTER ? replacement : predict);
  const windows = hasDrift ? driftedWindows(strikes) : equalWindows(split.holdOut, WINDOW_COUNT);
  const early = `${EARLY_YEARS.first} to ${EARLY_YEARS.last}`;
  return {
    title: `Rehearsal: bird strikes${hasDrift ? '' : ', without drift'}`,
    baseline: scored(split.baseline, predict),
    truth: { baseline: labelled(split.baseline, predict), labels: windows.map(labelsOf), modelAt },
    windows: windows.map((window, hour) => scored(window, modelAt(hour))),
    facts: {
      data: 'FAA wildlife strikes, from vega-datasets',
      baseline: `${split.baseline.length} rows of ${early}`,
      traffic: hasDrift
        ? `${LATE_YEARS.join(', ')}, one year per hour`
        : `${split.holdOut.length} other rows of ${early}`,
      labels: 'whether there was damage, an hour after the strikes',
      ...(hasDrift && {
        model: `from hour ${REPLACED_AFTER + 1} on one that knows the strikes in ${ONE_STATE} alone`,
      }),
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
