import type { AppParts } from '../cost/app-parts';
import { KINDS } from '../kind/kinds';

/** What of the runs of an app is not in its costs: endpoints on instances, whose hours are billed whoever asks. */
export function uncountedCost({ monitors }: Pick<AppParts, 'monitors'>): string[] {
  const asking = monitors.filter(({ reading }) => reading?.asked && reading.asked.memory === undefined);
  const aspects = new Set(asking.map(({ kind }) => KINDS[kind].aspect));
  return [...aspects].map((aspect) => `endpoints on instances at which runs of ${aspect} ask a model`);
}
