import type { MetricIdentity, MetricStore } from './alarm-state';
import { type Expression, parseExpression } from './metric-math';

/** Alarm properties that this evaluator does not know or that the service would refuse. */
export class AlarmStateError extends Error {
  public override readonly name = 'AlarmStateError';
}

/** The statistic of one period; undefined when the period has no data. */
export type Datapoint = number | undefined;

/** What an alarm watches, over one period. */
export type Measurement = (store: MetricStore, start: Date, end: Date) => Datapoint;

type AlarmProperties = Readonly<Record<string, unknown>>;

const STATISTICS: Readonly<Record<string, (values: number[]) => number>> = {
  Average: (values) => sum(values) / values.length,
  Sum: sum,
  Minimum: (values) => values.reduce((a, b) => Math.min(a, b)),
  Maximum: (values) => values.reduce((a, b) => Math.max(a, b)),
  SampleCount: (values) => values.length,
};

/** Reads the metric of an alarm, or its metric math: of that, the one item that returns data. */
export function measurementOf(props: AlarmProperties): Measurement {
  if (props.Metrics === undefined) return measured(metricOf(props), statisticOf(props));
  const items = Array.isArray(props.Metrics) ? (props.Metrics as AlarmProperties[]) : [];
  const returned = items.filter(({ ReturnData: returns }) => String(returns ?? true) === 'true');
  if (returned.length !== 1) throw alarmError('WrongValue', `${returned.length} of Metrics return data, not one`);
  return itemOf(returned[0], items);
}

/** A period in which one of the metrics of an expression has no value has none of the expression. */
function itemOf(item: AlarmProperties, items: readonly AlarmProperties[]): Measurement {
  if (item.Expression === undefined) return statOf(item.MetricStat as AlarmProperties);
  const expression = parsed(String(item.Expression));
  const used = items.filter(({ Id: id }) => expression.names.includes(String(id)));
  if (used.length < expression.names.length) throw alarmError('WrongValue', `${item.Expression} names no metric`);
  const parts = used.map((one) => [String(one.Id), itemOf(one, items)] as const);
  return (store, start, end) => {
    const values = parts.map(([id, measure]) => [id, measure(store, start, end)] as const);
    if (values.some(([, value]) => value === undefined)) return undefined;
    return expression.evaluate(Object.fromEntries(values) as Record<string, number>);
  };
}

function parsed(text: string): Expression {
  try {
    return parseExpression(text);
  } catch (error) {
    throw alarmError('NotSupported', (error as Error).message);
  }
}

function statOf({ Metric: metric, Stat: statistic }: AlarmProperties): Measurement {
  return measured(metricOf(metric as AlarmProperties), statisticNamed(String(statistic)));
}

/** A statistic by the name that it has wherever one name stands for all of them. */
export function statisticNamed(name: string): (values: number[]) => number {
  return statisticOf(Object.hasOwn(STATISTICS, name) ? { Statistic: name } : { ExtendedStatistic: name });
}

function measured(metric: MetricIdentity, statistic: (values: number[]) => number): Measurement {
  return (store, start, end) => {
    const values = store.values(metric, start, end);
    return values.length === 0 ? undefined : statistic(values);
  };
}

function metricOf(props: AlarmProperties): MetricIdentity {
  const { Namespace: namespace, MetricName: metricName } = props;
  if (typeof namespace !== 'string' || typeof metricName !== 'string') {
    throw alarmError('MissingProperty', 'Namespace and MetricName have to be strings');
  }
  return { namespace, metricName, dimensions: dimensionsOf(props.Dimensions ?? []) };
}

function dimensionsOf(list: unknown): Record<string, string> {
  if (!Array.isArray(list)) {
    throw alarmError('WrongValue', `Dimensions is a list of {Name, Value}, not ${JSON.stringify(list)}`);
  }
  return Object.fromEntries(
    list.map((item) => {
      if (typeof item?.Name !== 'string' || typeof item?.Value !== 'string') {
        throw alarmError('WrongValue', `a dimension is {Name, Value} with strings, not ${JSON.stringify(item)}`);
      }
      return [item.Name, item.Value];
    }),
  );
}

function statisticOf(props: AlarmProperties): (values: number[]) => number {
  if ((props.Statistic === undefined) === (props.ExtendedStatistic === undefined)) {
    throw alarmError('WrongValue', 'exactly one of Statistic and ExtendedStatistic has to be given');
  }
  if (props.Statistic !== undefined) {
    return choice(STATISTICS, props, 'Statistic');
  }
  const percent = /^p(\d{1,2}(?:\.\d{1,10})?|100)$/.exec(String(props.ExtendedStatistic))?.[1];
  if (percent === undefined) {
    throw alarmError(
      'NotSupported',
      `ExtendedStatistic ${JSON.stringify(props.ExtendedStatistic)}: only percentiles (p0 to p100)`,
    );
  }
  return (values) => percentile(values, Number(percent));
}

/** Nearest-rank percentile: the smallest value with at least `percent` of the values at or below it. */
function percentile(values: number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.ceil((percent / 100) * sorted.length);
  return sorted[Math.max(rank, 1) - 1];
}

function sum(values: number[]): number {
  return values.reduce((a, b) => a + b, 0);
}

/** What a property chooses of a table. */
export function choice<T>(table: Readonly<Record<string, T>>, props: AlarmProperties, key: string): T {
  const name = props[key];
  if (typeof name !== 'string' || !Object.hasOwn(table, name)) {
    throw alarmError('NotSupported', `${key} ${JSON.stringify(name)} is not one of ${Object.keys(table).join(', ')}`);
  }
  return table[name];
}

/** What is wrong with an alarm. */
export function alarmError(code: string, what: string): AlarmStateError {
  return new AlarmStateError(`${code}: alarm: ${what}`);
}
