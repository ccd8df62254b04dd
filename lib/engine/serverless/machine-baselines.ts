import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IBaselineConsumer } from '../../baseline/baseline';
import { baselineHandler } from '../../baseline/baseline-handler';
import type { BaselineSpec, FileRigour } from '../../baseline/contract';
import { type DatasetConfig, datasetFormatOf } from '../../baseline/dataset';
import { bucketLocation } from '../../core/bucket-location';
import { grantGetObjects, grantListPrefixes } from '../../core/s3-grants';
import { type Problem, ValidationError } from '../../core/validation-error';
import type { MonitorKind } from '../../kind/monitor-kind';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import type { ReportsPlace } from '../../outcome/reports-place';
import type { AnalysisMachine } from './analysis-machine';
import { hasContainerRules } from './container-rules';
import type { AnalysisBlueprint } from './kinds/blueprint';
import type { RunSettings } from './monitor-request';

/** What a monitor's baseline is made with. */
export interface BaselineParts {
  readonly machine: AnalysisMachine;
  readonly spec: MonitorSpec;
  readonly blueprint: AnalysisBlueprint;
  readonly settings: RunSettings;
}

/** The container's rules make do with what they are given. */
function rigourOf(settings: RunSettings): FileRigour {
  return hasContainerRules(settings) ? 'Type' : 'Meaning';
}

/**
 * What a monitor's baseline asks of the machine.
 *
 * @internal
 */
export class MachineBaselines implements IBaselineConsumer {
  public readonly monitorKind: MonitorKind;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly reports: ReportsPlace;
  public readonly readPattern: string;
  /** @internal */
  public readonly _rigour: FileRigour;

  constructor(
    private readonly scope: Construct,
    private readonly parts: BaselineParts,
  ) {
    const { machine, spec } = parts;
    this.monitorKind = spec.kind;
    this._rigour = rigourOf(parts.settings);
    this.grantPrincipal = machine.conclude.grantPrincipal;
    this.reports = spec.reports;
    this.readPattern = spec.reports.stackPattern; // the conclusion reads the reports of all monitors of the stack already
  }

  /** @internal */
  public _analysisOf(dataset: DatasetConfig, timeout?: Duration): Pick<BaselineSpec, 'dataset'> {
    if (timeout !== undefined)
      throw new ValidationError('UnsupportedOnServerless', [timeoutProblem(timeout)], this.scope);
    const { machine, settings, blueprint } = this.parts;
    const reading = blueprint.datasetReading(dataset, this._rigour, blueprint.request);
    const { bucket, objectKey } = dataset;
    machine.allowBaselines(baselineHandler(this.scope));
    grantListPrefixes(machine.plan, bucket, objectKey);
    grantGetObjects(machine.profile, bucket, objectKey.endsWith('/') ? `${objectKey}*` : objectKey);
    const location = { ...bucketLocation(this.scope, bucket), key: objectKey };
    const { maximumConcurrency } = settings;
    return { dataset: { location, format: datasetFormatOf(dataset), ...reading, maximumConcurrency } };
  }
}

/** A baseline has the hour that CloudFormation waits for its custom resource. */
function timeoutProblem(timeout: Duration): Problem {
  const advice = 'it has an hour: write less data, or larger objects';
  return { prop: 'timeout', got: timeout.toString(), allowed: 'nothing on serverless()', advice };
}
