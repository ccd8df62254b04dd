import type { IModel } from './model';
import { ProductionVariant } from './production-variant';
import type { InstanceVariantOptions } from './variant-options';

/**
 * A model that is sent copies of what the production variant is asked. What it answers goes to nobody: it is measured, and captured where data are.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/shadow-tests.html
 *
 * @example
 * declare const candidate: Model;
 * ShadowVariant.instances('candidate', { model: candidate, instanceType: InstanceType.of('ml.m5.large') });
 */
export class ShadowVariant {
  /**
   * Serves a model on instances that run all the time.
   *
   * @param variantName dimension of the variant's metrics, another than that of the production variant
   * @param options model and capacity; with the weight of the production variant, as by default, all requests are copied
   */
  public static instances(variantName: string, options: InstanceVariantOptions): ShadowVariant {
    return new ShadowVariant(ProductionVariant.instances(variantName, options));
  }

  /** The variant as SageMaker knows it: a shadow is described as a production variant is. */
  private constructor(
    /** @internal */
    public readonly _variant: ProductionVariant,
  ) {}

  /** Unique within the endpoint. */
  public get variantName(): string {
    return this._variant.variantName;
  }

  /** The model that the variant serves. */
  public get model(): IModel {
    return this._variant.model;
  }
}
