import { type Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import type { IEndpoint } from 'aws-cdk-lib/aws-sagemaker';
import { SIZE } from '../core/cdk-shapes';
import {
  having,
  instance,
  list,
  NUMBER,
  oneOf,
  optional,
  requireProps,
  type Shapes,
  struct,
  TEXT,
} from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { InstanceType } from '../endpoint/instance-type';
import { configOf } from '../endpoint/known-properties';
import type { IModel } from '../endpoint/model';
import { countProblems, distinctProblems, rangeProblems } from './analysis-problems';
import { PredictorRequest } from './predictor-request';

/**
 * How a model answers.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 */
export enum PredictorResponse {
  /** `text/csv` */
  CSV = 'text/csv',
  /** `application/jsonlines` */
  JSON_LINES = 'application/jsonlines',
  /** `application/json` */
  JSON = 'application/json',
}

/** How an analysis asks a model, at whatever endpoint. */
export interface EndpointPredictorOptions {
  /**
   * How requests are written. For JSON it has to be said.
   *
   * @default - as the dataset is
   */
  readonly request?: PredictorRequest;

  /**
   * How the model answers.
   *
   * @default - as it was captured; as the requests are, in a baseline
   */
  readonly response?: PredictorResponse;

  /**
   * The labels to which the model's scores belong, in their order: the dimension `Label` of the service's metrics, and the labels of its reports.
   *
   * @default - `label0`, `label1` and so on
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-feature-attribute-drift-cw.html
   */
  readonly labelHeaders?: string[];

  /**
   * Goes with each request as it is: at most 1024 visible ASCII characters.
   *
   * @default - nothing
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
   */
  readonly customAttributes?: string;

  /**
   * How many requests are under way at the same time on `MonitoringEngine.serverless()`, a whole number, 1 to 200; as many as a serverless endpoint that is made
   * of the model takes at once. Clarify decides that itself.
   *
   * @default 5
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html
   */
  readonly maxConcurrency?: number;

  /**
   * How many records a request has at most on `MonitoringEngine.serverless()`, a whole number, 1 to 1000: the model has 60 seconds for them. Requests with `$record` have
   * one. Clarify decides that itself.
   *
   * @default 200
   */
  readonly recordsPerRequest?: number;
}

/** How an analysis asks a model, and what the model runs on. */
export interface PredictorOptions extends EndpointPredictorOptions {
  /**
   * Type of the instances of the endpoint that each job of Clarify starts. `MonitoringEngine.serverless()` starts none.
   *
   * @default InstanceType.of('ml.m5.xlarge')
   */
  readonly instanceType?: InstanceType;

  /**
   * How many instances that endpoint has, a whole number, 1 or more. More of them answer faster: attributions take many predictions.
   *
   * @default 1
   */
  readonly instanceCount?: number;

  /**
   * Memory of the serverless endpoint that `MonitoringEngine.serverless()` makes of the model: 1 to 6 GiB, whole. Model Monitor makes none.
   *
   * @default Size.gibibytes(2)
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html
   */
  readonly memorySize?: Size;
}

/** How an analysis asks the endpoint that is monitored, and how much of it. */
export interface MonitoredEndpointPredictorOptions extends EndpointPredictorOptions {
  /**
   * The production variant that is asked, whatever the weights of the variants are.
   *
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html (TargetVariant)
   */
  readonly variantName: string;

  /**
   * Calls of a run are at most this share of the requests that were captured in its window, above 0, up to 1: 0.05 are 5 calls for 100 requests. Where a part of the
   * requests is captured, it is of that part. A call has up to `recordsPerRequest` records. A baseline is made of no window: what it asks is bounded by the other two.
   */
  readonly trafficShare: number;

  /**
   * How many calls a run makes at most, and a baseline, a whole number, 1 to 10,000. Where not all records of a sample can be explained by them, fewer are.
   *
   * @default 1000
   */
  readonly maxCallsPerRun?: number;

  /**
   * How many calls are begun in a second at most, above 0, up to 100. A run has ten minutes for them.
   *
   * @default 2
   */
  readonly maxCallsPerSecond?: number;
}

const ENDPOINT_OPTIONS: Shapes<EndpointPredictorOptions> = {
  request: optional(instance(PredictorRequest)),
  response: optional(oneOf(PredictorResponse)),
  labelHeaders: optional(list(TEXT)),
  customAttributes: optional(TEXT),
  maxConcurrency: optional(NUMBER),
  recordsPerRequest: optional(NUMBER),
};
const OPTIONS = struct<PredictorOptions>({
  ...ENDPOINT_OPTIONS,
  instanceType: optional(instance(InstanceType)),
  instanceCount: optional(NUMBER),
  memorySize: optional(SIZE),
});

const MONITORED_OPTIONS = struct<MonitoredEndpointPredictorOptions>({
  ...ENDPOINT_OPTIONS,
  variantName: TEXT,
  trafficShare: NUMBER,
  maxCallsPerRun: optional(NUMBER),
  maxCallsPerSecond: optional(NUMBER),
});

/**
 * A model that an analysis asks for predictions. The watched endpoint is not asked, unless `monitoredEndpoint` says so.
 *
 * On Model Monitor, Clarify does so by an endpoint of its own: each job starts it, and deletes it at its end. The model's instances are billed for that time
 * beside those of the job.
 *
 * On `MonitoringEngine.serverless()` a serverless endpoint is made of the model, which costs nothing between runs: for models in one container, in no VPC, without
 * isolation and without a GPU, in up to 6 GiB. Others are asked at an endpoint that runs on instances, which is named.
 *
 * The model has one container; a multi-model one cannot be asked.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-configure-analysis.html
 *
 * @example
 * declare const model: Model;
 * Predictor.fromModel(model, { instanceType: InstanceType.of('ml.c5.xlarge') });
 */
export class Predictor {
  /** Asks a model. Which one is watched, and which one is asked, should be the same. */
  public static fromModel(model: IModel, options: PredictorOptions = {}): Predictor {
    requireProps({ model, options }, { model: having('modelName', 'a model (IModel)'), options: OPTIONS });
    return new Predictor({ modelName: model.modelName, modelArn: model.modelArn }, options);
  }

  /**
   * Asks a model of the monitor's account and region.
   *
   * @param modelName its own spelling; may be a token
   */
  public static fromModelName(modelName: string, options: PredictorOptions = {}): Predictor {
    requireProps({ modelName, options }, { modelName: TEXT, options: OPTIONS });
    return new Predictor({ modelName }, options);
  }

  /**
   * Asks the model behind an endpoint, on `MonitoringEngine.serverless()`. It is not the endpoint that is watched, and nobody watches it: what it is asked would be
   * taken for traffic.
   *
   * A baseline is made anew when an endpoint of the app gets another configuration; of another endpoint, nobody knows: change the `revision` of the baseline.
   *
   * @param endpoint of the stack's account and region
   */
  public static fromEndpoint(endpoint: IEndpoint, options: EndpointPredictorOptions = {}): Predictor {
    const shapes = {
      endpoint: having('endpointName', 'an endpoint with a name (IEndpoint)'),
      options: struct(ENDPOINT_OPTIONS),
    };
    requireProps({ endpoint, options }, shapes);
    return new Predictor(
      { endpointName: endpoint.endpointName, endpointVersion: configOf(endpoint)?.attrEndpointConfigName },
      options,
    );
  }

  /**
   * Asks a variant of the endpoint that is monitored, on `MonitoringEngine.serverless()`: the model in use, on its own instances, beside what clients ask of it.
   *
   * What is asked so is no traffic to the monitors of the stack: each call is signed for its request, and noted before it is made, so that nobody else can have a
   * request left out. To AWS it is traffic: `Invocations` and latency count it, autoscaling follows it, shadow variants get it.
   *
   * All monitors of the endpoint have to be in one stack, on `MonitoringEngine.serverless()`.
   *
   * @example
   * Predictor.monitoredEndpoint({ variantName: 'live', trafficShare: 0.05, maxCallsPerSecond: 1 });
   */
  public static monitoredEndpoint(options: MonitoredEndpointPredictorOptions): Predictor {
    requireProps({ options }, { options: MONITORED_OPTIONS });
    throwIfAny('InvalidPredictor', ownCallProblems(options));
    return new Predictor({ monitored: options }, options);
  }

  /** Type of the instances of the endpoint that each job starts. */
  public readonly instanceType: InstanceType;
  /** How many they are. */
  public readonly instanceCount: number;
  /** How requests are written. */
  public readonly request?: PredictorRequest;
  /** How the model answers. */
  public readonly response?: PredictorResponse;
  /** Goes with each request. */
  public readonly customAttributes?: string;
  /** Name of the model; absent where an endpoint is named. */
  public readonly modelName?: string;
  /** ARN of the model, where it is known. */
  public readonly modelArn?: string;
  /** Name of the endpoint that is asked; absent where a model is named. */
  public readonly endpointName?: string;
  /** Memory of a serverless endpoint that is made of the model, where it is said. */
  public readonly memorySize?: Size;
  /** How many requests are under way at the same time, where it is said. */
  public readonly maxConcurrency?: number;
  /** How many records a request has at most, where it is said. */
  public readonly recordsPerRequest?: number;
  /**
   * What the model stands on, as it was said.
   *
   * @internal
   */
  public readonly _instances?: Pick<PredictorOptions, 'instanceType' | 'instanceCount'>;
  /**
   * What changes with the configuration of the endpoint, where the app knows.
   *
   * @internal
   */
  public readonly _endpointVersion?: string;
  /**
   * Which part of the monitored endpoint is asked, and how much; undefined where another is.
   *
   * @internal
   */
  public readonly _monitored?: MonitoredEndpointPredictorOptions;
  private readonly givenLabelHeaders?: string[];

  private constructor(asked: AskedModel, options: PredictorOptions) {
    const { modelName, modelArn, endpointName, endpointVersion, monitored } = asked;
    const named = modelName === undefined ? [] : nameProblems(modelName);
    throwIfAny('InvalidPredictor', [...named, ...problemsOf(options)]);
    this.modelName = modelName;
    this.modelArn = modelArn;
    this.endpointName = endpointName;
    this._endpointVersion = endpointVersion;
    this._monitored = monitored;
    this._instances = { instanceType: options.instanceType, instanceCount: options.instanceCount };
    this.memorySize = options.memorySize;
    this.maxConcurrency = options.maxConcurrency;
    this.recordsPerRequest = options.recordsPerRequest;
    this.instanceType = options.instanceType ?? InstanceType.of('ml.m5.xlarge');
    this.instanceCount = options.instanceCount ?? 1;
    this.request = options.request;
    this.response = options.response;
    this.customAttributes = options.customAttributes;
    this.givenLabelHeaders = options.labelHeaders && [...options.labelHeaders];
  }

  /** The labels to which the model's scores belong. */
  public get labelHeaders(): string[] | undefined {
    return this.givenLabelHeaders && [...this.givenLabelHeaders];
  }
}

/** One of the three: a model, an endpoint, or the one that is monitored. */
interface AskedModel {
  readonly modelName?: string;
  readonly modelArn?: string;
  readonly endpointName?: string;
  readonly endpointVersion?: string;
  readonly monitored?: MonitoredEndpointPredictorOptions;
}

/** Characters of custom attributes, beside those that calls of the monitored endpoint have anyway. */
const OWN_ATTRIBUTES = 990;

function ownCallProblems(options: MonitoredEndpointPredictorOptions): Problem[] {
  const { trafficShare, maxCallsPerRun, maxCallsPerSecond, customAttributes: got } = options;
  const isLong = got !== undefined && !Token.isUnresolved(got) && got.length > OWN_ATTRIBUTES;
  const allowed = `at most ${OWN_ATTRIBUTES} characters beside the mark of the calls`;
  return [
    ...aboveZeroProblems('trafficShare', trafficShare, 1),
    ...rangeProblems('maxCallsPerRun', maxCallsPerRun, 10_000),
    ...aboveZeroProblems('maxCallsPerSecond', maxCallsPerSecond, 100),
    ...(isLong ? [{ prop: 'customAttributes', got: `${got.length} characters`, allowed }] : []),
  ];
}

function aboveZeroProblems(prop: string, got: number | undefined, most: number): Problem[] {
  if (got === undefined || Token.isUnresolved(got) || (got > 0 && got <= most)) return [];
  return [{ prop, got, allowed: `a number above 0, up to ${most}` }];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
function nameProblems(got: string): Problem[] {
  if (Token.isUnresolved(got) || /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(got)) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'modelName', got, allowed, advice: "the model's name, not its ARN or its endpoint's" }];
}

function problemsOf(options: PredictorOptions): Problem[] {
  const { instanceCount, labelHeaders, customAttributes: got, memorySize, maxConcurrency, recordsPerRequest } = options;
  const attributes = got === undefined || Token.isUnresolved(got) || /^[\x21-\x7e ]{1,1024}$/.test(got);
  return [
    ...countProblems('instanceCount', instanceCount, 1),
    ...memoryProblems(memorySize),
    ...rangeProblems('maxConcurrency', maxConcurrency, 200),
    ...rangeProblems('recordsPerRequest', recordsPerRequest, 1000),
    ...(labelHeaders ? distinctProblems('labelHeaders', labelHeaders) : []),
    ...(attributes ? [] : [{ prop: 'customAttributes', got, allowed: '1 to 1024 visible ASCII characters' }]),
  ];
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariantServerlessConfig.html */
function memoryProblems(size: Size | undefined): Problem[] {
  const got = size?.isUnresolved() ? undefined : size?.toGibibytes({ rounding: SizeRoundingBehavior.NONE });
  if (got === undefined || (Number.isInteger(got) && got >= 1 && got <= 6)) return [];
  return [{ prop: 'memorySize', got: `${got} GiB`, allowed: 'whole GiB, 1 to 6' }];
}
