import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { requireProps, struct, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';
import { type InstanceScaling, scalingProblems } from './instance-scaling';
import type { IModel } from './model';
import { refuseReplacedElsewhere } from './replaced-elsewhere';
import {
  type InstanceVariantOptions,
  ON_INSTANCES,
  type ServerlessVariantOptions,
  WITHOUT_INSTANCES,
} from './variant-options';
import {
  MAX_CONCURRENCY,
  memoryProblems,
  nameProblems,
  tokenBesideScaling,
  weightProblems,
  wholeProblems,
} from './variant-problems';

/**
 * What an endpoint configuration says about a variant, as CloudFormation writes it.
 *
 * @internal
 */
export interface ProductionVariantConfig {
  /** Unique within the endpoint. */
  readonly variantName: string;
  /** The name of the SageMaker model. */
  readonly modelName: string;
  /**
   * As SageMaker writes it: `ml.m5.large`.
   *
   * @default - the variant has no instances
   */
  readonly instanceType?: string;
  /**
   * 1 or more.
   *
   * @default - the variant has no instances
   */
  readonly initialInstanceCount?: number;
  /** 0 or more. */
  readonly initialVariantWeight: number;
  /**
   * Of a variant without instances.
   *
   * @default - the variant has instances
   */
  readonly serverlessConfig?: ServerlessConfig;
}

/**
 * The capacity of a variant without instances.
 *
 * @internal
 */
export interface ServerlessConfig {
  /** 1024 to 6144 by 1024. */
  readonly memorySizeInMb: number;
  /** 1 to 200. */
  readonly maxConcurrency: number;
  /**
   * 1 to `maxConcurrency`.
   *
   * @default - none
   */
  readonly provisionedConcurrency?: number;
}

/**
 * One of the models behind an endpoint, and the capacity that serves it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html
 *
 * @example
 * declare const model: Model;
 * ProductionVariant.instances('live', { model, instanceType: InstanceType.of('ml.m5.large') });
 */
export abstract class ProductionVariant {
  /**
   * Serves a model on instances that run all the time.
   *
   * @param variantName part of the keys of captured data and dimension of the variant's metrics: 1 to 63 letters,
   * digits and hyphens, with a letter or digit at both ends
   * @param options model and capacity
   */
  public static instances(variantName: string, options: InstanceVariantOptions): ProductionVariant {
    requireProps({ variantName, options }, { variantName: TEXT, options: struct(ON_INSTANCES) });
    return new InstanceVariant(variantName, options);
  }

  /**
   * Serves a model without instances. The endpoint has this variant alone.
   *
   * @param variantName dimension of the variant's metrics: 1 to 63 letters, digits and hyphens, with a letter or digit at both ends
   * @param options model and capacity
   * @see https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
   */
  public static serverless(variantName: string, options: ServerlessVariantOptions): ProductionVariant {
    requireProps({ variantName, options }, { variantName: TEXT, options: struct(WITHOUT_INSTANCES) });
    return new ServerlessVariant(variantName, options);
  }

  /** Unique within the endpoint; part of the keys of captured data and dimension of the variant's metrics. */
  public abstract readonly variantName: string;

  /** The model that the variant serves. */
  public abstract readonly model: IModel;

  /**
   * Returns how the endpoint configuration describes the variant.
   *
   * @param scope the endpoint
   *
   * @internal
   */
  public abstract _bind(scope: Construct): ProductionVariantConfig;

  /**
   * What the variant runs on, as it is known before it is bound.
   *
   * @internal
   */
  public abstract readonly _capacity: VariantCapacity;
}

/**
 * What a variant runs on.
 *
 * @internal
 */
export interface VariantCapacity {
  /** 0 or more */
  readonly weight: number;
  /** whether the app says it */
  readonly hasOwnWeight: boolean;
  /** absent without instances */
  readonly instanceType?: string;
  /** absent without instances */
  readonly instanceCount?: number;
  /** absent where the number of instances stays */
  readonly scaling?: InstanceScaling;
}

class InstanceVariant extends ProductionVariant {
  public readonly model: IModel;

  constructor(
    public readonly variantName: string,
    private readonly options: InstanceVariantOptions,
  ) {
    super();
    throwIfAny('InvalidProductionVariant', [
      ...nameProblems(variantName),
      ...wholeProblems('initialInstanceCount', options.initialInstanceCount, Number.POSITIVE_INFINITY),
      ...weightProblems(options.initialVariantWeight),
      ...scalingProblems(options.scaling, options.initialInstanceCount),
      ...(options.scaling && Token.isUnresolved(variantName) ? [tokenBesideScaling(variantName)] : []),
    ]);
    this.model = options.model;
  }

  public get _capacity(): VariantCapacity {
    const { instanceType, scaling, initialVariantWeight: weight } = this.options;
    const instanceCount = this.options.initialInstanceCount ?? scaling?.minCapacity ?? 1;
    const hasOwnWeight = weight !== undefined;
    return { weight: weight ?? 1, hasOwnWeight, instanceType: instanceType.name, instanceCount, scaling };
  }

  public _bind(scope: Construct): ProductionVariantConfig {
    refuseReplacedElsewhere(scope, 'model', this.model.modelName);
    const { instanceType, instanceCount, weight } = this._capacity;
    return {
      variantName: this.variantName,
      modelName: this.model.modelName,
      instanceType,
      initialInstanceCount: instanceCount,
      initialVariantWeight: weight,
    };
  }
}

class ServerlessVariant extends ProductionVariant {
  public readonly model: IModel;

  constructor(
    public readonly variantName: string,
    private readonly options: ServerlessVariantOptions,
  ) {
    super();
    const { maxConcurrency, provisionedConcurrency } = options;
    const most = Token.isUnresolved(maxConcurrency) ? MAX_CONCURRENCY : maxConcurrency;
    throwIfAny('InvalidProductionVariant', [
      ...nameProblems(variantName),
      ...weightProblems(options.initialVariantWeight),
      ...memoryProblems(options.memorySize),
      ...wholeProblems('maxConcurrency', maxConcurrency, MAX_CONCURRENCY),
      ...wholeProblems('provisionedConcurrency', provisionedConcurrency, Math.min(most, MAX_CONCURRENCY)),
    ]);
    this.model = options.model;
  }

  public get _capacity(): VariantCapacity {
    const { initialVariantWeight: weight } = this.options;
    return { weight: weight ?? 1, hasOwnWeight: weight !== undefined };
  }

  public _bind(scope: Construct): ProductionVariantConfig {
    refuseReplacedElsewhere(scope, 'model', this.model.modelName);
    const { memorySize, maxConcurrency, provisionedConcurrency } = this.options;
    return {
      variantName: this.variantName,
      modelName: this.model.modelName,
      initialVariantWeight: this._capacity.weight,
      serverlessConfig: { memorySizeInMb: memorySize.toMebibytes(), maxConcurrency, provisionedConcurrency },
    };
  }
}
