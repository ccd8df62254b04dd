import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type BlindSpot, type BlindSpotKind, blindSpots as find } from '../analysis/data-quality/blind-spots';
import type { Constraints, Statistics } from '../analysis/schemas';
import { type Command, EXIT, type Output, UsageError } from './command';

const USAGE = `usage: cdk-sagemaker-monitoring blind-spots --statistics <file> --constraints <file> --window-size <rows> [--json]
  --statistics <file>    statistics.json of the baseline
  --constraints <file>   constraints.json of the baseline
  --window-size <rows>   rows that a monitor analyses at a time
  --json                 prints the list for machines`;

/** What a reader learns first: how bad it is. */
const HEADINGS: { readonly [kind in BlindSpotKind]: string } = {
  'not-compared': 'not compared',
  'no-distribution': 'nothing to compare',
  anything: 'blind to everything',
  'existing-values': 'blind to existing values',
  'kept-values': 'blind to re-weighting',
  shares: 'blind to small changes',
  location: 'blind to small shifts',
};

/**
 * Lists the shifts on which Model Monitor's drift check cannot alarm, from a baseline and the size of a window alone.
 *
 * Exit codes: 0 listed, however many there are, 64 usage.
 */
export const blindSpots: Command = {
  summary:
    'lists what a baseline cannot see: blind-spots --statistics <file> --constraints <file> --window-size <rows>',
  usage: USAGE,
  async run(args, output) {
    const { statistics, constraints, windowSize, isJson } = await parse(args);
    const spots = find({ statistics, constraints, windowSize });
    if (isJson) output.out(JSON.stringify(spots, undefined, 2));
    else print(spots, { features: constraints.features.length, windowSize }, output);
    return EXIT.ok;
  },
};

function print(spots: readonly BlindSpot[], size: { features: number; windowSize: number }, output: Output): void {
  output.out(
    `${spots.length} of ${size.features} features have shifts that cannot alarm in windows of ${size.windowSize} rows`,
  );
  const width = Math.max(0, ...spots.map(({ feature }) => feature.length)) + 2;
  for (const { feature, kind, description } of spots) {
    output.out(`${feature.padEnd(width)}${HEADINGS[kind].padEnd(26)}${description}`);
  }
}

async function parse(args: string[]) {
  const { statistics, constraints, 'window-size': size, json = false } = options(args);
  if (statistics === undefined || constraints === undefined || size === undefined) {
    throw usage('--statistics, --constraints and --window-size are needed');
  }
  if (!/^[1-9]\d*$/.test(size)) throw usage(`--window-size is "${size}": a whole number of at least 1 is needed`);
  return {
    statistics: await readFeatures<Statistics>(statistics),
    constraints: await readFeatures<Constraints>(constraints),
    windowSize: Number(size),
    isJson: json,
  };
}

function options(args: string[]) {
  const text = { type: 'string' } as const;
  const known = { statistics: text, constraints: text, 'window-size': text, json: { type: 'boolean' } } as const;
  try {
    return parseArgs({ args, options: known, strict: true }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

/** Reads a file that has a list of features; both of a baseline's files have. */
async function readFeatures<T extends Statistics | Constraints>(path: string): Promise<T> {
  const read = async (): Promise<T> => JSON.parse(await readFile(path, 'utf8'));
  const content = await read().catch((error: Error) => {
    throw usage(`cannot read ${path}: ${error.message}`);
  });
  if (Array.isArray(content?.features)) return content;
  throw usage(`${path} has no list "features": a statistics.json and a constraints.json are needed`);
}

function usage(message: string): UsageError {
  return new UsageError(`BlindSpotsUsage: ${message}\n${USAGE}`);
}
