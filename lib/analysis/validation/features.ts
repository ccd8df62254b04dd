import { brief } from '../words';
import { basic, type FileProblem, list, object, type Shape } from './shape';

/** What both files of a baseline share: a list of features with names. */
export function fileOfFeatures(feature: Shape, others: { readonly [name: string]: Shape }): Shape {
  return basic(object({ ...others, features: basic(list(basic(feature))) }));
}

/** No feature at all, and names that occur twice. The features have names. */
export function nameProblems(features: readonly { readonly name: string }[]): FileProblem[] {
  if (features.length === 0) {
    return [{ weight: 'Meaning', place: 'features', found: 'an empty list', allowed: 'at least one feature' }];
  }
  const seen = new Set<string>();
  return features.flatMap(({ name }, index): FileProblem[] => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const advice = 'rename one of the columns that have the name';
    return [
      {
        weight: 'Meaning',
        place: `features[${index}].name`,
        found: brief(name),
        allowed: 'a name that no other feature has',
        advice,
      },
    ];
  });
}
