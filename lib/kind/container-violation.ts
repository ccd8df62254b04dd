/**
 * One entry of a container's constraint_violations.json. Which members name what is violated depends on the kind of monitor.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
export interface ContainerViolation {
  readonly feature_name?: string;
  readonly metric_name?: string;
  readonly facet?: string;
  readonly facet_value?: string;
  readonly label?: string;
  readonly constraint_check_type?: string;
  readonly description?: string;
}
