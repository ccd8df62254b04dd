import type { Duration } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct, IDependable } from 'constructs';
import { allow } from '../core/allow';
import { bucketLocation } from '../core/bucket-location';
import { BUCKET, DURATION } from '../core/cdk-shapes';
import { BOOLEAN, instance, optional, requireProps, type Shapes, struct, TEXT } from '../core/prop-shapes';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../core/s3-grants';
import { validateKey } from '../core/s3-key';
import { validatePrefix } from '../core/s3-prefix';
import { throwIfAny, ValidationError } from '../core/validation-error';
import { ModelPackage } from '../endpoint/model-package';
import { refuseReplacedElsewhere } from '../endpoint/replaced-elsewhere';
import type { KindBaseline } from '../kind/kind-sheet';
import { KINDS } from '../kind/kinds';
import type { MonitorKind } from '../kind/monitor-kind';
import type { ReportsPlace } from '../outcome/reports-place';
import { baselineHandler } from './baseline-handler';
import {
  labelProblems,
  missingStatistics,
  NO_ANALYSIS,
  NO_STATISTICS,
  OVERRIDDEN_LATER,
  timeoutProblems,
} from './baseline-problems';
import { baselineCheck, baselineFiles, baselineResource, grantReading } from './baseline-resource';
import { type ConstraintOverrides, constraintOverridesConfig, overridesOfOtherKinds } from './constraint-overrides';
import { ConstraintsCheck } from './constraints-check';
import type { BaselineSpec, ConstraintOverridesConfig, FileRigour } from './contract';
import { Dataset, type DatasetConfig } from './dataset';

/** The files of a baseline that exists. */
export interface BaselineFiles {
  /** The bucket that holds the files; one of another account is imported with its `account`. */
  readonly bucket: IBucket;

  /**
   * Key of `statistics.json`, as Model Monitor or this library wrote it.
   *
   * @default - none: monitors of data quality need it, the other kinds read no statistics
   */
  readonly statisticsKey?: string;

  /**
   * Key of `constraints.json`, as Model Monitor or this library wrote it. For monitors of bias and explainability it is the `analysis.json`
   * that SageMaker Clarify wrote.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-run.html
   */
  readonly constraintsKey: string;

  /**
   * Whether a deployment fails, in words, for files that no run could be checked against, or that are not there. Files that the same
   * deployment uploads come first by `monitor.node.addDependency(deployment)`. With `false`, only runs judge them, and fail: for files that come after
   * the deployment, as those that a pipeline of the same stack is going to write. With overrides, files are always read at deployment.
   *
   * @default true
   */
  readonly checkedAtDeployment?: boolean;
}

/** How a baseline is computed from a dataset. */
export interface BaselineDatasetOptions {
  /**
   * How long the computation may take, whole seconds from 1 s to 12 h. On Model Monitor only. Above 55 minutes the deployment waits by a wait
   * condition, because CloudFormation waits for a custom resource an hour at most; of 12 hours, the last five minutes are kept to stop the job.
   *
   * It replaces the engine's `maxRuntime`, which is that of a monitor's runs.
   *
   * @default Duration.minutes(55)
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-waitcondition.html
   */
  readonly timeout?: Duration;

  /**
   * Any text. Another one computes the baseline anew, for a dataset that has changed in place: the month of the data, say.
   *
   * @default - none
   */
  readonly revision?: string;
}

/** Where the baselines lie that a version of a model was registered with. */
export interface ModelPackageBaselineOptions {
  /** The bucket that holds the files; one that lies elsewhere fails the deployment. One of another account is imported with its `account`. */
  readonly bucket: IBucket;

  /**
   * The files lie below this prefix of the bucket, without slash at start and end; the deployment may read no other objects.
   *
   * @default - anywhere in the bucket
   */
  readonly prefix?: string;
}

/** Where the files of a baseline lie. */
export interface BaselineConfig {
  /** The bucket that holds the statistics. */
  readonly statisticsBucket: IBucket;

  /**
   * Key of `statistics.json`.
   *
   * @default - none: the kind of monitor reads no statistics
   */
  readonly statisticsKey?: string;

  /** The bucket that holds the constraints. */
  readonly constraintsBucket: IBucket;

  /** Key of `constraints.json`. */
  readonly constraintsKey: string;

  /**
   * What has to be created before the files can be relied on.
   *
   * @default - what the keys refer to
   */
  readonly ready?: IDependable;
}

/** What uses a baseline: an engine, for one monitor. */
export interface IBaselineConsumer extends iam.IGrantable {
  /** What is monitored. */
  readonly monitorKind: MonitorKind;

  /** Where the monitor's reports lie; files of its baseline are made beside them. */
  readonly reports: ReportsPlace;

  /**
   * A pattern for the keys of baselines that are made, as the grantee may read them: of all monitors that it reads for.
   *
   * @default - those of the monitor
   */
  readonly readPattern?: string;

  /**
   * Whether the grantee lists what it reads, as SageMaker's jobs do.
   *
   * @internal
   */
  readonly _readsPrefixes?: boolean;

  /**
   * How much its runs ask of the files of a baseline. Without, only those fail a deployment that nothing can read: what else Model Monitor takes is
   * not known.
   *
   * @internal
   */
  readonly _rigour?: FileRigour;

  /**
   * Whether an image of the user's reads the files: only that knows what is right.
   *
   * @internal
   */
  readonly _hasOwnImage?: boolean;

  /**
   * Lets the engine read a dataset, and says what analyses it. An engine without it takes baselines that exist.
   *
   * @internal
   */
  _analysisOf?(dataset: DatasetConfig, timeout?: Duration): Pick<BaselineSpec, 'dataset' | 'job'>;
}

/**
 * What a monitor compares with: the statistics of a good dataset, and the constraints that were suggested from them.
 *
 * Every baseline that is made at deployment lies in a folder named by the hash of what it was made from, and stays there: an
 * earlier deployment finds its own files again, and two versions can be compared. Nothing renews a baseline by itself, because one that
 * follows the data would hide their drift: who wants a new one deploys another dataset or `revision`.
 */
export abstract class Baseline {
  /**
   * A baseline whose files exist, made by Model Monitor, SageMaker Clarify or this library.
   *
   * They are read at every run: who overwrites them changes the baseline. A deployment that makes the monitor, or changes where they
   * lie, reads them too, and fails where they could be no baseline, with file, place, what was found and what is allowed.
   */
  public static fromFiles(files: BaselineFiles): Baseline {
    requireProps(files, FILES);
    return new FilesBaseline(files);
  }

  /**
   * A baseline that is computed from a dataset when the stack is deployed.
   *
   * The deployment waits for it (at most an hour, or as `timeout` says), and fails with the reason if it fails. It is computed again only when
   * what it depends on changes: the dataset's location and format, the image, environment and scripts of the analysis, or `revision`. A
   * `Dataset.csvFile` changes its location with its content.
   */
  public static fromDataset(dataset: Dataset, options: BaselineDatasetOptions = {}): Baseline {
    requireProps({ dataset, options }, { dataset: instance(Dataset), options: DATASET_OPTIONS });
    return new DatasetBaseline(dataset, options);
  }

  /**
   * The baseline that a version of a model was registered with: its `DriftCheckBaselines` for the kind of the monitor. They are
   * copied when the stack is deployed, so who overwrites the originals changes nothing; a version that has none for this kind fails the deployment.
   *
   * A pipeline computes them in its QualityCheck and ClarifyCheck steps. They are set when the version is registered, and cannot be changed or added
   * later.
   *
   * @param modelPackageArn `arn:{partition}:sagemaker:{region}:{account}:model-package/{group}/{version}`
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DriftCheckBaselines.html
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/pipelines-quality-clarify-baseline-lifecycle.html
   */
  public static fromModelPackage(modelPackageArn: string, options: ModelPackageBaselineOptions): Baseline {
    requireProps({ modelPackageArn, options }, { modelPackageArn: TEXT, options: MODEL_PACKAGE_OPTIONS });
    return new ModelPackageBaseline(modelPackageArn, options);
  }

  /**
   * The same baseline with some constraints changed. A second call replaces what the first one changed.
   *
   * The changed constraints are written when the stack is deployed, and again only when their source or the changes change: with
   * overrides, who overwrites a given `constraints.json` changes nothing.
   */
  public abstract withOverrides(overrides: ConstraintOverrides): Baseline;

  /** Binds the baseline to what uses it: creates it where that is needed, and grants reading it. */
  public abstract bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig;
}

const FILES: Shapes<BaselineFiles> = {
  bucket: BUCKET,
  statisticsKey: optional(TEXT),
  constraintsKey: TEXT,
  checkedAtDeployment: optional(BOOLEAN),
};
const DATASET_OPTIONS = struct<BaselineDatasetOptions>({ timeout: optional(DURATION), revision: optional(TEXT) });
const MODEL_PACKAGE_OPTIONS = struct<ModelPackageBaselineOptions>({ bucket: BUCKET, prefix: optional(TEXT) });

class FilesBaseline extends Baseline {
  constructor(
    private readonly files: BaselineFiles,
    private readonly overrides?: ConstraintOverridesConfig,
  ) {
    super();
    const { statisticsKey, constraintsKey } = files;
    const problems = [
      ...(statisticsKey === undefined ? [] : validateKey('statisticsKey', statisticsKey)),
      ...validateKey('constraintsKey', constraintsKey),
      ...(overrides && files.checkedAtDeployment === false ? [OVERRIDDEN_LATER] : []),
    ];
    throwIfAny('InvalidBaselineFiles', problems);
  }

  public withOverrides(overrides: ConstraintOverrides): Baseline {
    return new FilesBaseline(this.files, constraintOverridesConfig(overrides));
  }

  public bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig {
    throwIfAny('InvalidBaselineFiles', missingStatistics(factsOf(consumer), this.files), scope);
    refuseOverridesOfOtherKinds(scope, consumer, this.overrides);
    const { bucket, statisticsKey, constraintsKey } = this.files;
    const statistics = { statisticsBucket: bucket, statisticsKey };
    if (statisticsKey !== undefined && factsOf(consumer).hasStatistics) grantReading(consumer, bucket, statisticsKey);
    if (!this.overrides) {
      grantReading(consumer, bucket, constraintsKey);
      return { ...statistics, constraintsBucket: bucket, constraintsKey, ready: this.check(scope, consumer) };
    }
    const given = this.given(scope, consumer);
    grantPutObjects(baselineHandler(scope), consumer.reports.bucket, baselineFiles(consumer));
    const overridden = baselineResource(scope, consumer, { ...given, overrides: this.overrides });
    return { ...overridden, ...statistics };
  }

  /** Judges the files at deployment, where they lie: those of data quality by a resource of their own, of which they have had one before. */
  private check(scope: Construct, consumer: IBaselineConsumer): IDependable | undefined {
    const { bucket, constraintsKey: key, checkedAtDeployment } = this.files;
    if (checkedAtDeployment === false) return undefined;
    if (factsOf(consumer).hasStatistics) return baselineCheck(scope, consumer, this.given(scope, consumer));
    const { monitorKind: kind, _rigour: rigour, _hasOwnImage: isElsewhere } = consumer;
    return isElsewhere ? undefined : ConstraintsCheck.of(scope).add(scope, { kind, rigour, bucket, key });
  }

  /**
   * What the handler reads, and no more. Statistics beside overrides are judged where much is asked of them alone: elsewhere, stacks that are deployed
   * would read constraints again that may be gone since their overrides were written.
   */
  private given(scope: Construct, consumer: IBaselineConsumer): Partial<BaselineSpec> {
    const handler = baselineHandler(scope);
    const { bucket, statisticsKey, constraintsKey } = this.files;
    const { _rigour: rigour } = consumer;
    grantGetObjects(handler, bucket, constraintsKey);
    const located = bucketLocation(scope, bucket);
    const constraints = { ...located, key: constraintsKey };
    const isRead = factsOf(consumer).hasStatistics && (rigour !== undefined || !this.overrides);
    if (statisticsKey === undefined || !isRead) return { constraints, rigour };
    grantGetObjects(handler, bucket, statisticsKey);
    return { constraints, statistics: { ...located, key: statisticsKey }, rigour };
  }
}

class DatasetBaseline extends Baseline {
  constructor(
    private readonly dataset: Dataset,
    private readonly options: BaselineDatasetOptions,
    private readonly overrides?: ConstraintOverridesConfig,
  ) {
    super();
    throwIfAny('InvalidBaselineTimeout', timeoutProblems(options.timeout));
  }

  public withOverrides(overrides: ConstraintOverrides): Baseline {
    return new DatasetBaseline(this.dataset, this.options, constraintOverridesConfig(overrides));
  }

  public bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig {
    const { overrides } = this;
    refuseOverridesOfOtherKinds(scope, consumer, overrides);
    const dataset = this.dataset._bind(scope);
    throwIfAny('LabelInDataset', labelProblems(factsOf(consumer), dataset), scope);
    if (!consumer._analysisOf) throw new ValidationError('UnsupportedBaseline', [NO_ANALYSIS], scope);
    const analysis = consumer._analysisOf(dataset, this.options.timeout);
    const decimal = analysis.job ? needsDecimals(consumer) : undefined;
    const handler = baselineHandler(scope);
    // finds the files of an earlier deployment again, as in a rollback
    grantListPrefixes(handler, consumer.reports.bucket, baselineFiles(consumer));
    if (analysis.job && (overrides ?? decimal)) {
      grantGetObjects(handler, consumer.reports.bucket, baselineFiles(consumer));
      grantPutObjects(handler, consumer.reports.bucket, baselineFiles(consumer));
    }
    return baselineResource(scope, consumer, { ...analysis, overrides, revision: this.options.revision, decimal });
  }
}

class ModelPackageBaseline extends Baseline {
  constructor(
    private readonly modelPackageArn: string,
    private readonly options: ModelPackageBaselineOptions,
    private readonly overrides?: ConstraintOverridesConfig,
  ) {
    super();
    ModelPackage.fromArn(modelPackageArn); // fails for an ARN that is none
    const { prefix } = options;
    throwIfAny('InvalidModelPackageBaseline', prefix === undefined ? [] : validatePrefix('prefix', prefix));
  }

  public withOverrides(overrides: ConstraintOverrides): Baseline {
    return new ModelPackageBaseline(this.modelPackageArn, this.options, constraintOverridesConfig(overrides));
  }

  public bind(scope: Construct, consumer: IBaselineConsumer): BaselineConfig {
    const { modelPackageArn: arn, overrides } = this;
    const { bucket, prefix } = this.options;
    refuseReplacedElsewhere(scope, 'modelPackageArn', arn);
    refuseOverridesOfOtherKinds(scope, consumer, overrides);
    const handler = baselineHandler(scope);
    const describe = { actions: ['sagemaker:DescribeModelPackage'], resources: [arn] };
    allow(handler, describe);
    grantGetObjects(handler, bucket, prefix === undefined ? '*' : `${prefix}/*`);
    grantListPrefixes(handler, consumer.reports.bucket, baselineFiles(consumer));
    grantPutObjects(handler, consumer.reports.bucket, baselineFiles(consumer));
    return baselineResource(scope, consumer, {
      modelPackage: { arn, ...bucketLocation(scope, bucket), prefix, kind: consumer.monitorKind },
      overrides,
      decimal: needsDecimals(consumer),
      rigour: consumer._rigour,
    });
  }
}

/** What the consumer's kind of monitor makes of a baseline. */
function factsOf({ monitorKind }: IBaselineConsumer): KindBaseline {
  return KINDS[monitorKind].baseline;
}

/**
 * Key of the statistics that a monitor of data quality reads. Throws where there are none.
 *
 * @internal
 */
export function statisticsKeyOf({ statisticsKey }: BaselineConfig): string {
  if (statisticsKey !== undefined) return statisticsKey;
  throw new ValidationError('InvalidBaselineFiles', [NO_STATISTICS]);
}

/** Absent rather than false: what a baseline does not need is no part of its content. */
function needsDecimals(consumer: IBaselineConsumer): true | undefined {
  return factsOf(consumer).needsDecimals || undefined;
}

function refuseOverridesOfOtherKinds(
  scope: Construct,
  { monitorKind }: IBaselineConsumer,
  overrides: ConstraintOverridesConfig = {},
): void {
  throwIfAny('UnsupportedOverrides', overridesOfOtherKinds(monitorKind, overrides), scope);
}
