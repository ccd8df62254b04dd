import { Duration, type Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { IBaselineConsumer } from '../../baseline/baseline';
import { HandlerFunction } from '../../core/handler-function';
import { stackSingleton } from '../../core/stack-singleton';
import { ValidationError } from '../../core/validation-error';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import type { JobBlueprint } from './job-blueprint';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';

interface BaselineParts {
  readonly spec: MonitorSpec;
  readonly role: iam.IRole;
  readonly blueprint: JobBlueprint;
  readonly options: ModelMonitorEngineOptions;
}

/**
 * What a monitor's baseline asks of Model Monitor. This engine takes baselines whose files exist; their constraints may be overridden.
 *
 * @internal
 */
export class MonitorBaselines implements IBaselineConsumer {
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly bucket: IBucket;
  public readonly prefix: string;

  constructor(
    private readonly scope: Construct,
    { spec, role }: BaselineParts,
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
