import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readAssembly } from '../cloud/deployment/assembly';
import { MONITOR_TAG } from '../core/contract';
import { type AppParts, appParts } from '../cost/app-parts';
import type { CostLine } from '../cost/cost-line';
import { quotaUse, secondsToAlarm } from '../cost/limits';
import { monthlyCost } from '../cost/monthly-cost';
import { PRICES } from '../cost/prices';
import { type Workload, workloadOf } from '../cost/workload';
import { type Command, EXIT, UsageError } from './command';
import { uncountedCost } from './uncounted-cost';

const USAGE = `usage: cdk-sagemaker-monitoring cost --assembly cdk.out --requests-per-second <n>
  --assembly <folder>          the synthesized app (cdk synth)
  --requests-per-second <n>    that each endpoint captures, on average
  --record-bytes <n>           of one captured record (default 486: twenty numbers)
  --objects-per-hour <n>       that capture delivers for each endpoint (default 60 for each 100 requests a second)
  --label-bytes <n>            of the label of one record, where monitors compare with labels (default 137)
  --label-objects-per-hour <n> that labels come in (default 12)
  --json                       prints the lines for machines`;

/** Dollars a month of a synthesized app. Exit codes: 0 printed, 2 no app that monitors, 64 usage. */
export const cost: Command = {
  summary: 'prints what a synthesized app costs a month: cost --assembly <folder> --requests-per-second <n>',
  usage: USAGE,
  async run(args, output) {
    const { assembly, workload, isJson } = parse(args);
    let app: AppParts;
    try {
      app = appParts(readAssembly(assembly));
    } catch (error) {
      output.error(`CostNothingDone: ${error instanceof Error ? error.message : String(error)}`);
      return EXIT.nothingDone;
    }
    if (app.monitors.length === 0) {
      output.error(`CostNothingDone: no stack of "${assembly}" has a monitor`);
      return EXIT.nothingDone;
    }
    for (const line of isJson ? [asJson(app, workload)] : asTable(app, workload)) output.out(line);
    return EXIT.ok;
  },
};

function asJson(app: AppParts, workload: Workload): string {
  const [nearestQuota] = quotaUse(app, workload);
  const lines = monthlyCost(app, workload);
  return JSON.stringify(
    { prices: PRICES, workload, lines, notCounted: uncountedCost(app), nearestQuota },
    undefined,
    2,
  );
}

function asTable(app: AppParts, workload: Workload): string[] {
  const [{ quota, used, allowed }] = quotaUse(app, workload);
  const own = app.monitors.filter(({ engine }) => engine === 'serverless');
  return [
    `US dollars a month at list prices of ${PRICES.region} of ${PRICES.collected}, computed and not measured,`,
    'free tiers left out; captured data, endpoints, trainings and other resources are not in it',
    ...monthlyCost(app, workload).flatMap(lineTexts),
    ...uncountedCost(app).map((what) => `not counted: ${what}`),
    ...taggedLines(app),
    ...(own.length === 0
      ? []
      : [
          `an alarm comes at most ${Math.ceil(secondsToAlarm(app, workload) / 60)} minutes after its window has ended`,
          `nearest quota: ${quota}, ${Number(used.toPrecision(2))} of ${allowed}`,
        ]),
  ];
}

/** What makes a bill say which monitor costs what, as far as AWS lets it. */
function taggedLines({ tagged }: AppParts): string[] {
  if (tagged === 0) return [];
  const entry = `TagKey=${MONITOR_TAG},Status=Active`;
  return [
    `${tagged} resources say on a bill which monitor they are of, once the tag is active, a day after the deployment:`,
    `  aws ce update-cost-allocation-tags-status --cost-allocation-tags-status ${entry}`,
    '  functions, state machine, logs, metrics and buckets are shared by the monitors of a stack',
  ];
}

/** A line, and below it what it is the sum of. */
const lineTexts = (line: CostLine): string[] => [
  lineText(line),
  ...(line.terms ?? []).map((term) => lineText({ ...term, part: `  ${term.part}` })),
];

function lineText({ part, of, least, most }: CostLine): string {
  const dollars = least.toFixed(2) === most.toFixed(2) ? least.toFixed(2) : `${least.toFixed(2)} to ${most.toFixed(2)}`;
  return `${part.padEnd(40)}${dollars.padStart(20)}  ${of}`.trimEnd();
}

interface Arguments {
  readonly assembly: string;
  readonly workload: Workload;
  readonly isJson: boolean;
}

function parse(args: string[]): Arguments {
  const values = parseOptions(args);
  const { assembly, 'requests-per-second': requests } = values;
  if (assembly === undefined || requests === undefined) throw usage('--assembly and --requests-per-second are needed');
  if (!existsSync(assembly)) throw usage(`"${assembly}" does not exist`);
  const further = Object.entries(FIGURES).map(([option, figure]) => [figure, figureOf(option, values)]);
  const given = Object.fromEntries(further.filter(([, value]) => value !== undefined));
  const requestsPerSecond = positive(requests, '--requests-per-second');
  return { assembly, workload: workloadOf({ ...given, requestsPerSecond }), isJson: values.json ?? false };
}

/** Options that say something of a workload, which is assumed otherwise. */
const FIGURES = {
  'record-bytes': 'recordBytes',
  'objects-per-hour': 'objectsPerHour',
  'label-bytes': 'labelBytes',
  'label-objects-per-hour': 'labelObjectsPerHour',
} as const satisfies { readonly [option: string]: keyof Workload };

function figureOf(option: string, values: { readonly [option: string]: unknown }): number | undefined {
  const text = values[option];
  return typeof text === 'string' ? positive(text, `--${option}`) : undefined;
}

function parseOptions(args: string[]) {
  const text = { type: 'string' } as const;
  const options = {
    assembly: text,
    'requests-per-second': text,
    'record-bytes': text,
    'objects-per-hour': text,
    'label-bytes': text,
    'label-objects-per-hour': text,
    json: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options, strict: true }).values;
  } catch (error) {
    throw usage((error as Error).message);
  }
}

function positive(text: string, option: string): number {
  if (/^\d+(\.\d+)?$/.test(text) && Number(text) > 0) return Number(text);
  throw usage(`${option} is "${text}": a number above 0 is needed`);
}

const usage = (message: string): UsageError => new UsageError(`CostUsage: ${message}\n${USAGE}`);
