import { counted } from './counted';
import type { MonitorKindName } from './kind-sheet';

/** What messages say of the violations of a kind: nobody else needs it. */
export interface KindWords {
  /** Of a run with violations, of which there is at least one; `watched` is the endpoint. */
  readonly headline: (violationCount: number, watched: string) => string;
  /** What to do about them; lines of at most 130 characters. */
  readonly advice: readonly string[];
}

/** The words of every kind: a kind without any does not compile. */
export const KIND_WORDS: { readonly [kind in MonitorKindName]: KindWords } = {
  DataQuality: {
    headline: (count, watched) => `${counted(count, 'violation')} in data quality of ${watched}`,
    advice: [
      'look at the features above in constraint_violations.json and statistics.json of the report.',
      'If the data has rightly changed, make a new baseline or override its constraints; if not, look for the change at its source,',
      'or retrain the model on newer data.',
    ],
  },
  ModelQuality: {
    headline: (count, watched) =>
      `${counted(count, 'metric')} of model quality of ${watched} worse than ${count === 1 ? 'it' : 'they'} should be`,
    advice: [
      'look at the metrics above in constraint_violations.json and statistics.json of the report.',
      'See first whether the labels (ground truth) of the window are right and complete, then whether data quality has drifted.',
      'If the model has aged, retrain it on newer data; if the baseline asks for too much, override its thresholds.',
    ],
  },
  ModelBias: {
    headline: (count, watched) =>
      `Bias of ${watched} is farther from 0 than its baseline in ${counted(count, 'metric')}`,
    advice: [
      'look at the groups and metrics above in constraint_violations.json and analysis.json of the report.',
      'See whether the group has few records in the window, or other labels than in the baseline; a small group varies by chance.',
      'If the model treats it differently, retrain the model on data that represent the group; if not, make a new baseline.',
    ],
  },
  ModelExplainability: {
    headline: (count, watched) => `Feature attributions of ${watched} have drifted for ${counted(count, 'output')}`,
    advice: [
      'compare global_shap_values in analysis.json of the report with those of the baseline.',
      'The predictions rest on other features than before: look at the data quality of those that gained or lost weight.',
      'If the data has rightly changed, retrain the model and make a new baseline; if not, look for the change at its source.',
    ],
  },
};
