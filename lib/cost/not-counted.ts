import type { AppParts, BilledMonitor } from './app-parts';

/** What runs of a kind do beyond what is counted, which is what those of data quality do. */
const BEYOND: Partial<Record<BilledMonitor['kind'], string>> = {
  ModelQuality: 'labels that runs of model quality read, and bring together with predictions',
  ModelBias: 'labels that runs of bias read, and bring together with predictions',
  ModelExplainability:
    'requests by which runs of feature attributions ask a model, its endpoint, and the function that asks',
};

/** What of the runs of an app is not in its costs: each kind of monitor on the serverless engine is counted as one of data quality. */
export function notCounted({ monitors }: Pick<AppParts, 'monitors'>): string[] {
  const kinds = new Set(monitors.flatMap(({ engine, kind }) => (engine === 'serverless' ? kind : [])));
  return [...kinds].sort().flatMap((kind) => BEYOND[kind] ?? []);
}
