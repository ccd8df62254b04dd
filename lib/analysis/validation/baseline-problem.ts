import { comparisonSettings } from '../data-quality/detectors';
import { withoutNestedOverrides } from '../data-quality/nested-overrides';
import type { Constraints, FeatureStatistics, Statistics } from '../schemas';
import { brief } from '../words';
import { constraintsProblems } from './constraints-file';
import { asked, inWords, type NamedProblem, type Rigour } from './problem-words';
import type { FileProblem } from './shape';
import { statisticsProblems } from './statistics-file';

/** The files of a data-quality baseline, as they were read; one that is absent is not judged. */
export interface BaselineContents {
  readonly 'statistics.json'?: unknown;
  readonly 'constraints.json'?: unknown;
}

/**
 * Why files are no baseline that a window can be checked against, in words without data; undefined where they are. With `Meaning` they must name
 * the same features, in any order (columns without names are matched in the order of the statistics), and numbers that are to be compared need
 * a sketch.
 */
export function baselineProblem(files: BaselineContents, rigour: Rigour = 'Meaning'): string | undefined {
  const all = [
    ...problemsOf(files, 'statistics.json', statisticsProblems),
    ...problemsOf(files, 'constraints.json', constraintsProblems),
  ];
  const single = asked(all, rigour);
  const both = 'statistics.json' in files && 'constraints.json' in files;
  if (single.length > 0) return inWords(single, ADVICE);
  if (!both || rigour !== 'Meaning') return undefined;
  return differenceProblem(
    files['statistics.json'] as Statistics,
    withoutNestedOverrides(files['constraints.json'] as Constraints),
  );
}

function problemsOf(
  files: BaselineContents,
  file: keyof BaselineContents,
  problems: (content: unknown) => FileProblem[],
): NamedProblem[] {
  if (!(file in files)) return [];
  return problems(files[file]).map((problem) => ({ ...problem, file, owner: ownerOf(problem.place, files[file]) }));
}

/** What is wrong with the files together; each of them is whole. */
function differenceProblem(statistics: Statistics, constraints: Constraints): string | undefined {
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
  numerical_statistics.common.num_present !== 0 &&
  !numerical_statistics.distribution?.kll?.sketch?.data?.some((level) => level.length > 0);

const ADVICE = 'mend the file, or compute the baseline with an engine of this library or with Model Monitor';

/** ` of "age"` for a place inside a feature that has a name. */
function ownerOf(place: string, content: unknown): string {
  const [, index, rest] = /^features\[(\d+)\](.*)/.exec(place) ?? [];
  if (index === undefined || rest === '.name') return '';
  const { name } = (content as { features: { name?: unknown }[] }).features[Number(index)] ?? {};
  return typeof name === 'string' ? ` of ${brief(name)}` : '';
}

/** How many names a message has. */
const NAMES = 20;

const names = (features: readonly { readonly name: string }[]) =>
  features
    .slice(0, NAMES)
    .map(({ name }) => brief(name))
    .join(', ') + (features.length > NAMES ? ` and ${features.length - NAMES} more` : '');
