import type { AppParts } from './app-parts';
import { callsOf, type MonthOfRuns } from './month-of-runs';
import type { CostLine } from './monthly-cost';
import { PRICES } from './prices';
import { ANSWER_SECONDS } from './processor-time';

const MONTH_HOURS = 730;

/** GiB of memory, and seconds of a call beside what it reads, asks or lets meet. */
const FUNCTIONS = {
  plan: { memory: 0.5, seconds: 1 },
  profile: { memory: 1769 / 1024, seconds: 1 },
  explain: { memory: 1769 / 1024, seconds: 1 },
  conclude: { memory: 1769 / 1024, seconds: 1 },
  watch: { memory: 0.5, seconds: 1 },
};

/** What functions cost: their calls, and what they read, ask and compute. */
export function functionLine({ isArm }: AppParts, runs: MonthOfRuns): CostLine {
  const { counts, watches, readSeconds, readGb } = runs;
  const price = isArm ? PRICES.lambdaGbSecondArm : PRICES.lambdaGbSecond;
  const requests = callsOf(counts) + watches;
  const cost = (bound: 'least' | 'most') =>
    (otherGbSeconds(runs) + readSeconds[bound] * FUNCTIONS.profile.memory) * price + requests * PRICES.lambdaRequest;
  const of = `${whole(requests)} calls, ${whole(readGb)} GB read`;
  return { part: 'Lambda', of, least: cost('least'), most: cost('most') };
}

/** GB-seconds but for reading. */
function otherGbSeconds({ counts, watches, meetingSeconds, monitors }: MonthOfRuns): number {
  const { plan, profile, explain, conclude, watch } = FUNCTIONS;
  const asking = askedModels(monitors).reduce((sum, { requests, atOnce }) => sum + requests / atOnce, 0);
  return (
    counts.plans * plan.seconds * plan.memory +
    counts.profiles * profile.seconds * profile.memory +
    (counts.explanations * explain.seconds + asking * ANSWER_SECONDS) * explain.memory +
    (counts.conclusions * conclude.seconds + meetingSeconds) * conclude.memory +
    watches * watch.seconds * watch.memory
  );
}

/** What the serverless endpoints cost at which models are asked; nothing where there are none. */
export function modelLine({ monitors }: MonthOfRuns): CostLine | undefined {
  const billed = askedModels(monitors).filter(({ memory }) => memory > 0);
  if (billed.length === 0) return undefined;
  const requests = billed.reduce((sum, one) => sum + one.requests, 0);
  const gbSeconds = billed.reduce((sum, one) => sum + one.requests * ANSWER_SECONDS * one.memory, 0);
  const cost = gbSeconds * PRICES.serverlessGbSecond;
  const of = `${whole(requests)} requests of ${ANSWER_SECONDS} s to serverless endpoints`;
  return { part: 'models asked for attributions', of, least: cost, most: cost };
}

/** Requests of a month to each model. */
function askedModels(monitors: MonthOfRuns['monitors']) {
  return monitors.flatMap(({ monitor: { hours, reading } }) => {
    if (!reading?.asked) return [];
    const { requests, atOnce, memory = 0 } = reading.asked;
    return [{ requests: (MONTH_HOURS / hours) * requests, atOnce, memory }];
  });
}

const whole = (count: number): string => Math.round(count).toLocaleString('en-US');
