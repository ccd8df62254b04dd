import { Annotations, CfnDeletionPolicy, Resource, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { KEY } from '../core/cdk-shapes';
import { instance, list, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { settleLogicalIds } from '../core/settled-ids';
import { throwIfAny, ValidationError } from '../core/validation-error';
import { AsyncInference } from './async-inference';
import type { CapturedData } from './captured-data';
import { notIn } from './content-types';
import { DataCapture, type DataCaptureConfig } from './data-capture';
import { renderCapture } from './data-capture-property';
import { diskUtilization } from './disk-utilization';
import { endpointArnProblems, endpointNameProblems, endpointProblems, unknownsOf } from './endpoint-problems';
import { grantInvoke, ImportedEndpoint, ReferredEndpoint } from './imported-endpoint';
import { scaleInstances } from './instance-scaling';
import { modelOf } from './known-properties';
import { warnOfLostCounts } from './lost-counts';
import type { IModel } from './model';
import { ProductionVariant } from './production-variant';
import { Rollout } from './rollout';
import { rolloutAlarms } from './rollout-alarms';
import { guardRollout } from './rollout-guard';
import { ShadowVariant } from './shadow-variant';

/** What is known of an endpoint that exists. */
export interface EndpointAttributes {
  /** As clients call the endpoint, in its own case. */
  readonly endpointName: string;

  /**
   * `arn:{partition}:sagemaker:{region}:{account}:endpoint/{name}`: tells account and region.
   *
   * @default - of the stack's account and region
   */
  readonly endpointArn?: string;
}

/** Properties of an endpoint. */
export interface EndpointProps {
  /** The models behind the endpoint, 1 to 10, with names that differ. */
  readonly variants: ProductionVariant[];

  /**
   * Is sent copies of what the one production variant is asked.
   *
   * @default - nothing is copied
   */
  readonly shadowVariant?: ShadowVariant;

  /**
   * Takes requests into a queue, and answers into a bucket.
   *
   * @default - the endpoint answers at once
   */
  readonly asyncInference?: AsyncInference;

  /**
   * How updates shift traffic to the new fleet, how long that is watched, and what takes it back.
   *
   * With it the deployment fails where SageMaker took an update back; and models and configurations of before are kept, because the endpoint may go back to them.
   *
   * @default - a new fleet takes all traffic at once, and nothing takes it back
   */
  readonly rollout?: Rollout;

  /**
   * Keeps requests and responses, which is what monitors read.
   *
   * @default - nothing is captured, and the endpoint cannot be monitored
   */
  readonly dataCapture?: DataCapture;

  /**
   * The name by which clients call the endpoint: 1 to 63 letters, digits and hyphens, unique in account and region.
   *
   * Only a change of the name replaces the endpoint, so a fixed name never stands in the way of a replacement.
   *
   * @default - CloudFormation chooses a name, and keeps it as long as the endpoint lives
   */
  readonly endpointName?: string;

  /**
   * Encrypts the storage volumes of the instances. With instance types that have local storage the deployment fails: they
   * encrypt it by themselves and take no key.
   *
   * @default - no key of your own
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html
   */
  readonly encryptionKey?: kms.IKey;
}

const ATTRIBUTES: Shapes<EndpointAttributes> = { endpointName: TEXT, endpointArn: optional(TEXT) };

const PROPS: Shapes<EndpointProps> = {
  variants: list(instance(ProductionVariant)),
  shadowVariant: optional(instance(ShadowVariant)),
  asyncInference: optional(instance(AsyncInference)),
  rollout: optional(instance(Rollout)),
  dataCapture: optional(instance(DataCapture)),
  endpointName: optional(TEXT),
  encryptionKey: optional(KEY),
};

/**
 * A real-time endpoint of SageMaker, with its configuration.
 *
 * A change of variants or of data capture makes a new configuration and updates the endpoint, which keeps serving.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/realtime-endpoints.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const model: Model;
 * declare const bucket: s3.IBucket;
 * new Endpoint(this, 'Churn', {
 *   variants: [ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') })],
 *   dataCapture: DataCapture.toBucket(bucket),
 * });
 */
export class Endpoint extends Resource implements sagemaker.IEndpoint {
  /**
   * Refers to an endpoint that exists already.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param endpointName as clients call it, in its own case; in the account and region of the stack
   */
  public static fromEndpointName(scope: Construct, id: string, endpointName: string): sagemaker.IEndpoint {
    return Endpoint.fromEndpointAttributes(scope, id, { endpointName });
  }

  /**
   * Refers to an endpoint that exists already, by its ARN, which tells account and region but not the name: SageMaker writes it in lower case there.
   * A monitor needs `endpointName` as well.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param endpointArn `arn:{partition}:sagemaker:{region}:{account}:endpoint/{name}`
   */
  public static fromEndpointArn(scope: Construct, id: string, endpointArn: string): sagemaker.IEndpointRef {
    requireProps({ endpointArn }, { endpointArn: TEXT }, scope);
    throwIfAny('InvalidEndpoint', endpointArnProblems(endpointArn), scope);
    return new ReferredEndpoint(scope, id, endpointArn);
  }

  /**
   * Refers to an endpoint that exists already.
   *
   * @param scope in which the reference lives
   * @param id of the reference
   * @param attributes what is known of it
   */
  public static fromEndpointAttributes(
    scope: Construct,
    id: string,
    attributes: EndpointAttributes,
  ): sagemaker.IEndpoint {
    requireProps(attributes, ATTRIBUTES, scope);
    const { endpointName, endpointArn } = attributes;
    throwIfAny('InvalidEndpoint', [...endpointNameProblems(endpointName), ...endpointArnProblems(endpointArn)], scope);
    return new ImportedEndpoint(scope, id, attributes);
  }

  /** The name by which clients call the endpoint, in the case in which metrics and capture prefixes have it. */
  public readonly endpointName: string;
  /** The ARN of the endpoint. It is no source for the name, which it holds in lower case. */
  public readonly endpointArn: string;
  /** The configuration that the endpoint runs with; CloudFormation names it. */
  public readonly endpointConfig: sagemaker.CfnEndpointConfig;
  /** Where the captured data lie; absent without data capture. */
  public readonly capturedData?: CapturedData;
  private readonly variants: ProductionVariant[];
  private readonly shadowVariant?: ShadowVariant;
  private readonly isAsynchronous: boolean;

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidEndpoint', endpointProblems(props), this);
    settleLogicalIds(this);
    for (const { id: unknown, words } of unknownsOf(props)) {
      Annotations.of(this).addWarningV2(
        `cdk-sagemaker-monitoring:${unknown}`,
        `no source says whether ${words}: try it before you rely on it`,
      );
    }
    this.variants = [...props.variants];
    this.shadowVariant = props.shadowVariant;
    this.isAsynchronous = props.asyncInference !== undefined;
    this.capturedData = props.dataCapture?.capturedData;
    this.endpointConfig = this.createConfig(props);
    warnOfLostCounts(this.endpointConfig);

    const resource = new sagemaker.CfnEndpoint(this, 'Resource', {
      endpointName: props.endpointName,
      endpointConfigName: this.endpointConfig.attrEndpointConfigName,
      ...this.keptOnUpdate(),
      deploymentConfig: props.rollout && this.deploymentConfig(props, props.rollout),
    });
    this.endpointName = resource.attrEndpointName;
    this.endpointArn = resource.ref;
    this.scale();
    if (props.rollout) this.guard(props.rollout, this.endpointConfig.attrEndpointConfigName);
  }

  /** For constructs that take any endpoint. */
  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }

  /** The names of the production variants, in their order. */
  public get variantNames(): string[] {
    return this.variants.map((variant) => variant.variantName);
  }

  /** Permits to invoke the endpoint: one that answers into a bucket with `sagemaker:InvokeEndpointAsync`. */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    const action = this.isAsynchronous ? 'sagemaker:InvokeEndpointAsync' : 'sagemaker:InvokeEndpoint';
    return grantInvoke(grantee, [this.endpointArn], action);
  }

  /**
   * A metric of a variant that SageMaker publishes in the namespace `AWS/SageMaker`, by its own name: `OverheadLatency`, `Invocation4XXErrors`. Those of
   * instances (`CPUUtilization` and its like) are in another namespace.
   *
   * @param variantName may be left out when there is one variant
   * @param options changes statistic, period, label; without, average over 5 minutes
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metric(metricName: string, variantName?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    requireProps({ metricName }, { metricName: TEXT }, this);
    const dimensionsMap = { EndpointName: this.endpointName, VariantName: this.variantOf(variantName) };
    return new cloudwatch.Metric({ namespace: 'AWS/SageMaker', metricName, dimensionsMap, ...options });
  }

  /**
   * The number of requests to a variant: sum over 5 minutes.
   *
   * @param variantName may be left out when there is one variant
   * @param options changes statistic, period, label
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metricInvocations(variantName?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Invocations', variantName, { statistic: 'Sum', ...options });
  }

  /**
   * The time that a variant's container took to answer, in **microseconds**: average over 5 minutes.
   *
   * @param variantName may be left out when there is one variant
   * @param options changes statistic, period, label
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metricModelLatency(variantName?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('ModelLatency', variantName, options);
  }

  /**
   * The number of requests to a variant that ended with an HTTP status of 500 to 599: sum over 5 minutes.
   *
   * @param variantName may be left out when there is one variant
   * @param options changes statistic, period, label
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metricInvocation5XXErrors(variantName?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return this.metric('Invocation5XXErrors', variantName, { statistic: 'Sum', ...options });
  }

  /**
   * How full the disk of a variant's instances is, in percent, 0 to 100: maximum over 5 minutes.
   *
   * Data capture stops without a word when it is nearly full: `CaptureDiskAlarm` watches it.
   *
   * @param variantName may be left out when there is one variant
   * @param options changes statistic, period, label
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/monitoring-cloudwatch.html
   */
  public metricDiskUtilization(variantName?: string, options?: cloudwatch.MetricOptions): cloudwatch.Metric {
    return diskUtilization(this.endpointName, this.variantOf(variantName), options);
  }

  private variantOf(variantName?: string): string {
    const production = this.variantNames;
    const names = [...production, ...(this.shadowVariant ? [this.shadowVariant.variantName] : [])];
    const name = variantName ?? (production.length === 1 ? production[0] : undefined);
    if (name !== undefined && (Token.isUnresolved(name) || names.includes(name))) return name;
    const problem = { prop: 'variantName', got: variantName, allowed: names.join(', ') };
    throw new ValidationError('UnknownVariant', [problem], this);
  }

  /**
   * Production and shadow.
   *
   * @internal
   */
  public get _allVariants(): ProductionVariant[] {
    return [...this.variants, ...(this.shadowVariant ? [this.shadowVariant._variant] : [])];
  }

  private createConfig(props: EndpointProps): sagemaker.CfnEndpointConfig {
    const models = this._allVariants.map((variant) => variant.model);
    const capture = props.dataCapture?._bind(this, models);
    if (capture) this.warnOfBase64(models, capture);
    for (const model of models) {
      props.encryptionKey?.grant(model, 'kms:CreateGrant', 'kms:DescribeKey');
    }
    const config = new sagemaker.CfnEndpointConfig(this, 'Config', {
      // no name: every change is a replacement, and a fixed name would collide with its predecessor
      productionVariants: props.variants.map((variant) => variant._bind(this)),
      shadowProductionVariants: props.shadowVariant && [props.shadowVariant._variant._bind(this)],
      asyncInferenceConfig: props.asyncInference?._bind(models),
      dataCaptureConfig: capture && renderCapture(capture),
      kmsKeyId: props.encryptionKey?.keyArn,
    });
    for (const model of models) {
      const { grantPrincipal } = model; // which is permitted to capture
      if (Construct.isConstruct(grantPrincipal)) config.node.addDependency(grantPrincipal);
    }
    return config;
  }

  /**
   * The count of instances that scaling has set, where it sets one: an update would take it back, while scaling is blocked. Weights are those of the app.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
   */
  private keptOnUpdate(): Partial<sagemaker.CfnEndpointProps> {
    if (!this._allVariants.some(({ _capacity }) => _capacity.scaling)) return {};
    const excludeRetainedVariantProperties = [{ variantPropertyType: 'DesiredWeight' }];
    return { retainAllVariantProperties: true, excludeRetainedVariantProperties };
  }

  private deploymentConfig({ asyncInference, ...props }: EndpointProps, rollout: Rollout) {
    const endpointName = rollout._endpointName(props.endpointName) ?? '';
    const endpointConfigName = this.endpointConfig.attrEndpointConfigName;
    const isAsynchronous = asyncInference !== undefined;
    const fleet = { endpoint: this, endpointName, endpointConfigName, variants: this.variants, isAsynchronous };
    return rollout._render(rolloutAlarms(new Construct(this, 'Rollout'), rollout, fleet));
  }

  /** What the endpoint may go back to stays: a configuration that is in use must not be deleted. */
  private guard(rollout: Rollout, endpointConfigName: string): void {
    const models = this._allVariants.map(({ model }) => modelOf(model.modelName));
    for (const { cfnOptions } of [this.endpointConfig, ...models.filter((model) => model !== undefined)]) {
      cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
      cfnOptions.deletionPolicy ??= CfnDeletionPolicy.DELETE; // said as well: CloudFormation's rules ask for both
    }
    const { endpointName, endpointArn, variantNames } = this;
    const unseen = rollout._unseen(this.isAsynchronous);
    guardRollout(this, { endpointName, endpointArn, endpointConfigName, variantNames, ...unseen });
  }

  private scale(): void {
    const { endpointName } = this;
    for (const { variantName, _capacity } of this._allVariants) {
      const { scaling } = _capacity;
      if (scaling) scaleInstances(this, { endpointName, variantName, scaling });
    }
  }

  /** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CaptureContentTypeHeader.html */
  private warnOfBase64(models: IModel[], capture: DataCaptureConfig): void {
    const uncaptured = uncapturedTypes(models, capture);
    if (uncaptured.length === 0) return;
    Annotations.of(this).addWarningV2(
      'cdk-sagemaker-monitoring:base64Capture',
      `${uncaptured.join(', ')} would be captured in base64, which monitors do not read: name it in csvContentTypes or jsonContentTypes of the data capture`,
    );
  }
}

/** Content types of the models that no list of the data capture names. */
function uncapturedTypes(models: IModel[], capture: DataCaptureConfig): string[] {
  const contentTypes = models.flatMap((model) => model.contentTypes);
  return [...new Set(notIn([...capture.csvContentTypes, ...capture.jsonContentTypes], contentTypes))];
}
