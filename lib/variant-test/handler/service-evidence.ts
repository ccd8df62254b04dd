import { CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from '@aws-sdk/client-cloudwatch';
import type { MetricEvidence } from '../../analysis';
import { Failure } from '../../runtime/failure';
import type { MeasureSettings, TestSettings } from '../contract';

const cloudWatch = new CloudWatchClient({});

/** Of which endpoint, and when. Times are ISO 8601, UTC. */
export interface MeasuredTime {
  readonly endpointName: string;
  readonly start: string;
  readonly end: string;
}

/** What is read of each variant. */
interface ReadMetric {
  readonly name: string;
  readonly statistic: 'Sum' | 'SampleCount';
  readonly seconds: number;
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

/** @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
async function seriesOf(read: readonly ReadMetric[], pair: Pair, time: MeasuredTime): Promise<Series> {
  const variants = [pair.reference, pair.candidate];
  const queries = variants.flatMap((variant, side) =>
    read.map((metric, index) => queryOf(idOf(side, index), metric, [time.endpointName, variant])),
  );
  const found = await valuesOf(queries, time);
  const of = (side: number, index: number) => found.get(idOf(side, index)) ?? new Map<number, number>();
  return variants.map((_, side) => [of(side, 0), of(side, 1)]);
}

const idOf = (side: number, index: number) => `m${side}${index}`;

function queryOf(
  Id: string,
  { name, statistic, seconds }: ReadMetric,
  [endpoint, variant]: readonly string[],
): MetricDataQuery {
  const Dimensions = [
    { Name: 'EndpointName', Value: endpoint },
    { Name: 'VariantName', Value: variant },
  ];
  const Metric = { Namespace: 'AWS/SageMaker', MetricName: name, Dimensions };
  return { Id, MetricStat: { Metric, Stat: statistic, Period: seconds }, ReturnData: true };
}

async function valuesOf(MetricDataQueries: MetricDataQuery[], { start, end }: MeasuredTime) {
  const found = new Map<string, Map<number, number>>();
  let NextToken: string | undefined;
  do {
    const command = new GetMetricDataCommand({
      MetricDataQueries,
      StartTime: new Date(start),
      EndTime: new Date(end),
      NextToken,
    });
    const { MetricDataResults = [], NextToken: next } = await cloudWatch.send(command);
    for (const { Id = '', StatusCode = '', Timestamps = [], Values = [] } of MetricDataResults) {
      if (REFUSED.includes(StatusCode)) throw notRead(StatusCode);
      const values = found.get(Id) ?? new Map<number, number>();
      for (const [index, timestamp] of Timestamps.entries()) values.set(timestamp.getTime(), Values[index]);
      found.set(Id, values);
    }
    NextToken = next;
  } while (NextToken !== undefined);
  return found;
}

const REFUSED = ['InternalError', 'Forbidden'];

const notRead = (status: string) =>
  new Failure(
    'MetricsNotRead',
    `CloudWatch answered with ${status} when metrics of the endpoint were read, by which a test of its variants measures errors or latency; it is tried again`,
  );
