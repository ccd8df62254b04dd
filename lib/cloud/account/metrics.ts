import type { MetricIdentity } from '../semantics/alarm-state/alarm-state';
import type { SearchedMetrics } from '../semantics/metric-search/expression';
import type { Recorder } from './recorder';

/** One value with its name and time. */
export interface MetricValue extends MetricIdentity {
  readonly time: Date;
  readonly value: number;
}

/** Every value that was published. */
export class Metrics implements SearchedMetrics {
  private readonly series = new Map<string, { time: number; value: number }[]>();
  private readonly identities = new Map<string, MetricIdentity>();

  public constructor(private readonly recorder: Recorder) {}

  /** Takes the values of one call. */
  public put(metrics: readonly MetricValue[]): void {
    for (const metric of metrics) {
      const key = seriesKey(metric);
      const values = this.series.get(key) ?? [];
      values.push({ time: metric.time.getTime(), value: metric.value });
      this.series.set(key, values);
      this.identities.set(key, metric);
      const { namespace, metricName: name, dimensions, value } = metric;
      this.recorder.metrics.push({ time: metric.time.toISOString(), namespace, name, dimensions, value });
    }
    const shown = metrics.map(({ metricName, value }) => `${metricName} = ${value}`).join(', ');
    const of = new Set(metrics.flatMap(({ dimensions }) => Object.values(dimensions)));
    this.recorder.happened('metric', shown, [...of].join(', '));
  }

  public all(): MetricIdentity[] {
    return [...this.identities.values()];
  }

  public values(metric: MetricIdentity, periodStart: Date, periodEnd: Date): number[] {
    return (this.series.get(seriesKey(metric)) ?? [])
      .filter(({ time }) => time >= periodStart.getTime() && time < periodEnd.getTime())
      .map(({ value }) => value);
  }
}

function seriesKey({ namespace, metricName, dimensions }: MetricIdentity): string {
  return JSON.stringify([namespace, metricName, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);
}
