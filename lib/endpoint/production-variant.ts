import { Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { having, instance, NUMBER, optional, requireProps, struct, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { InstanceType } from './instance-type';
import type { IModel } from './model';
import { refuseReplacedElsewhere } from './replaced-elsewhere';

/** A variant that runs on instances of its own. */
export interface InstanceVariantOptions {
  /** The model that the variant serves. */
  readonly model: IModel;

  /** The type of the instances. */
  readonly instanceType: InstanceType;

  /**
   * How many instances the variant starts with; a whole number, 1 or more.
   *
   * @default 1
   */
  readonly initialInstanceCount?: number;

  /**
   * The variant's share of the traffic at the start, relative to the sum of the weights of all variants; 0 or more.
   *
   * @default 1
   */
  readonly initialVariantWeight?: number;
}

/**
 * What an endpoint configuration says about a variant.
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
    requireProps({ variantName, options }, { variantName: TEXT, options: OPTIONS });
    return new InstanceVariant(variantName, options);
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
}

/** @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ProductionVariant.html */
const VARIANT_NAME = /^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$/;

const OPTIONS = struct<InstanceVariantOptions>({
  model: having('modelName', 'a model (IModel)'),
  instanceType: instance(InstanceType),
  initialInstanceCount: optional(NUMBER),
  initialVariantWeight: optional(NUMBER),
});

class InstanceVariant extends ProductionVariant {
  public readonly model: IModel;

  constructor(
    public readonly variantName: string,
    private readonly options: InstanceVariantOptions,
  ) {
    super();
    const { initialInstanceCount: count = 1, initialVariantWeight: weight = 1 } = options;
    const problems: Problem[] = [];
    if (!Token.isUnresolved(variantName) && (variantName.length > 63 || !VARIANT_NAME.test(variantName))) {
      const allowed = '1 to 63 letters, digits and hyphens, with a letter or digit at both ends';
      problems.push({ prop: 'variantName', got: variantName, allowed });
    }
    if (!Token.isUnresolved(count) && !(Number.isInteger(count) && count >= 1)) {
      problems.push({ prop: 'initialInstanceCount', got: count, allowed: 'a whole number, 1 or more' });
    }
    if (!Token.isUnresolved(weight) && !(weight >= 0)) {
      problems.push({ prop: 'initialVariantWeight', got: weight, allowed: 'a number, 0 or more' });
    }
    throwIfAny('InvalidProductionVariant', problems);
    this.model = options.model;
  }

  public _bind(scope: Construct): ProductionVariantConfig {
    refuseReplacedElsewhere(scope, 'model', this.model.modelName);
    return {
      variantName: this.variantName,
      modelName: this.model.modelName,
      instanceType: this.options.instanceType.name,
      initialInstanceCount: this.options.initialInstanceCount ?? 1,
      initialVariantWeight: this.options.initialVariantWeight ?? 1,
    };
  }
}
