import { Annotations, type CfnTag, Duration, type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type { Construct } from 'constructs';
import type { IBaselineConsumer } from '../../baseline/baseline';
import { HandlerFunction } from '../../core/handler-function';
import { stackSingleton } from '../../core/stack-singleton';
import { ValidationError } from '../../core/validation-error';
import type { DataQualitySpec, EngineBinding, IMonitoringEngine, MonitorSpec } from '../../monitor/monitoring-engine';
import type { MonitoringFrequency } from '../../monitor/monitoring-frequency';
import { Reconciler } from '../reconciler/reconciler';
import { executionRole } from './execution-role';
import { jobDefinition, validateJob } from './job-definition';
import { tagsOf } from './job-tags';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';
import { monitoringScheduleName } from './schedule-name';

/** Minutes after the full hour at which a run counts as missed: it starts up to 20 minutes late, and leaves its trace then. */
const GRACE_MINUTES = 110;

/**
 * SageMaker Model Monitor.
 *
 * @internal
 */
export class ModelMonitorEngine implements IMonitoringEngine {
  constructor(private readonly options: ModelMonitorEngineOptions) {}

  public bindDataQuality(scope: Construct, spec: DataQualitySpec): EngineBinding {
    sayThatItIsClosed(scope);
    this.rejectFeatureMetrics(scope, spec);
    validateJob(scope, spec, this.options);
    const role = executionRole(scope, spec);
    const baseline = spec.baseline.bind(scope, new GivenBaselines(scope, role, spec));
    const definition = jobDefinition(scope, spec, { options: this.options, role, baseline });
    const scheduleName = monitoringScheduleName(scope);
    schedule(scope, spec, { definition, scheduleName, tags: tagsOf(this.options) });
    const reconciler = Reconciler.of(scope);
    reconciler.allowConcluding(spec);
    return reconciler.expect(spec, {
      kind: 'DataQuality',
      engine: 'model-monitor',
      graceMinutes: GRACE_MINUTES,
      monitoringScheduleName: scheduleName,
    });
  }

  private rejectFeatureMetrics(scope: Construct, spec: DataQualitySpec): void {
    if (spec.featureMetrics.length === 0) return;
    const advice = 'Model Monitor publishes feature_baseline_drift_{feature} itself: leave featureMetrics out';
    const problem = { prop: 'featureMetrics', got: spec.featureMetrics, allowed: 'none on this engine', advice };
    throw new ValidationError('UnsupportedFeatureMetrics', [problem], scope);
  }
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-availability-change.html */
function sayThatItIsClosed(scope: Construct): void {
  Annotations.of(scope).addInfoV2(
    'cdk-sagemaker-monitoring:modelMonitorClosed',
    'SageMaker Model Monitor is closed to new customers: only accounts that used it before can deploy this monitor. ' +
      'MonitoringEngine.serverless() delivers the same outcome in every account.',
  );
}

/** This engine takes baselines whose files exist; their constraints may be overridden. */
class GivenBaselines implements IBaselineConsumer {
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly bucket: IBucket;
  public readonly prefix: string;

  constructor(
    private readonly scope: Construct,
    role: iam.IRole,
    spec: MonitorSpec,
  ) {
    this.grantPrincipal = role.grantPrincipal;
    this.bucket = spec.reportsBucket;
    this.prefix = `${spec.reportsPrefix}/${spec.monitorId}`;
  }

  public baselineHandler(): lambda.IFunction {
    return stackSingleton(this.scope, 'BaselineOverrides', overridesHandler);
  }

  public admitDataset(): void {
    const allowed = 'Baseline.fromFiles(...) on this engine';
    const advice = 'MonitoringEngine.serverless() computes a baseline that Model Monitor reads, too';
    throw new ValidationError(
      'UnsupportedBaseline',
      [{ prop: 'baseline', got: 'Baseline.fromDataset(...)', allowed, advice }],
      this.scope,
    );
  }
}

function overridesHandler(stack: Stack, id: string): HandlerFunction {
  return new HandlerFunction(stack, id, {
    handler: 'baseline',
    description: 'Overrides constraints of model monitors at deployment',
    timeout: Duration.minutes(1),
    memorySize: 512,
  });
}

interface ScheduleParts {
  readonly definition: sagemaker.CfnDataQualityJobDefinition;
  readonly scheduleName: string;
  readonly tags?: CfnTag[];
}

/** SageMaker checks at once that the endpoint exists and captures data, hence the dependency. */
function schedule(scope: Construct, spec: DataQualitySpec, { definition, scheduleName, tags }: ScheduleParts): void {
  const resource = new sagemaker.CfnMonitoringSchedule(scope, 'Schedule', {
    monitoringScheduleName: scheduleName,
    monitoringScheduleConfig: {
      monitoringType: 'DataQuality',
      monitoringJobDefinitionName: definition.getAtt('JobDefinitionName').toString(),
      scheduleConfig: { scheduleExpression: cronExpression(spec.frequency) },
    },
    tags,
  });
  resource.node.addDependency(spec.endpoint);
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-schedule-expression.html */
function cronExpression(frequency: MonitoringFrequency): string {
  const { intervalHours, startHour } = frequency;
  if (intervalHours === 1) return 'cron(0 * ? * * *)';
  if (intervalHours === 24) return `cron(0 ${startHour} ? * * *)`;
  return `cron(0 ${startHour}/${intervalHours} ? * * *)`;
}
