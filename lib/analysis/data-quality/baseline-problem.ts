import type { Constraints, FeatureStatistics, Statistics } from '../schemas';
import { comparisonSettings } from './detectors';

/**
 * Why a window cannot be checked against the files of a baseline, in words without data; undefined where it can. The files must name the same
 * features, in any order (columns without names are matched in the order of the statistics), and numbers that are to be compared need a sketch.
 */
export function baselineProblem(statistics: Statistics, constraints: Constraints): string | undefined {
  const known = new Map(statistics.features.map((feature) => [feature.name, feature]));
  const stray = constraints.features.filter(({ name }) => !known.has(name));
  if (stray.length > 0) {
    return `constraints.json has features that statistics.json lacks: ${names(stray)}; both files must come from the same dataset`;
  }
  const blind = constraints.features.flatMap(({ name }) => {
    const feature = known.get(name);
    return feature && isAsked(constraints, name) && lacksSketch(feature) ? [feature] : [];
  });
  if (blind.length === 0) return undefined;
  return (
    `statistics.json has no distribution (numerical_statistics.distribution.kll.sketch.data) of ${names(blind)}, so that drift cannot be seen; ` +
    'compute the baseline with an engine of this library or with Model Monitor, or switch off the comparison of these features (perform_comparison)'
  );
}

const isAsked = (constraints: Constraints, feature: string) =>
  comparisonSettings(constraints, feature).perform_comparison !== 'Disabled';

const lacksSketch = ({ numerical_statistics }: FeatureStatistics) =>
  numerical_statistics !== undefined &&
  numerical_statistics.common?.num_present !== 0 &&
  !numerical_statistics.distribution?.kll?.sketch?.data?.some((level) => level.length > 0);

/** How many names a message has. */
const NAMES = 20;

const names = (features: readonly { readonly name: string }[]) =>
  features
    .slice(0, NAMES)
    .map(({ name }) => JSON.stringify(name))
    .join(', ') + (features.length > NAMES ? ` and ${features.length - NAMES} more` : '');
