import type { Constraints, FeatureStatistics, Statistics } from '../schemas';
import { brief, listed } from '../words';
import { comparisonSettings, isEvaluated } from './detectors';
import type { TextStatistics } from './text/text-statistics';

/**
 * What the files of a baseline will never be compared with, in words without data: it is known before there is a window. `text` is what
 * is kept of text of too many values beside them. Nothing for files that compare every feature, or have none.
 */
export function baselineNotes(statistics: Statistics, constraints: Constraints, text?: TextStatistics): string[] {
  const asked = new Set(constraints.features.map(({ name }) => name));
  const features = statistics.features.filter(({ name }) => asked.has(name));
  const unchecked = features.filter(({ name }) => !isEvaluated(constraints, name));
  const uncompared = features.filter(
    (feature) => isEvaluated(constraints, feature.name) && isOff(constraints, feature),
  );
  const mostlyNumbers = new Set(text?.features.filter(({ numbers }) => numbers !== undefined).map(({ name }) => name));
  const fate = text
    ? "compared by its form and the groups of its known values (by Model Monitor's rules not at all)"
    : 'not compared';
  return [
    ...note('not in constraints.json, so that nothing is checked', statistics.features, ({ name }) => !asked.has(name)),
    ...note('evaluate_constraints is "Disabled", so that nothing is checked', unchecked),
    ...note('perform_comparison is "Disabled", so that drift is not seen', uncompared),
    ...note(`text of too many values for a histogram, ${fate}`, features.filter(isLongText)),
    ...note(MOSTLY_NUMBERS, features, ({ name }) => mostlyNumbers.has(name)),
  ];
}

const MOSTLY_NUMBERS =
  'numbers with text among them, compared as text, and the numbers by themselves; where the text stands for no value, leave the field empty';

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
