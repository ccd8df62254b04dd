import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { IBaselineConsumer } from '../../../baseline/baseline';
import { baselineHandler } from '../../../baseline/baseline-handler';
import { baselineFiles } from '../../../baseline/baseline-resource';
import { AWAITED_SECONDS, type BaselineJobSpec } from '../../../baseline/contract';
import { besides, CsvDelimiter, type DatasetConfig, DatasetEncoding, TextValues } from '../../../baseline/dataset';
import { grantGetObjects, grantListPrefixes } from '../../../core/s3-grants';
import { type Problem, throwIfAny } from '../../../core/validation-error';
import { KINDS } from '../../../kind/kinds';
import type { MonitorKind } from '../../../kind/monitor-kind';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import type { ReportsPlace } from '../../../outcome/reports-place';
import { tagsOf } from '../job/tags';
import type { JobBlueprint } from '../kinds/blueprint';
import { BaselineMachine } from './baseline-machine';
import { type BaselineJobContext, baselineJobRequest } from './job-request';
import { BaselineJobTags } from './job-tags';

/** What a monitor's baseline is made with. */
interface BaselineParts extends BaselineJobContext {
  readonly spec: MonitorSpec;
  readonly blueprint: JobBlueprint;
}

/** A wait condition waits for 12 hours at most: the last minutes are kept to stop the job and to tell it. */
const MAXIMUM_SECONDS = 12 * 3600 - 300;

/**
 * What a monitor's baseline asks of Model Monitor: datasets are analysed by a processing job with the engine's cluster, network and keys, and
 * with the monitor's role.
 *
 * @internal
 */
export class MonitorBaselines implements IBaselineConsumer {
  public readonly monitorKind: MonitorKind;
  public readonly grantPrincipal: iam.IPrincipal;
  public readonly reports: ReportsPlace;
  /** @internal */
  public readonly _readsPrefixes = true;
  /** @internal */
  public readonly _hasOwnImage: boolean;

  constructor(
    private readonly scope: Construct,
    private readonly parts: BaselineParts,
  ) {
    const { spec, role, blueprint, options } = parts;
    this.monitorKind = blueprint.kind;
    this._hasOwnImage = options[KINDS[blueprint.kind].prop]?.imageUri !== undefined;
    this.grantPrincipal = role.grantPrincipal;
    this.reports = spec.reports;
  }

  /** @internal */
  public _analysisOf(dataset: DatasetConfig, timeout?: Duration): { readonly job: BaselineJobSpec } {
    throwIfAny('UnsupportedDataset', unsupportedOf(dataset), this.scope);
    const { role, blueprint, options, spec } = this.parts;
    const machine = BaselineMachine.of(this.scope, baselineHandler(this.scope));
    machine.allowPassing(role);
    machine.allowKeeping(this.reports.bucket, baselineFiles(this));
    allowReading(role, dataset);
    const { statisticsFile, constraintsFile, ...parts } = blueprint.baselineJob(dataset, role);
    const timeoutSeconds = Math.min(timeout?.toSeconds() ?? AWAITED_SECONDS, MAXIMUM_SECONDS);
    const tags = new BaselineJobTags(this.scope, 'BaselineJob', tagsOf(options, spec.monitorId));
    const job = { ...this.parts, dataset, timeoutSeconds, tags };
    const request = baselineJobRequest({ ...parts, constraintsFile }, job);
    return { job: { request, statisticsFile, constraintsFile, timeoutSeconds } };
  }
}

/**
 * What the container has no setting for.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_MonitoringCsvDatasetFormat.html
 */
function unsupportedOf({ delimiter, encoding, columnTypes, listLengths, textValues }: DatasetConfig): Problem[] {
  const allowed = 'nothing on modelMonitor()';
  const asked = [
    {
      prop: 'delimiter',
      got: besides(CsvDelimiter.COMMA, delimiter),
      allowed: 'CsvDelimiter.COMMA on modelMonitor()',
      advice: 'write the dataset with commas: the container of Model Monitor reads no other',
    },
    {
      prop: 'encoding',
      got: besides(DatasetEncoding.UTF_8, encoding),
      allowed: 'DatasetEncoding.UTF_8 on modelMonitor()',
      advice: 'write the dataset in UTF-8: the container of Model Monitor has no setting for another encoding',
    },
    {
      prop: 'columnTypes',
      got: columnTypes,
      allowed,
      advice: 'the container goes by the values of a column alone; leave the types out, or take serverless()',
    },
    {
      prop: 'textValues',
      got: besides(TextValues.HASHED, textValues),
      allowed,
      advice: 'the container keeps nothing of text with many values; leave it out, or take serverless()',
    },
    {
      prop: 'listLengths',
      got: listLengths,
      allowed,
      advice: 'the container reads no lists; write each item as a key of its own, or take serverless()',
    },
  ];
  return asked.filter(({ got }) => got !== undefined);
}

/** The dataset is a prefix to the job, also where it is a single object. */
function allowReading(role: iam.IRole, { bucket, objectKey }: DatasetConfig): void {
  const pattern = objectKey.endsWith('/') ? `${objectKey}*` : objectKey;
  grantGetObjects(role, bucket, pattern);
  grantListPrefixes(role, bucket, pattern);
}
