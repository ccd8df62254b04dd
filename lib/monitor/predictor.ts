import { Token } from 'aws-cdk-lib';
import { having, instance, list, NUMBER, oneOf, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { InstanceType } from '../endpoint/instance-type';
import type { IModel } from '../endpoint/model';
import { countProblems, distinctProblems } from './analysis-problems';
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

/** How an analysis asks a model. */
export interface PredictorOptions {
  /**
   * Type of the instances of the endpoint that each job starts.
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
}

const OPTIONS = struct<PredictorOptions>({
  instanceType: optional(instance(InstanceType)),
  instanceCount: optional(NUMBER),
  request: optional(instance(PredictorRequest)),
  response: optional(oneOf(PredictorResponse)),
  labelHeaders: optional(list(TEXT)),
  customAttributes: optional(TEXT),
});

/**
 * A model that an analysis asks for predictions. On Model Monitor, Clarify does so by an endpoint of its own: each job starts it, and deletes it at its
 * end. The model's instances are billed for that time beside those of the job. The watched endpoint is not asked.
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
    return new Predictor(model.modelName, options, model.modelArn);
  }

  /**
   * Asks a model of the monitor's account and region.
   *
   * @param modelName its own spelling; may be a token
   */
  public static fromModelName(modelName: string, options: PredictorOptions = {}): Predictor {
    requireProps({ modelName, options }, { modelName: TEXT, options: OPTIONS });
    return new Predictor(modelName, options);
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
  private readonly givenLabelHeaders?: string[];

  private constructor(
    /** Name of the model. */
    public readonly modelName: string,
    options: PredictorOptions,
    /** ARN of the model, where it is known. */
    public readonly modelArn?: string,
  ) {
    throwIfAny('InvalidPredictor', [...nameProblems(modelName), ...problemsOf(options)]);
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

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateModel.html */
function nameProblems(got: string): Problem[] {
  if (Token.isUnresolved(got) || /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/.test(got)) return [];
  const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
  return [{ prop: 'modelName', got, allowed, advice: "the model's name, not its ARN or its endpoint's" }];
}

function problemsOf({ instanceCount, labelHeaders, customAttributes: got }: PredictorOptions): Problem[] {
  const attributes = got === undefined || Token.isUnresolved(got) || /^[\x21-\x7e ]{1,1024}$/.test(got);
  return [
    ...countProblems('instanceCount', instanceCount, 1),
    ...(labelHeaders ? distinctProblems('labelHeaders', labelHeaders) : []),
    ...(attributes ? [] : [{ prop: 'customAttributes', got, allowed: '1 to 1024 visible ASCII characters' }]),
  ];
}
