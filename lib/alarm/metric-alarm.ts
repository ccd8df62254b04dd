import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { lean } from '../core/lean-resource';
import type { IMonitorAlarm } from './monitor-alarm';

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
@lean
export class MetricAlarm extends cloudwatch.CfnAlarm implements IMonitorAlarm {
  constructor(scope: Construct, id: string, { metric, ...others }: MetricAlarmProps) {
    const { namespace, metricName, period, statistic, dimensions = {} } = metric;
    super(scope, id, {
      ...others,
      namespace,
      metricName,
      dimensions: Object.entries(dimensions).map(([name, value]) => ({ name, value })),
      period: period.toSeconds(),
      statistic,
    });
  }

  public get alarmArn(): string {
    return this.attrArn;
  }

  /** The name that CloudFormation chooses. */
  public get alarmName(): string {
    return this.ref;
  }

  public set alarmName(name: string | undefined) {
    super.alarmName = name;
  }

  public renderAlarmRule(): string {
    return `ALARM("${this.alarmArn}")`;
  }

  public addAlarmAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.alarmActions = this.withArns(this.alarmActions, actions);
  }

  public addOkAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.okActions = this.withArns(this.okActions, actions);
  }

  public addInsufficientDataAction(...actions: cloudwatch.IAlarmAction[]): void {
    this.insufficientDataActions = this.withArns(this.insufficientDataActions, actions);
  }

  private withArns(arns: string[] | undefined, actions: readonly cloudwatch.IAlarmAction[]): string[] | undefined {
    if (actions.length === 0) return arns;
    return [...(arns ?? []), ...actions.map((action) => action.bind(this, this).alarmActionArn)];
  }
}
