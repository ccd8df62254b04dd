import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { DURATION } from '../core/cdk-shapes';
import { runbookOf } from '../core/documentation';
import { MonitoringAlarm } from '../core/monitoring-alarm';
import { instance, NUMBER, oneOf, requireProps, struct } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { EndpointOperations } from './endpoint-operations';
import {
  type AlarmPeriods,
  ANOMALY,
  type AnomalyAlarmOptions,
  ERRORS,
  type ErrorAlarmOptions,
  LATENCY,
  type LatencyAlarmOptions,
  PERIODS,
  UTILIZATION,
  UTILIZATIONS,
  type UtilizationAlarmOptions,
} from './operations-alarm-options';
import { percentage, periodProblems, positive, wholeFrom } from './operations-alarm-problems';
import { OperationsMetric } from './operations-metric';

/**
 * An alarm on how an endpoint does its work.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html
 *
 * @example
 * OperationsAlarm.modelLatency(Duration.millis(200), { statistic: 'p90' });
 */
export abstract class OperationsAlarm {
  /**
   * The three that an endpoint has where nothing else is said: answers take longer than half of the time that SageMaker waits for them, one request in a
   * hundred ends with an error of the server, memory is full to 90 percent.
   *
   * @param operations of what is watched: SageMaker waits 60 seconds, and an hour for asynchronous requests
   */
  public static defaults(operations: EndpointOperations): OperationsAlarm[] {
    requireProps({ operations }, { operations: instance(EndpointOperations) });
    return [
      OperationsAlarm.modelLatency(Duration.seconds(operations._timeout.toSeconds() / 2)),
      OperationsAlarm.serverErrors(),
      OperationsAlarm.utilization(OperationsMetric.MEMORY_UTILIZATION, 90),
    ];
  }

  /**
   * Fires when containers take longer to answer.
   *
   * @param threshold a millisecond or more
   * @param options which percentile, and when
   */
  public static modelLatency(threshold: Duration, options: LatencyAlarmOptions = {}): OperationsAlarm {
    requireProps({ threshold, options }, { threshold: DURATION, options: struct(LATENCY) });
    throwIfAny('InvalidOperationsAlarm', [
      ...periodProblems(options),
      ...wholeFrom('threshold', threshold.toMilliseconds(), 1),
    ]);
    const { statistic = 'p99' } = options;
    return new MetricAlarm({
      id: `ModelLatency${statistic.toUpperCase().replace('.', '-')}`,
      says: (scope) => `Answers of a model take longer than they should. Runbook: ${runbookOf(scope, 'Latency')}`,
      metric: (operations, period) => operations._metric(OperationsMetric.MODEL_LATENCY, { statistic, period }),
      threshold: threshold.toMilliseconds() * MICROSECONDS_PER_MILLISECOND,
      options,
    });
  }

  /**
   * Fires when more than a share of the requests ends with an HTTP status of 500 to 599.
   *
   * @param options which share, of how many requests, and when
   */
  public static serverErrors(options: ErrorAlarmOptions = {}): OperationsAlarm {
    return errorAlarm(options, {
      id: 'ServerErrors',
      metric: OperationsMetric.SERVER_ERRORS,
      percent: 1,
      says: (scope) =>
        `An endpoint ends requests with errors of the server. Runbook: ${runbookOf(scope, 'ServerErrors')}`,
    });
  }

  /**
   * Fires when more than a share of the requests ends with an HTTP status of 400 to 499: clients send something else than before, or are throttled.
   *
   * @param options which share, of how many requests, and when
   */
  public static clientErrors(options: ErrorAlarmOptions = {}): OperationsAlarm {
    return errorAlarm(options, {
      id: 'ClientErrors',
      metric: OperationsMetric.CLIENT_ERRORS,
      percent: 20,
      says: (scope) => `An endpoint refuses requests of clients. Runbook: ${runbookOf(scope, 'ClientErrors')}`,
    });
  }

  /**
   * Fires when the container answers more than a share of the requests with something else than success.
   *
   * @param options which share, of how many requests, and when
   */
  public static modelErrors(options: ErrorAlarmOptions = {}): OperationsAlarm {
    return errorAlarm(options, {
      id: 'ModelErrors',
      metric: OperationsMetric.MODEL_ERRORS,
      percent: 1,
      says: (scope) => `A model fails to answer requests. Runbook: ${runbookOf(scope, 'ModelErrors')}`,
    });
  }

  /**
   * Fires when processors, memory, or a disk are used up.
   *
   * @param metric one of the utilizations
   * @param percent of what there is, above 0 to 100
   * @param options how many vCPUs or GPUs there are, and when
   */
  public static utilization(
    metric: OperationsMetric,
    percent: number,
    options: UtilizationAlarmOptions = {},
  ): OperationsAlarm {
    requireProps(
      { metric, percent, options },
      { metric: oneOf(UTILIZATIONS), percent: NUMBER, options: struct(UTILIZATION) },
    );
    const { unitCount = 1 } = options;
    throwIfAny('InvalidOperationsAlarm', [
      ...periodProblems(options),
      ...percentage('percent', percent),
      ...wholeFrom('unitCount', unitCount, 1),
    ]);
    return new MetricAlarm({
      id: metric,
      says: (scope) => `What answers for an endpoint is used up. Runbook: ${runbookOf(scope, 'Saturation')}`,
      metric: (operations, period) => operations._metric(metric, { statistic: cloudwatch.Stats.MAXIMUM, period }),
      threshold: percent * unitCount,
      options,
    });
  }

  /**
   * Fires when an asynchronous request has waited longer.
   *
   * @param oldest a second or more
   * @param options when
   */
  public static backlog(oldest: Duration, options: AlarmPeriods = {}): OperationsAlarm {
    requireProps({ oldest, options }, { oldest: DURATION, options: struct(PERIODS) });
    throwIfAny('InvalidOperationsAlarm', [
      ...periodProblems(options),
      ...wholeFrom('oldest', oldest.toMilliseconds(), 1000),
    ]);
    return new MetricAlarm({
      id: 'Backlog',
      says: (scope) => `Asynchronous requests wait too long. Runbook: ${runbookOf(scope, 'Backlog')}`,
      metric: (operations, period) => operations._metric(OperationsMetric.OLDEST_REQUEST_AGE, { period }),
      threshold: oldest.toMilliseconds() / 1000,
      options,
    });
  }

  /**
   * Fires when an hour goes by without a request, after a day that had some; a new endpoint is not told. Two alarms, and a composite one over both.
   */
  public static noTraffic(): OperationsAlarm {
    return new NoTrafficAlarm();
  }

  /**
   * Fires when there are more requests, or fewer, than CloudWatch has learned to expect of the hour and the weekday.
   *
   * @param options how unusual, and when
   */
  public static trafficAnomaly(options: AnomalyAlarmOptions = {}): OperationsAlarm {
    return anomalyAlarm(options, {
      id: 'TrafficAnomaly',
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_LOWER_OR_GREATER_THAN_UPPER_THRESHOLD,
      metric: (operations, period) => operations._metric(OperationsMetric.INVOCATIONS, { period }),
    });
  }

  /**
   * Fires when the 90th percentile of latency is higher than CloudWatch has learned to expect of the hour and the weekday.
   *
   * @param options how unusual, and when
   */
  public static latencyAnomaly(options: AnomalyAlarmOptions = {}): OperationsAlarm {
    return anomalyAlarm(options, {
      id: 'LatencyAnomaly',
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_UPPER_THRESHOLD,
      metric: (operations, period) => operations._metric(OperationsMetric.MODEL_LATENCY, { statistic: 'p90', period }),
    });
  }

  /**
   * The construct id, by which an endpoint has each alarm once.
   *
   * @internal
   */
  public abstract readonly _id: string;

  /**
   * Why the alarm cannot watch what has just begun; absent where it can.
   *
   * @internal
   */
  public abstract readonly _needsPast?: string;

  /**
   * After how long it fires at the soonest.
   *
   * @internal
   */
  public abstract readonly _soonest: Duration;

  /**
   * Makes the alarm; its actions are those of what is returned.
   *
   * @internal
   */
  public abstract _make(scope: Construct, operations: EndpointOperations): cloudwatch.AlarmBase;
}

const MICROSECONDS_PER_MILLISECOND = 1000;
const DEFAULT_PERIOD = Duration.minutes(5);
const DEFAULT_PERIODS = 3;

type Saying = (scope: Construct) => string;

/** An alarm whose value and threshold are known. */
interface MetricAlarmProps {
  readonly id: string;
  readonly says: Saying;
  readonly metric: (operations: EndpointOperations, period: Duration) => cloudwatch.IMetric;
  readonly threshold: number;
  readonly options: AlarmPeriods;
  /** above the threshold, if absent */
  readonly comparisonOperator?: cloudwatch.ComparisonOperator;
  readonly needsPast?: string;
}

/** No value is no fault: what is not asked is neither slow nor broken. */
class MetricAlarm extends OperationsAlarm {
  public readonly _id: string;

  constructor(private readonly props: MetricAlarmProps) {
    super();
    this._id = props.id;
  }

  public get _needsPast(): string | undefined {
    return this.props.needsPast;
  }

  public get _soonest(): Duration {
    const { period = DEFAULT_PERIOD, evaluationPeriods = DEFAULT_PERIODS, datapointsToAlarm } = this.props.options;
    return Duration.seconds(period.toSeconds() * (datapointsToAlarm ?? evaluationPeriods));
  }

  public _make(scope: Construct, operations: EndpointOperations): cloudwatch.AlarmBase {
    const { says, metric, threshold, options, comparisonOperator } = this.props;
    const { period = DEFAULT_PERIOD, evaluationPeriods = DEFAULT_PERIODS, datapointsToAlarm } = options;
    return new MonitoringAlarm(scope, this._id, {
      metric: metric(operations, period),
      alarmDescription: says(scope),
      comparisonOperator: comparisonOperator ?? cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      threshold,
      evaluationPeriods,
      datapointsToAlarm,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }
}

/** A kind of errors, and the share of them that is too much. */
interface Errors {
  readonly id: string;
  readonly metric: OperationsMetric;
  readonly percent: number;
  readonly says: Saying;
}

/** Values of a metric that counts one for each request which fails and zero for each other; their average is the share. */
function errorAlarm(options: ErrorAlarmOptions, { id, metric, says, ...defaults }: Errors): OperationsAlarm {
  requireProps({ options }, { options: struct(ERRORS) });
  const { percent = defaults.percent, leastRequests = 20 } = options;
  throwIfAny('InvalidOperationsAlarm', [
    ...periodProblems(options),
    ...percentage('percent', percent),
    ...wholeFrom('leastRequests', leastRequests, 1),
  ]);
  const share = (operations: EndpointOperations, period: Duration) =>
    new cloudwatch.MathExpression({
      expression: `IF(requests >= ${leastRequests}, 100 * share, 0)`,
      usingMetrics: {
        requests: operations._metric(OperationsMetric.INVOCATIONS, { period }),
        share: operations._metric(metric, { period }),
      },
      label: `${metric} (percent)`,
      period,
    });
  return new MetricAlarm({ id, says, metric: share, threshold: percent, options });
}

/** What may be unusual, and in which direction. */
type Unusual = Required<Pick<MetricAlarmProps, 'id' | 'comparisonOperator'>> & {
  readonly metric: (operations: EndpointOperations, period: Duration) => cloudwatch.Metric;
};

function anomalyAlarm(options: AnomalyAlarmOptions, { id, metric, comparisonOperator }: Unusual): OperationsAlarm {
  requireProps({ options }, { options: struct(ANOMALY) });
  const { standardDeviations = 3 } = options;
  throwIfAny('InvalidOperationsAlarm', [
    ...periodProblems(options),
    ...positive('standardDeviations', standardDeviations),
  ]);
  return new MetricAlarm({
    id,
    says: (scope) => `An endpoint is used, or answers, otherwise than usual. Runbook: ${runbookOf(scope, 'Anomaly')}`,
    metric: (operations, period) =>
      new cloudwatch.MathExpression({
        expression: `ANOMALY_DETECTION_BAND(usual, ${standardDeviations})`,
        usingMetrics: { usual: metric(operations, period) },
        label: 'what is usual',
        period,
      }),
    threshold: cloudwatch.Alarm.ANOMALY_DETECTION_NO_THRESHOLD,
    options,
    comparisonOperator,
    needsPast: 'CloudWatch has learned nothing yet of what has just begun',
  });
}

/** What the two alarms of an endpoint without traffic differ in. */
type CountAlarmProps = Pick<
  cloudwatch.AlarmProps,
  'comparisonOperator' | 'treatMissingData' | 'evaluationPeriods' | 'datapointsToAlarm'
>;

/**
 * One alarm cannot say both: where there are no requests there is no value, and whether there were some depends on when. Neither has one long period:
 * where values are missing, CloudWatch looks at some periods more.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
class NoTrafficAlarm extends OperationsAlarm {
  public readonly _id = 'NoTraffic';
  public readonly _needsPast = 'it compares an hour with the day before';
  public readonly _soonest = Duration.hours(1);

  public _make(scope: Construct, operations: EndpointOperations): cloudwatch.AlarmBase {
    const alarmDescription = `An endpoint that was used has no requests. Runbook: ${runbookOf(scope, 'NoTraffic')}`;
    const counted = (id: string, period: Duration, props: CountAlarmProps) => {
      const metric = operations._metric(OperationsMetric.INVOCATIONS, { period });
      return new MonitoringAlarm(scope, id, { ...props, metric, alarmDescription, threshold: 1 });
    };
    const silent = counted('Silent', Duration.minutes(5), {
      comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
      evaluationPeriods: 12,
      treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    });
    const used = counted('Used', Duration.hours(1), {
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: 24,
      datapointsToAlarm: 1,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    const alarmRule = cloudwatch.AlarmRule.allOf(silent, used);
    return new cloudwatch.CompositeAlarm(scope, this._id, { alarmDescription, alarmRule });
  }
}
