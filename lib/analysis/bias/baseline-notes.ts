import { MIN_GROUP_ROWS } from './judgement';
import type { BiasAnalysis } from './schemas';

/** Facets with groups of so few rows that little is known of them; nothing of a file that does not say how many they have. */
export function baselineNotes({ sampling }: BiasAnalysis): string[] {
  const facets = Object.entries(sampling?.pre_training_bias_metrics ?? {});
  return facets.flatMap(([facet, all]) => {
    const small = all.filter(({ rows, other_rows }) => Math.min(rows, other_rows) < MIN_GROUP_ROWS);
    if (small.length === 0) return [];
    const groups = small.length === 1 ? '1 group' : `${small.length} groups`;
    return [
      `of "${facet}", ${groups} or all other rows are fewer than ${MIN_GROUP_ROWS} rows of the dataset: such metrics vary by chance`,
    ];
  });
}

/** Why nothing could ever be compared with the metrics of a facet, as when a value is misspelt; undefined where there is no such facet. */
export function emptyGroup({ sampling }: BiasAnalysis): string | undefined {
  for (const [facet, groups] of Object.entries(sampling?.pre_training_bias_metrics ?? {})) {
    if (groups.some(({ rows }) => rows === 0)) return `column "${facet}": no row is in the group that is named`;
    if (groups.some(({ other_rows: others }) => others === 0)) return `column "${facet}": every row is in one group`;
  }
  return undefined;
}
