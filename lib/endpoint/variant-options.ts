import type { Size } from 'aws-cdk-lib';
import { SIZE } from '../core/cdk-shapes';
import { having, instance, NUMBER, optional, type Shapes } from '../core/prop-shapes';
import { type InstanceScaling, SCALING } from './instance-scaling';
import { InstanceType } from './instance-type';
import type { IModel } from './model';

/** What every variant is told. */
export interface VariantOptions {
  /** The model that the variant serves. */
  readonly model: IModel;

  /**
   * The variant's share of the traffic at the start, relative to the sum of the weights of all variants; 0 or more.
   *
   * @default 1
   */
  readonly initialVariantWeight?: number;
}

/** A variant that runs on instances of its own. */
export interface InstanceVariantOptions extends VariantOptions {
  /** The type of the instances. */
  readonly instanceType: InstanceType;

  /**
   * How many instances the variant starts with; a whole number, 1 or more. Not beside `scaling`.
   *
   * @default 1, with scaling its `minCapacity`
   */
  readonly initialInstanceCount?: number;

  /**
   * Lets the number of instances follow the traffic. Updates of the endpoint then keep the number that was reached.
   *
   * @default - the number of instances stays as it is
   */
  readonly scaling?: InstanceScaling;
}

/** A variant without instances, which is paid by request. Nothing of it is captured. */
export interface ServerlessVariantOptions extends VariantOptions {
  /** The memory of a container: 1 to 6 whole GiB. */
  readonly memorySize: Size;

  /** How many requests are served at once; a whole number from 1 to 200. */
  readonly maxConcurrency: number;

  /**
   * For how many requests at once containers are kept warm; a whole number from 1 to `maxConcurrency`.
   *
   * @default - for none: the first request after a while waits for a container
   */
  readonly provisionedConcurrency?: number;
}

const COMMON: Shapes<VariantOptions> = {
  model: having('modelName', 'a model (IModel)'),
  initialVariantWeight: optional(NUMBER),
};

/** @internal */
export const ON_INSTANCES: Shapes<InstanceVariantOptions> = {
  ...COMMON,
  instanceType: instance(InstanceType),
  initialInstanceCount: optional(NUMBER),
  scaling: SCALING,
};

/** @internal */
export const WITHOUT_INSTANCES: Shapes<ServerlessVariantOptions> = {
  ...COMMON,
  memorySize: SIZE,
  maxConcurrency: NUMBER,
  provisionedConcurrency: optional(NUMBER),
};
