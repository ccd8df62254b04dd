import { Token } from 'aws-cdk-lib';
import { list, requireProps, TEXT } from '../core/prop-shapes';
import { type Problem, throwIfAny } from '../core/validation-error';
import { nameProblems } from './analysis-problems';

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
   * @param features names as in the baseline, each once: 1 to 1,024 characters of ASCII, not spaces alone, for CloudWatch takes no others
   * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Dimension.html
   */
  public static of(...features: string[]): FeatureMetrics {
    requireProps({ features }, { features: list(TEXT) });
    throwIfAny('InvalidFeatureMetrics', [
      ...nameProblems('features', features),
      ...features.flatMap(dimensionProblems),
    ]);
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

/** What CloudWatch takes as the value of a dimension. */
const DIMENSION_VALUE = /^(?=.*[!-~])[ -~]{1,1024}$/;

function dimensionProblems(got: string): Problem[] {
  if (got === '' || Token.isUnresolved(got) || DIMENSION_VALUE.test(got)) return [];
  const allowed = '1 to 1024 characters of ASCII, not spaces alone, none of them a control character';
  const advice =
    'CloudWatch takes no other dimension: rename the column by a RecordTransformation, or look at its distance in report.json';
  return [{ prop: 'features', got, allowed, advice }];
}
