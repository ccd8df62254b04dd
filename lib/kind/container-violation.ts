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

/** What names an entry and says what it is; a number stands for its text. */
const TEXTS = [
  'feature_name',
  'metric_name',
  'facet',
  'facet_value',
  'label',
  'constraint_check_type',
  'description',
] as const satisfies readonly (keyof ContainerViolation)[];

/** One entry of a list of violations, whatever whoever wrote it put there: one that is nothing, or says nothing, is a violation nevertheless. */
export function violationOf(entry: unknown): ContainerViolation {
  const members = new Map(Object.entries(entry ?? {}));
  const texts = TEXTS.flatMap((name) => {
    const value: unknown = members.get(name);
    return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)]] : [];
  });
  return texts.length > 0
    ? Object.fromEntries(texts)
    : { description: 'the list of violations does not say what this one is about' };
}
