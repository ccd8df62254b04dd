import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IBaselineConsumer } from '../../baseline/baseline';
import { baselineHandler } from '../../baseline/baseline-handler';
import type { BaselineSpec, FileRigour } from '../../baseline/contract';
import { besides, type DatasetConfig, datasetFormatOf, TextValues } from '../../baseline/dataset';
import { bucketLocation } from '../../core/bucket-location';
import { grantGetObjects, grantListPrefixes } from '../../core/s3-grants';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import type { MonitorKind } from '../../kind/monitor-kind';
import type { MonitorSpec } from '../../monitor/monitoring-engine';
import type { ReportsPlace } from '../../outcome/reports-place';
import type { AnalysisMachine } from './analysis-machine';
import type { RunSettings } from './monitor-request';

/** What a monitor's baseline is made with. */
export interface BaselineParts {
  readonly machine: AnalysisMachine;
  readonly spec: MonitorSpec;
  readonly settings: RunSettings;
}

/** The container's rules make do with what they are given. */
function rigourOf({ checks, drift }: RunSettings): FileRigour {
  return checks === 'ModelMonitor' || drift.method === 'ModelMonitor' ? 'Type' : 'Meaning';
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
    throwIfAny('UnsupportedDataset', typeProblems(dataset, this._rigour), this.scope);
    const { machine, settings } = this.parts;
    const { bucket, objectKey, columnTypes, textValues } = dataset;
    machine.allowBaselines(baselineHandler(this.scope));
    grantListPrefixes(machine.plan, bucket, objectKey);
    grantGetObjects(machine.profile, bucket, objectKey.endsWith('/') ? `${objectKey}*` : objectKey);
    const location = { ...bucketLocation(this.scope, bucket), key: objectKey };
    const { maximumConcurrency } = settings;
    const keepsRowOrder = this._rigour === 'Type' || undefined;
    const keepsTextValues = textValues === TextValues.IN_CLEAR || undefined;
    const format = datasetFormatOf(dataset);
    return { dataset: { location, format, columnTypes, keepsTextValues, maximumConcurrency, keepsRowOrder } };
  }
}

/** The container's rules compare the type that values look like with that of the baseline, and look at no text of many values. */
function typeProblems({ columnTypes, textValues }: DatasetConfig, rigour: FileRigour): Problem[] {
  if (rigour !== 'Type') return [];
  const allowed = 'nothing with the rules of Model Monitor';
  const asked = [
    {
      prop: 'columnTypes',
      got: columnTypes,
      allowed,
      advice:
        "the container's rules go by the values of a column alone; leave the types out, or take Checks.BY_MEANING",
    },
    {
      prop: 'textValues',
      got: besides(TextValues.HASHED, textValues),
      allowed,
      advice: "the container's rules look at no text of many values; leave it out, or take Checks.BY_MEANING",
    },
  ];
  return asked.filter(({ got }) => got !== undefined);
}

/** A baseline has the hour that CloudFormation waits for its custom resource. */
function timeoutProblem(timeout: Duration): Problem {
  const advice = 'it has an hour: write less data, or larger objects';
  return { prop: 'timeout', got: timeout.toString(), allowed: 'nothing on serverless()', advice };
}
