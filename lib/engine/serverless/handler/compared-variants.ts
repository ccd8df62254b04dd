import { type ComparedSide, DEFAULT_FALSE_ALARM_RATE, type Distance, differenceCount } from '../../../analysis';
import type { ComparedPair } from '../../../monitor/contract';
import type { ReportedComparison } from '../../../outcome/comparison/contract';
import type { MonitorRequest } from '../contract';
import type { WindowData } from './judged-parts';
import { analysisOf } from './kinds/analyses';
import { partBytes } from './merged-part';

/**
 * What two variants of a window come to beside each other: as a pair of its own, whatever each comes to beside the baseline. Undefined where that is not
 * asked, or the kind compares nothing.
 *
 * @param owners of the parts of the window, by variant; null of labels
 */
export async function comparedVariants(
  { request, parts, baseline }: WindowData,
  owners: readonly (string | null)[],
): Promise<ReportedComparison | undefined> {
  const { comparison } = request.variants ?? {};
  const comparing = comparison && analysisOf(request).comparing?.();
  if (!comparing) return undefined;
  const sides = owners.map((owner) => sideOf(owner, comparison));
  const isCompared = (part: number) => sides[part] !== undefined;
  const remaining = sides.filter((side) => side !== undefined);
  for await (const bytes of partBytes(parts.filter((_, part) => isCompared(part)))) {
    comparing.add(bytes, remaining.shift() ?? 'labels');
  }
  const { reference, candidate, test, metric } = comparison;
  const pair = { reference, candidate };
  const found = await comparing.compared(baseline);
  if ('refusal' in found) return { ...pair, notCompared: [{ feature: '', check: 'all', reason: found.refusal }] };
  const { tested, ...compared } = found;
  const metrics = tested?.map(({ metric, rows }) => ({ metric, ...rows }));
  const evidence = test && metrics ? { test, metrics } : undefined;
  const drifted = found.distances && driftedOf(found.distances, request);
  const counted = metric ? differenceCount({ ...found, drifted }, rateOf(request)) : undefined;
  return { ...pair, ...compared, drifted, differenceCount: counted, evidence };
}

const rateOf = ({ drift: { falseAlarmRate = DEFAULT_FALSE_ALARM_RATE } }: MonitorRequest) => falseAlarmRate;

function sideOf(owner: string | null, { reference, candidate }: ComparedPair): ComparedSide | undefined {
  if (owner === null) return 'labels';
  if (owner === reference) return 'reference';
  return owner === candidate ? 'candidate' : undefined;
}

function driftedOf(distances: readonly Distance[], request: MonitorRequest): string[] {
  const falseAlarmRate = rateOf(request);
  return distances.flatMap(({ feature, distance, threshold, pValue = 0 }) =>
    distance > threshold && pValue <= falseAlarmRate ? [feature] : [],
  );
}
