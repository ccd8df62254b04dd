import type { MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricEvidence } from '../../analysis';
import { endpointQuery, metricValues, type ReadMetric } from '../../runtime/metric-values';
import type { MeasureSettings, TestSettings } from '../contract';

/** Of which endpoint, and when. Times are ISO 8601, UTC. */
export interface MeasuredTime {
  readonly endpointName: string;
  readonly start: string;
  readonly end: string;
}

const INVOCATIONS: ReadMetric = { name: 'Invocations', statistic: 'Sum', seconds: 300 };
const SERVER_ERRORS: ReadMetric = { name: 'Invocation5XXErrors', statistic: 'Sum', seconds: 300 };
const LATENCY: ReadMetric = { name: 'ModelLatency', statistic: 'Sum', seconds: 60 };
const ANSWERS: ReadMetric = { name: 'ModelLatency', statistic: 'SampleCount', seconds: 60 };

const READ: { readonly [measure in MeasureSettings['metric']]: readonly ReadMetric[] } = {
  serverErrors: [INVOCATIONS, SERVER_ERRORS],
  modelLatency: [LATENCY, ANSWERS],
  predictions: [],
  disagreement: [],
};

type Pair = Pick<TestSettings, 'reference' | 'candidate'>;

/** What SageMaker's metrics say of a window, by the measure that asks for it. */
export async function serviceEvidence(
  { measures = [], ...pair }: Pair & Pick<TestSettings, 'measures'>,
  time: MeasuredTime,
): Promise<{ readonly [measure: string]: MetricEvidence }> {
  const evidence: { [measure: string]: MetricEvidence } = {};
  for (const { metric } of measures) {
    if (READ[metric].length === 0) continue;
    const series = await seriesOf(READ[metric], pair, time);
    evidence[metric] = metric === 'serverErrors' ? { counts: countsOf(series) } : { minutes: minutesOf(series) };
  }
  return evidence;
}

/** Values by their times, of each metric that is read of one variant. */
type Series = readonly (readonly [ReadonlyMap<number, number>, ReadonlyMap<number, number>])[];

function countsOf([reference, candidate]: Series) {
  const counted = ([requests, errors]: Series[number]) => {
    const count = total(requests);
    return { count, found: Math.min(count, total(errors)) };
  };
  return { reference: counted(reference), candidate: counted(candidate) };
}

const total = (values: ReadonlyMap<number, number>) => [...values.values()].reduce((sum, value) => sum + value, 0);

/** Minutes in which both have answered. */
function minutesOf([reference, candidate]: Series) {
  const measured = ([sums, counts]: Series[number], minute: number) => ({
    count: counts.get(minute) ?? 0,
    sum: (sums.get(minute) ?? 0) / MICROSECONDS,
  });
  const minutes = [...reference[1].keys()]
    .filter((minute) => candidate[1].has(minute))
    .sort((one, other) => one - other);
  return minutes.map((minute) => ({
    reference: measured(reference, minute),
    candidate: measured(candidate, minute),
  }));
}

/** In a millisecond, which latency is tested in. */
const MICROSECONDS = 1000;

async function seriesOf(read: readonly ReadMetric[], pair: Pair, time: MeasuredTime): Promise<Series> {
  const variants = [pair.reference, pair.candidate];
  const queries: MetricDataQuery[] = variants.flatMap((variant, side) =>
    read.map((metric, index) =>
      endpointQuery(idOf(side, index), metric, { EndpointName: time.endpointName, VariantName: variant }),
    ),
  );
  const found = await metricValues(queries, { start: new Date(time.start), end: new Date(time.end) });
  const of = (side: number, index: number) => found.get(idOf(side, index)) ?? new Map<number, number>();
  return variants.map((_, side) => [of(side, 0), of(side, 1)]);
}

const idOf = (side: number, index: number) => `m${side}${index}`;
