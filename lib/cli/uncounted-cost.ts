import type { AppParts } from '../cost/app-parts';
import { KINDS } from '../kind/kinds';

/** What of the runs of an app is not in its costs, by kind: on the serverless engine, each is counted as if it read captured records alone. */
export function uncountedCost({ monitors }: Pick<AppParts, 'monitors'>): string[] {
  const kinds = new Set(monitors.flatMap(({ engine, kind }) => (engine === 'serverless' ? kind : [])));
  return [...kinds].sort().flatMap((kind) => {
    const { aspect, readsLabels, asksModel } = KINDS[kind];
    return [
      ...(readsLabels ? [`labels that runs of ${aspect} read, and bring together with predictions`] : []),
      ...(asksModel
        ? [`requests by which runs of ${aspect} ask a model, its endpoint, and the function that asks`]
        : []),
    ];
  });
}
