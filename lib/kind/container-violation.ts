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

/** What an entry is about by whatever it names: an image of the user may write other members than the kind's own container. Empty where it names nothing. */
export function namedSubject({
  feature_name,
  facet,
  facet_value = '',
  label,
  metric_name = '',
}: ContainerViolation): string {
  const group = facet === undefined ? undefined : `${facet}=${facet_value} (${metric_name})`;
  return feature_name ?? group ?? label ?? metric_name;
}
