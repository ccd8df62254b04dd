import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { ALARM_ACTIONS, ENDPOINT } from '../core/cdk-shapes';
import { runbookOf } from '../core/documentation';
import { MonitoringAlarm } from '../core/monitoring-alarm';
import { optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { type Problem, ValidationError } from '../core/validation-error';
import { diskUtilization } from './disk-utilization';
import { Endpoint } from './endpoint';
import { endpointNameOf } from './endpoint-name';

/** Props of `CaptureDiskAlarm`. */
export interface CaptureDiskAlarmProps {
  /** The endpoint that captures. */
  readonly endpoint: sagemaker.IEndpointRef;

  /**
   * The endpoint's name in its own case.
   *
   * @default - the name of the `endpoint`; required when it holds only its ARN
   */
  readonly endpointName?: string;

  /**
   * The variant whose instances are watched.
   *
   * @default - the only variant of an `Endpoint` that has one; required otherwise
   */
  readonly variantName?: string;

  /**
   * What happens when the alarm fires.
   *
   * @default - nothing; add actions to the alarm later
   */
  readonly alarmActions?: cloudwatch.IAlarmAction[];
}

/** The service asks for less than 75 percent; five below it leave time to act. */
const THRESHOLD_PERCENT = 70;

const PROPS: Shapes<CaptureDiskAlarmProps> = {
  endpoint: ENDPOINT,
  endpointName: optional(TEXT),
  variantName: optional(TEXT),
  alarmActions: optional(ALARM_ACTIONS),
};

/**
 * Fires when the disk of a variant's instances is so full that data capture is about to stop, which it does without a word.
 *
 * One alarm watches one variant: at 70 percent or more in two periods of 5 minutes. Missing values never fire it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor.html
 *
 * @example
 * declare const endpoint: Endpoint;
 * new CaptureDiskAlarm(this, 'CaptureDisk', { endpoint });
 */
export class CaptureDiskAlarm extends Construct {
  /** The alarm itself. */
  public readonly alarm: cloudwatch.Alarm;

  constructor(scope: Construct, id: string, props: CaptureDiskAlarmProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    this.alarm = new MonitoringAlarm(this, 'Alarm', {
      metric: this.metricOf(props),
      alarmDescription: `The disk of an endpoint is nearly full, and data capture is about to stop. Runbook: ${runbookOf(this, 'CaptureDisk')}`,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      threshold: THRESHOLD_PERCENT,
      evaluationPeriods: 2,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
    this.alarm.addAlarmAction(...(props.alarmActions ?? []));
  }

  private metricOf(props: CaptureDiskAlarmProps): cloudwatch.Metric {
    const { endpoint, variantName, endpointName = endpointNameOf(endpoint) } = props;
    if (endpoint instanceof Endpoint) return endpoint.metricDiskUtilization(variantName);
    if (endpointName !== undefined && variantName !== undefined) return diskUtilization(endpointName, variantName);
    const problems: Problem[] = Object.entries({ endpointName, variantName })
      .filter(([, value]) => value === undefined)
      .map(([prop, got]) => ({ prop, got, allowed: 'a name', advice: "it cannot be read from 'endpoint'" }));
    throw new ValidationError('InvalidCaptureDiskAlarm', problems, this);
  }
}
