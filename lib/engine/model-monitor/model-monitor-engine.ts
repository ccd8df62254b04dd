import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { throwIfAny, ValidationError } from '../../core/validation-error';
import { monitoringProblems } from '../../endpoint/monitoring-problems';
import type {
  DataQualitySpec,
  EngineBinding,
  IMonitoringEngine,
  ModelBiasSpec,
  ModelExplainabilitySpec,
  ModelQualitySpec,
  MonitorSpec,
} from '../../monitor/monitoring-engine';
import { Reconciler } from '../reconciler/reconciler';
import { dataQualityBlueprint } from './data-quality-job';
import { executionRole } from './execution-role';
import type { JobBlueprint } from './job-blueprint';
import { clusterProblems, jobResources, runtimeProblems, stoppingCondition } from './job-cluster';
import { networkConfig, networkProblems } from './job-network';
import { jobOutput } from './job-output';
import { tagProblems, tagsOf } from './job-tags';
import type { ModelMonitorEngineOptions } from './model-monitor-engine-options';
import { modelQualityBlueprint } from './model-quality-job';
import { MonitorBaselines } from './monitor-baselines';
import { monitoringSchedule } from './monitoring-schedule';

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
    return this.bind(scope, spec, dataQualityBlueprint(scope, spec, this.options));
  }

  public bindModelQuality(scope: Construct, spec: ModelQualitySpec): EngineBinding {
    return this.bind(scope, spec, modelQualityBlueprint(scope, spec, this.options));
  }

  public bindModelBias(scope: Construct, _spec: ModelBiasSpec): EngineBinding {
    return unsupported(scope, 'ModelBiasMonitor');
  }

  public bindModelExplainability(scope: Construct, _spec: ModelExplainabilitySpec): EngineBinding {
    return unsupported(scope, 'ModelExplainabilityMonitor');
  }

  /** The same for every kind: role, baseline, job definition, schedule, and the reconciler that concludes its executions. */
  private bind(scope: Construct, spec: MonitorSpec, blueprint: JobBlueprint): EngineBinding {
    sayThatItIsClosed(scope);
    this.validate(scope, spec, blueprint);
    const { options } = this;
    const role = executionRole(scope, spec, options);
    const baseline = spec.baseline.bind(scope, new MonitorBaselines(scope, { spec, role, blueprint, options }));
    const definition = blueprint.define({
      common: {
        roleArn: role.roleArn,
        jobResources: jobResources(options, role),
        networkConfig: networkConfig(scope, options, role),
        stoppingCondition: stoppingCondition(this.runtimeOf(spec, blueprint)),
        tags: tagsOf(options),
      },
      role,
      baseline,
      output: jobOutput(spec),
    });
    const { kind } = blueprint;
    const nameFrom = options.jobDefinitionNameFrom;
    const schedule = monitoringSchedule(scope, spec, { definition, kind, nameFrom, tags: tagsOf(options) });
    const { monitoringScheduleName } = schedule;
    const reconciler = Reconciler.of(scope);
    reconciler.allowConcluding(spec);
    const engine = { engine: 'model-monitor', graceMinutes: GRACE_MINUTES } as const;
    return { ...reconciler.expect(spec, { kind, monitoringScheduleName, ...engine }), ...schedule };
  }

  private validate(scope: Construct, spec: MonitorSpec, blueprint: JobBlueprint): void {
    const { endpointInput } = spec;
    const problems = [
      ...(endpointInput ? monitoringProblems(endpointInput.endpoint) : []),
      ...clusterProblems(this.options),
      ...runtimeProblems(this.runtimeOf(spec, blueprint)),
      ...networkProblems(this.options),
      ...blueprint.problems,
      ...tagProblems(this.options),
    ];
    throwIfAny('InvalidModelMonitorEngine', problems, scope);
  }

  private runtimeOf({ frequency }: MonitorSpec, { containerProp, container }: JobBlueprint) {
    return { kind: containerProp, options: this.options, container, frequency };
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

function unsupported(scope: Construct, got: string): never {
  throw new ValidationError('UnsupportedMonitorKind', [{ prop: 'engine', got, allowed: 'data quality' }], scope);
}
