import type { AppParts } from '../cost/app-parts';
import { readingMonth } from '../cost/monthly-cost';
import { KINDS } from '../kind/kinds';

/** What of an app is not in its costs: endpoints on instances, whose hours are billed whoever asks, and what watches read of trainings, by how long those go on. */
export function uncountedCost({ monitors, trainingMetrics }: Pick<AppParts, 'monitors' | 'trainingMetrics'>): string[] {
  const asking = monitors.filter(({ reading }) => reading?.asked && reading.asked.memory === undefined);
  const aspects = new Set(asking.map(({ kind }) => KINDS[kind].aspect));
  return [
    ...[...aspects].map((aspect) => `endpoints on instances at which runs of ${aspect} ask a model`),
    ...(trainingMetrics === 0
      ? []
      : [
          `${trainingMetrics} metrics of each training job that is watched, ${readingMonth().toFixed(2)} each for a month under way`,
        ]),
  ];
}
