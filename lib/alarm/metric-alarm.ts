import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** What is said of a `MetricAlarm`. */
export interface MetricAlarmProps {
  /** A single metric, no expression. */
  readonly metric: cloudwatch.Metric;
  readonly alarmDescription: string;
  readonly comparisonOperator: cloudwatch.ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly treatMissingData: cloudwatch.TreatMissingData;
}

/**
 * An alarm on one metric.
 *
 * As the CDK's own `Alarm`, which takes expressions, too: an app with hundreds of those synthesizes noticeably slower.
 *
 * @internal
 */
export class MetricAlarm extends cloudwatch.AlarmBase {
  private readonly resource: cloudwatch.CfnAlarm;

  constructor(scope: Construct, id: string, props: MetricAlarmProps) {
    super(scope, id);
    const { metric, ...others } = props;
    const { namespace, metricName, period, dimensions = {} } = metric;
    this.resource = new cloudwatch.CfnAlarm(this, 'Resource', {
      ...others,
      namespace,
      metricName,
      dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      period: period.toSeconds(),
      statistic: metric.statistic,
    });
  }

  public get alarmArn(): string {
    return this.resource.attrArn;
  }

  public get alarmName(): string {
    return this.resource.ref;
  }

  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    super.addAlarmAction(...actions);
    this.resource.alarmActions = this.alarmActionArns;
  }

  public addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    super.addOkAction(...actions);
    this.resource.okActions = this.okActionArns;
  }

  public addInsufficientDataAction(...actions: cloudwatch.IAlarmAction[]): void {
    super.addInsufficientDataAction(...actions);
    this.resource.insufficientDataActions = this.insufficientDataActionArns;
  }
}
