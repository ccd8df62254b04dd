import type { Constraints, FeatureStatistics, Statistics } from '../schemas';
import { brief, listed } from '../words';
import { comparisonSettings, isEvaluated } from './detectors';

/**
 * What the files of a baseline will never be compared with, in words without data: it is known before there is a window. `textIsKept` says whether
 * something is kept of text of too many values beside them. Nothing for files that compare every feature, or have none.
 */
export function baselineNotes(statistics: Statistics, constraints: Constraints, textIsKept: boolean): string[] {
  const asked = new Set(constraints.features.map(({ name }) => name));
  const features = statistics.features.filter(({ name }) => asked.has(name));
  const unchecked = features.filter(({ name }) => !isEvaluated(constraints, name));
  const uncompared = features.filter(
    (feature) => isEvaluated(constraints, feature.name) && isOff(constraints, feature),
  );
  const text = features.filter(isLongText);
  const fate = textIsKept
    ? "compared by its form and the groups of its known values (by Model Monitor's rules not at all)"
    : 'not compared';
  return [
    ...note('not in constraints.json, so that nothing is checked', statistics.features, ({ name }) => !asked.has(name)),
    ...note('evaluate_constraints is "Disabled", so that nothing is checked', unchecked),
    ...note('perform_comparison is "Disabled", so that drift is not seen', uncompared),
    ...note(`text of too many values for a histogram, ${fate}`, text),
  ];
}

function note(what: string, features: readonly FeatureStatistics[], isMeant = (_: FeatureStatistics) => true) {
  const names = features.filter(isMeant).map(({ name }) => brief(name));
  return names.length > 0 ? [`${what}: ${listed('column', names)}`] : [];
}

const isOff = (constraints: Constraints, { name }: FeatureStatistics) =>
  comparisonSettings(constraints, name).perform_comparison === 'Disabled';

const isLongText = ({ string_statistics }: FeatureStatistics) =>
  string_statistics !== undefined &&
  string_statistics.common.num_present > 0 &&
  !string_statistics.distribution?.categorical;
