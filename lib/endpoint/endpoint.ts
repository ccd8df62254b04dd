import { Annotations, Resource, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import { Construct } from 'constructs';
import { KEY } from '../core/cdk-shapes';
import { requireGrantee } from '../core/grantee';
import { instance, list, optional, requireProps, type Shapes, TEXT } from '../core/prop-shapes';
import { settleLogicalIds } from '../core/settled-ids';
import { type Problem, throwIfAny, ValidationError } from '../core/validation-error';
import type { CapturedData } from './captured-data';
import { notIn } from './content-types';
import { DataCapture, type DataCaptureConfig } from './data-capture';
import { renderCapture } from './data-capture-property';
import { diskUtilization } from './disk-utilization';
import type { IModel } from './model';
import { ProductionVariant } from './production-variant';

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
    throwIfAny('InvalidEndpoint', validateArn(endpointArn), scope);
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
    throwIfAny('InvalidEndpoint', [...validateName(endpointName), ...validateArn(endpointArn)], scope);
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

  constructor(scope: Construct, id: string, props: EndpointProps) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidEndpoint', [...validateVariants(props.variants), ...validateName(props.endpointName)], this);
    settleLogicalIds(this);
    this.variants = [...props.variants];
    this.capturedData = props.dataCapture?.capturedData;
    this.endpointConfig = this.createConfig(props);

    const resource = new sagemaker.CfnEndpoint(this, 'Resource', {
      endpointName: props.endpointName,
      endpointConfigName: this.endpointConfig.attrEndpointConfigName,
    });
    this.endpointName = resource.attrEndpointName;
    this.endpointArn = resource.ref;
  }

  /** For constructs that take any endpoint. */
  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }

  /** The names of the variants, in their order. */
  public get variantNames(): string[] {
    return this.variants.map((variant) => variant.variantName);
  }

  /** Permits to invoke the endpoint. */
  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    return grantInvoke(grantee, [this.endpointArn]);
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
    const names = this.variantNames;
    const name = variantName ?? (names.length === 1 ? names[0] : undefined);
    if (name !== undefined && (Token.isUnresolved(name) || names.includes(name))) return name;
    const problem = { prop: 'variantName', got: variantName, allowed: names.join(', ') };
    throw new ValidationError('UnknownVariant', [problem], this);
  }

  private createConfig(props: EndpointProps): sagemaker.CfnEndpointConfig {
    const models = props.variants.map((variant) => variant.model);
    const capture = props.dataCapture?._bind(this, models);
    if (capture) this.warnOfBase64(models, capture);
    for (const model of models) {
      props.encryptionKey?.grant(model, 'kms:CreateGrant', 'kms:DescribeKey');
    }
    const config = new sagemaker.CfnEndpointConfig(this, 'Config', {
      // no name: every change is a replacement, and a fixed name would collide with its predecessor
      productionVariants: props.variants.map((variant) => variant._bind(this)),
      dataCaptureConfig: capture && renderCapture(capture),
      kmsKeyId: props.encryptionKey?.keyArn,
    });
    for (const model of models) {
      const { grantPrincipal } = model; // which is permitted to capture
      if (Construct.isConstruct(grantPrincipal)) config.node.addDependency(grantPrincipal);
    }
    return config;
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

class ReferredEndpoint extends Resource implements sagemaker.IEndpointRef {
  constructor(
    scope: Construct,
    id: string,
    private readonly endpointArn: string,
  ) {
    super(scope, id, { environmentFromArn: endpointArn });
  }

  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }
}

class ImportedEndpoint extends Resource implements sagemaker.IEndpoint {
  public readonly endpointArn: string;
  public readonly endpointName: string;

  constructor(scope: Construct, id: string, { endpointName, endpointArn }: EndpointAttributes) {
    super(scope, id, { environmentFromArn: endpointArn });
    this.endpointName = endpointName;
    this.endpointArn = endpointArn ?? arnOf(this, endpointName);
  }

  public get endpointRef(): sagemaker.EndpointReference {
    return { endpointArn: this.endpointArn };
  }

  public grantInvoke(grantee: iam.IGrantable): iam.Grant {
    // SageMaker writes names in ARNs in lower case, and policies compare case by case: permit both spellings
    const spellings = Token.isUnresolved(this.endpointName)
      ? [this.endpointArn]
      : [...new Set([this.endpointArn, arnOf(this, this.endpointName.toLowerCase())])];
    return grantInvoke(grantee, spellings);
  }
}

function arnOf(scope: Construct, endpointName: string): string {
  return Stack.of(scope).formatArn({ service: 'sagemaker', resource: 'endpoint', resourceName: endpointName });
}

function grantInvoke(grantee: iam.IGrantable, resourceArns: string[]): iam.Grant {
  requireGrantee(grantee);
  return iam.Grant.addToPrincipal({ grantee, actions: ['sagemaker:InvokeEndpoint'], resourceArns });
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpointConfig.html */
const MAX_VARIANTS = 10;

function validateVariants(variants: ProductionVariant[]): Problem[] {
  const names = variants.map((variant) => variant.variantName);
  const problems: Problem[] = [];
  if (names.length < 1 || names.length > MAX_VARIANTS) {
    problems.push({ prop: 'variants', got: names, allowed: `1 to ${MAX_VARIANTS} variants` });
  }
  if (new Set(names).size < names.length) {
    problems.push({ prop: 'variants', got: names, allowed: 'names that differ', advice: 'rename a variant' });
  }
  return problems;
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateEndpoint.html */
const ENDPOINT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

function validateName(endpointName?: string): Problem[] {
  if (endpointName === undefined || Token.isUnresolved(endpointName)) return [];
  if (endpointName.length <= 63 && ENDPOINT_NAME.test(endpointName)) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'endpointName', got: endpointName, allowed }];
}

function validateArn(endpointArn?: string): Problem[] {
  if (endpointArn === undefined || Token.isUnresolved(endpointArn)) return [];
  if (/^arn:[^:]+:sagemaker:[^:]*:[^:]*:endpoint\/[^/]+$/.test(endpointArn)) return [];
  const allowed = 'arn:{partition}:sagemaker:{region}:{account}:endpoint/{name}';
  return [{ prop: 'endpointArn', got: endpointArn, allowed }];
}
