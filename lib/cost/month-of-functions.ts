import { CONCLUDE_DISK_MEBIBYTES } from '../engine/serverless/contract';
import type { AppParts } from './app-parts';
import { type CostLine, fixedLine, rangeLine, sumLine, whole } from './cost-line';
import { callsOf, type MonthOfRuns } from './month-of-runs';
import { PRICES } from './prices';
import { ANSWER_SECONDS, type SecondsRange, sumOfRanges, times } from './processor-time';

const MONTH_HOURS = 730;

/** GiB of memory, and seconds of a call beside what it reads, asks or lets meet. */
const FUNCTIONS = {
  plan: { memory: 0.5, seconds: 1 },
  profile: { memory: 1769 / 1024, seconds: 1 },
  explain: { memory: 1769 / 1024, seconds: 1 },
  conclude: { memory: 1769 / 1024, seconds: 1 },
  watch: { memory: 0.5, seconds: 1 },
  page: { memory: 1, seconds: 1 },
};

/** GiB of disk of *conclude* that are paid. */
const PAID_DISK = (CONCLUDE_DISK_MEBIBYTES - 512) / 1024;

/** What functions cost: their calls, and what they read, ask and compute. */
export function functionLine({ isArm }: AppParts, runs: MonthOfRuns): CostLine {
  const price = isArm ? PRICES.lambdaGbSecondArm : PRICES.lambdaGbSecond;
  const requests = callsOf(runs.counts) + runs.watches + runs.pages;
  const of = `${whole(requests)} calls, ${whole(runs.readGb)} GB read`;
  return sumLine('Lambda', of, [
    ...callLines(runs, price),
    ...workLines(runs, price),
    diskLine(runs),
    fixedLine('requests', `${whole(requests)} at ${PRICES.lambdaRequest}`, requests * PRICES.lambdaRequest),
  ]);
}

/** Calls, but for what they read, ask and compute. */
function callLines({ counts, watches, pages }: MonthOfRuns, price: number): CostLine[] {
  const { plans: plan, profiles: profile, explanations: explain, conclusions: conclude } = counts;
  return Object.entries({ plan, profile, explain, conclude, watch: watches, page: pages }).map(([name, calls]) => {
    const { memory, seconds } = FUNCTIONS[name as keyof typeof FUNCTIONS];
    return fixedLine(name, `${whole(calls)} calls of ${seconds} s`, calls * seconds * memory * price);
  });
}

function workLines(runs: MonthOfRuns, price: number): CostLine[] {
  const { readSeconds, readGb, meetingSeconds } = runs;
  const { profile, explain, conclude } = FUNCTIONS;
  const asking = askingSeconds(runs);
  return [
    rangeLine('reading', `${whole(readGb)} GB, ${rangeOf(readSeconds)} s`, times(profile.memory * price, readSeconds)),
    rangeLine('labels that meet', `${rangeOf(meetingSeconds)} s`, times(conclude.memory * price, meetingSeconds)),
    fixedLine('asking models', `${whole(asking)} s`, asking * explain.memory * price),
  ];
}

/** Disk is paid for as long as a function runs. */
function diskLine({ counts, meetingSeconds }: MonthOfRuns): CostLine {
  const calls = counts.conclusions * FUNCTIONS.conclude.seconds;
  const seconds = sumOfRanges([times(1, meetingSeconds), { least: calls, most: calls }]);
  return rangeLine('disk of conclude', `${PAID_DISK} GiB`, times(PAID_DISK * PRICES.lambdaDiskGbSecond, seconds));
}

const rangeOf = ({ least, most }: SecondsRange) => `${whole(least)} to ${whole(most)}`;

/** Seconds in which *explain* waits for models. */
function askingSeconds({ monitors }: MonthOfRuns): number {
  return askedModels(monitors).reduce((sum, { requests, atOnce }) => sum + (requests / atOnce) * ANSWER_SECONDS, 0);
}

/** What the serverless endpoints cost at which models are asked; nothing where there are none. */
export function modelLine({ monitors }: MonthOfRuns): CostLine | undefined {
  const billed = askedModels(monitors).filter(({ memory }) => memory > 0);
  if (billed.length === 0) return undefined;
  const requests = billed.reduce((sum, one) => sum + one.requests, 0);
  const gbSeconds = billed.reduce((sum, one) => sum + one.requests * ANSWER_SECONDS * one.memory, 0);
  const of = `${whole(requests)} requests of ${ANSWER_SECONDS} s to serverless endpoints`;
  return fixedLine('models asked for attributions', of, gbSeconds * PRICES.serverlessGbSecond);
}

/** Requests of a month to each model. */
function askedModels(monitors: MonthOfRuns['monitors']) {
  return monitors.flatMap(({ monitor: { hours, reading } }) => {
    if (!reading?.asked) return [];
    const { requests, atOnce, memory = 0 } = reading.asked;
    return [{ requests: (MONTH_HOURS / hours) * requests, atOnce, memory }];
  });
}
