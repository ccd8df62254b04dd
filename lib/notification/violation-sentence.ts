import type { EventViolation } from '../outcome/contract';

/** How one check's description reads, and the sentence made of its parts. */
interface Wording {
  readonly pattern: RegExp;
  readonly sentence: (feature: string, parts: readonly string[]) => string;
}

/**
 * The wordings of Model Monitor's and Clarify's containers, and of this library's analyzer, which writes the same.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-interpreting-violations.html
 */
const WORDINGS: readonly Wording[] = [
  {
    pattern: /Expected data type: (\w+), Expected match: (\S+)%\. Observed: Only (\S+)% of data is/,
    sentence: (feature, [type, expected, seen]) =>
      `${feature}: expected ${percent(expected)} of the values to be of type ${type}, saw ${percent(seen)}`,
  },
  {
    pattern: /completeness requirement is not met\. Expected: (\S+)%\. Observed: Only (\S+)%/,
    sentence: (feature, [expected, seen]) =>
      `${feature}: expected ${percent(expected)} of the values to be present, saw ${percent(seen)}`,
  },
  {
    pattern: /distance: (\S+) exceeds (?:\w+ )?threshold: (\S+)/,
    sentence: (feature, [seen, expected]) =>
      `${feature}: expected a distribution within ${number(expected)} of the baseline's, saw a distance of ${number(seen)}`,
  },
  {
    pattern: /Categorical value match requirement is not met\. Expected match: (\S+)%\. Observed: (\S+)%/,
    sentence: (feature, [expected, seen]) =>
      `${feature}: expected ${percent(expected)} of the values to be among the baseline's, saw ${percent(seen)}`,
  },
  {
    pattern: /(missing|extra) columns in current dataset\. .*current dataset: (\d+), .*baseline constraints: (\d+)/,
    sentence: (_, [how, seen, expected]) =>
      `${how === 'missing' ? 'Missing' : 'Extra'} columns: expected ${expected} columns, saw ${seen}`,
  },
  {
    pattern: /Metric (\S+) with (\S+)(?: \+\/- \S+)? was (Less|Greater)ThanThreshold '(\S+)'/,
    sentence: (_, [metric, seen, side, expected]) =>
      `${metric}: expected at ${side === 'Less' ? 'least' : 'most'} ${number(expected)}, saw ${number(seen)}`,
  },
  {
    pattern: /Metric value (\S+) doesn't meet the baseline constraint requirement (\S+)/,
    sentence: (feature, [seen, expected]) =>
      `${feature}: expected a value no farther from 0 than the baseline's ${number(expected)}, saw ${number(seen)}`,
  },
  {
    pattern: /Feature attribution drift (\S+) exceeds threshold (\S+)/,
    sentence: (feature, [seen, expected]) =>
      `${feature}: expected an order of features that scores at least ${number(expected)} against the baseline's, saw ${number(seen)}`,
  },
];

/**
 * One violation as a sentence: the feature, what was expected, what was seen.
 *
 * A description in no known wording is repeated as it is, after feature and check.
 */
export function violationSentence({ feature, check, description }: EventViolation): string {
  for (const { pattern, sentence } of WORDINGS) {
    const match = pattern.exec(description);
    if (match) return sentence(feature, match.slice(1));
  }
  return `${feature}: ${check}, ${description}`;
}

/** Four significant digits; a text that is no number stays as it is. */
function number(text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? String(Number(value.toPrecision(4))) : text;
}

/** As `number`, but what is below 100 never reads as 100. */
function percent(text: string): string {
  const rounded = number(text);
  return `${rounded === '100' && Number(text) < 100 ? text : rounded}%`;
}
