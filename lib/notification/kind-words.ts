import type { MonitorKindName } from '../outcome/contract';

/** How a kind of monitor speaks of what it found. */
export interface KindWords {
  /** what is watched, as in "Monitoring of {name} failed for churn" */
  readonly name: string;
  /** of a run with violations, of which there is at least one */
  readonly headline: (violationCount: number, watched: string) => string;
  /** what to do about them; lines of at most 130 characters */
  readonly advice: readonly string[];
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The words of each kind of monitor, and the files that its reports have. */
export const KIND_WORDS: { readonly [kind in MonitorKindName]: KindWords } = {
  DataQuality: {
    name: 'data quality',
    headline: (count, watched) => `${counted(count, 'violation')} in data quality of ${watched}`,
    advice: [
      'look at the features above in constraint_violations.json and statistics.json of the report.',
      'If the data has rightly changed, make a new baseline or override its constraints; if not, look for the change at its source,',
      'or retrain the model on newer data.',
    ],
  },
  ModelQuality: {
    name: 'model quality',
    headline: (count, watched) =>
      `${counted(count, 'metric')} of model quality of ${watched} beyond ${count === 1 ? 'its threshold' : 'their thresholds'}`,
    advice: [
      'look at the metrics above in constraint_violations.json and statistics.json of the report.',
      'See first whether the labels (ground truth) of the window are right and complete, then whether data quality has drifted.',
      'If the model has aged, retrain it on newer data; if the baseline asks for too much, override its thresholds.',
    ],
  },
  ModelBias: {
    name: 'bias',
    headline: (count, watched) =>
      `Bias of ${watched} is farther from 0 than its baseline in ${counted(count, 'metric')}`,
    advice: [
      'look at the groups and metrics above in constraint_violations.json and analysis.json of the report; report.pdf explains them.',
      'See whether the group has few records in the window, or other labels than in the baseline; a small group varies by chance.',
      'If the model treats it differently, retrain the model on data that represent the group; if not, make a new baseline.',
    ],
  },
  ModelExplainability: {
    name: 'feature attributions',
    headline: (count, watched) => `Feature attributions of ${watched} have drifted for ${counted(count, 'output')}`,
    advice: [
      'compare global_shap_values in analysis.json of the report with those of the baseline; report.pdf shows their order.',
      'The predictions rest on other features than before: look at the data quality of those that gained or lost weight.',
      'If the data has rightly changed, retrain the model and make a new baseline; if not, look for the change at its source.',
    ],
  },
};
