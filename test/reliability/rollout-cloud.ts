import type { GetMetricDataInput } from '@aws-sdk/client-cloudwatch';
import { Cloud } from './cloud';
import type { Put } from './deployment-cloud';

/** An endpoint when CloudFormation has updated it, and what its new fleet is asked. */
export interface UpdatedEndpoint {
  readonly status: 'InService' | 'UpdateRollbackFailed';
  readonly configName: string;
  /** requests to the new fleet in each minute, while it bakes and after */
  readonly perMinute: number;
  /** epoch milliseconds at which it began to bake */
  readonly begun: number;
  /** after how many minutes CloudWatch publishes a minute's requests */
  readonly publishedAfter: number;
}

const MINUTE = 60_000;

/** The services that the guard of rollouts asks: an endpoint, its metrics, a topic, and pre-signed URLs; beside the bus. */
export class RolloutCloud extends Cloud {
  public readonly puts: Put[] = [];
  /** `subject: body` of each message */
  public readonly messages: string[] = [];

  constructor(private readonly endpoint: UpdatedEndpoint) {
    super();
  }

  public override answer(command: string, input: Record<string, unknown>): object {
    switch (command) {
      case 'DescribeEndpointCommand':
        return {
          EndpointName: input.EndpointName,
          EndpointStatus: this.endpoint.status,
          EndpointConfigName: this.endpoint.configName,
        };
      case 'GetMetricDataCommand':
        return this.metricData(input as unknown as GetMetricDataInput);
      case 'PublishCommand':
        this.messages.push(`${input.Subject}: ${input.Message}`);
        return { MessageId: `message ${this.messages.length}` };
      case 'PutCommand':
        this.puts.push(input as unknown as Put);
        return { status: 200 };
      default:
        return super.answer(command, input);
    }
  }

  /** Periods whose begin lies in the range, each with what was published of it by now; nothing of one without requests. */
  private metricData({ MetricDataQueries = [], StartTime, EndTime }: GetMetricDataInput): object {
    return {
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }, index) => {
        const period = Number(MetricStat?.Period) * 1000;
        const first = Math.ceil(Math.max(Number(StartTime), this.endpoint.begun - period) / period) * period;
        const starts = index > 0 ? [] : range(first, Math.min(Number(EndTime), Date.now()), period);
        const published = starts
          .map((start) => [start, this.requests(start, start + period)])
          .filter(([, count]) => count > 0);
        return {
          Id,
          StatusCode: 'Complete',
          Timestamps: published.map(([start]) => new Date(start)),
          Values: published.map(([, count]) => count),
        };
      }),
    };
  }

  /** Of whole minutes. */
  private requests(from: number, until: number): number {
    const { begun, perMinute, publishedAfter } = this.endpoint;
    const known = Math.min(until, Date.now() - publishedAfter * MINUTE);
    return perMinute * Math.max(0, Math.floor((known - Math.max(from, begun)) / MINUTE));
  }
}

const range = (first: number, end: number, step: number) =>
  Array.from({ length: Math.max(0, Math.ceil((end - first) / step)) }, (_, index) => first + index * step);
