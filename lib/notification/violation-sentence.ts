import type { UnjudgedViolation } from '../outcome/confirmation';
import type { Figure } from '../outcome/contract';

/** A violation whose figures are known. */
type Measured = UnjudgedViolation & { readonly observed: Figure; readonly expected: Figure };

type Sentence = (violation: Measured) => string;

/**
 * The sentences by check type, of Model Monitor's and Clarify's containers and of this library's analyzer alike.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
const SENTENCES: ReadonlyMap<string, Sentence> = new Map([
  [
    'data_type_check',
    ({ expectedType, ...rest }) => share(rest, expectedType ? `of type ${expectedType}` : "of the baseline's type"),
  ],
  ['completeness_check', (violation) => share(violation, 'present')],
  ['categorical_values_check', (violation) => share(violation, "among the baseline's")],
  ['baseline_drift_check', (violation) => within(violation, 'a distribution')],
  ['known_values_check', (violation) => share(violation, "among the baseline's")],
  ['text_length_check', (violation) => within(violation, 'lengths')],
  ['text_form_check', (violation) => within(violation, 'forms of text')],
  ['numbers_among_text_check', (violation) => within(violation, 'numbers')],
  ['missing_column_check', (violation) => columns(violation, 'Missing') ?? missing(violation)],
  ['extra_column_check', (violation) => columns(violation, 'Extra') ?? violation.description],
  ['LessThanThreshold', (violation) => metric(violation, 'least')],
  ['GreaterThanThreshold', (violation) => metric(violation, 'most')],
  [
    'concept_drift_check',
    ({ feature, observed, expected }) =>
      `${feature}: expected ${number(expected)} by the model's own probabilities, saw ${number(observed)} by the labels`,
  ],
  [
    'model_decay_check',
    ({ feature, observed, expected }) =>
      `${feature}: went from ${number(expected)} to ${number(observed)}, step by step over the last windows`,
  ],
  [
    'bias_drift_check',
    ({ feature, observed, expected }) =>
      `${feature}: expected a value no farther from 0 than the baseline's ${number(expected)}, saw ${number(observed)}`,
  ],
  [
    'feature_attribution_drift_check',
    ({ feature, observed, expected }) =>
      `${feature}: expected an order of features that scores at least ${number(expected)} against the baseline's, saw ${number(observed)}`,
  ],
]);

const share = ({ feature, observed, expected }: Measured, wanted: string) =>
  `${feature}: expected ${percent(expected)} of the values to be ${wanted}, saw ${percent(observed)}`;

const within = ({ feature, observed, expected }: Measured, what: string) =>
  `${feature}: expected ${what} within ${number(expected)} of the baseline's, saw a distance of ${number(observed)}`;

/** Of the container, which counts columns and names none. */
const columns = ({ feature, observed, expected }: Measured, which: string) =>
  feature === `${which} columns` ? `${feature}: expected ${expected} columns, saw ${observed}` : undefined;

const missing = ({ feature }: Measured) =>
  `${feature}: expected the column that the baseline has, saw none of this name`;

const metric = ({ feature, observed, expected }: Measured, side: string) =>
  `${feature}: expected at ${side} ${number(expected)}, saw ${number(observed)}`;

/**
 * One violation as a sentence: the feature, what was expected, what was seen.
 *
 * Of a check that is not known, or without figures, the description is repeated as it is, after feature and check.
 */
export function violationSentence(violation: UnjudgedViolation): string {
  const { feature, check, description, observed, expected } = violation;
  const sentence = SENTENCES.get(check);
  if (!sentence || observed === undefined || expected === undefined) return `${feature}: ${check}, ${description}`;
  return sentence({ ...violation, observed, expected });
}

/** Four significant digits. */
const number = (figure: Figure) => significant(Number(figure), 4);

/** Four significant digits, but what is below 100 never reads as 100: it then has all that a double is sure of. */
function percent(figure: Figure): string {
  const value = Number(figure) * 100;
  const rounded = significant(value, 4);
  return `${rounded === '100' ? significant(value, 15) : rounded}%`;
}

const significant = (value: number, digits: number) => String(Number(value.toPrecision(digits)));
