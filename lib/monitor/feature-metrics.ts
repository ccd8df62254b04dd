import { list, requireProps, TEXT } from '../core/prop-shapes';
import { throwIfAny } from '../core/validation-error';

/**
 * Features whose distance to the baseline becomes a CloudWatch metric of its own.
 *
 * Opt-in, because each is billed as a custom metric: the library's other metrics are per monitor, whatever the width of the data.
 *
 * @see https://aws.amazon.com/cloudwatch/pricing/
 */
export class FeatureMetrics {
  /** No metric per feature. */
  public static none(): FeatureMetrics {
    return new FeatureMetrics([]);
  }

  /**
   * One metric for each of these features.
   *
   * @param features names as in the baseline; each once, not empty
   */
  public static of(...features: string[]): FeatureMetrics {
    requireProps({ features }, { features: list(TEXT) });
    const wrong = features.length === 0 || features.includes('') || new Set(features).size < features.length;
    const problem = { prop: 'features', got: features, allowed: 'at least one name, none of them empty, each once' };
    throwIfAny('InvalidFeatureMetrics', wrong ? [problem] : []);
    return new FeatureMetrics(features);
  }

  private readonly names: string[];

  private constructor(features: string[]) {
    this.names = [...features];
  }

  /** The names of the features. */
  public get features(): string[] {
    return [...this.names];
  }
}
