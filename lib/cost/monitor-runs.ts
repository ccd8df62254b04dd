import type { BilledMonitor } from './billed-monitor';
import { furtherPages, lateListings } from './listings';
import { RUN_FIGURES, type RunCounts, sumOfCounts } from './run-figures';
import { addedSizes, capturedSize, itemsOf, labelsSize, type ReadSize, shareOf, type Workload } from './workload';

const NOTHING: ReadSize = { objects: 0, bytes: 0 };

/** A monitor among those of an app: what its runs need not read, as another's have read it. */
export interface MonitorRuns {
  readonly monitor: BilledMonitor;
  readonly findsRecords: boolean;
  readonly findsLabels: boolean;
  /** whether nobody else makes the same of what is read */
  readonly isOwnSection: boolean;
  /** kinds for which its runs make something of the records that they read */
  readonly makes: readonly BilledMonitor['kind'][];
}

/** What one run needs. */
export interface RunSize {
  readonly read: ReadSize;
  readonly found: ReadSize;
  /** groups of both, and those of what is found */
  readonly items: number;
  readonly foundItems: number;
}

/** The monitors of an app on the serverless engine. Of those that read the same data, the one with the shortest windows reads them for all. */
export function monitorRuns(monitors: readonly BilledMonitor[]): MonitorRuns[] {
  const own = monitors.filter(({ engine }) => engine === 'serverless').sort((a, b) => a.hours - b.hours);
  const seen = new Set<string>();
  const isKnown = (...key: readonly string[]) => {
    const text = JSON.stringify(key);
    const known = seen.has(text);
    seen.add(text);
    return known;
  };
  const found = own.map((monitor) => ({ monitor, ...foundBy(monitor, isKnown) }));
  const sections = new Map<string, BilledMonitor['kind'][]>();
  for (const { monitor, isOwnSection } of found) {
    const { kind, reading: { data } = {} } = monitor;
    if (data !== undefined && isOwnSection) sections.set(data, [...(sections.get(data) ?? []), kind]);
  }
  return found.map((one) => ({ ...one, makes: madeBy(one, sections) }));
}

function foundBy(
  { reading }: BilledMonitor,
  isKnown: (...key: readonly string[]) => boolean,
): Omit<MonitorRuns, 'monitor' | 'makes'> {
  if (reading?.data === undefined) return { findsRecords: false, findsLabels: false, isOwnSection: true };
  const { data, section, labels } = reading;
  return {
    findsRecords: isKnown('records', data),
    findsLabels: labels !== undefined && isKnown('labels', data, labels.place),
    isOwnSection: !isKnown('section', data, section),
  };
}

function madeBy(
  { monitor: { kind, reading }, findsRecords }: Omit<MonitorRuns, 'makes'>,
  sections: ReadonlyMap<string, readonly BilledMonitor['kind'][]>,
): MonitorRuns['makes'] {
  if (findsRecords) return [];
  return reading?.data === undefined ? [kind] : (sections.get(reading.data) ?? []);
}

/** The share of what is captured that a run analyses: 1, unless its data let it read fewer bytes than a window has. */
export function analysedShare({ hours, reading }: BilledMonitor, workload: Workload): number {
  const { bytes } = capturedSize(workload, hours);
  return Math.min(1, (reading?.maximumBytes ?? bytes) / bytes);
}

/** How large one run is. Labels of hours that earlier runs have read are found; without extracts, they are read again. */
export function runSize({ monitor, findsRecords, findsLabels }: MonitorRuns, workload: Workload): RunSize {
  const { hours, reading } = monitor;
  const records = shareOf(capturedSize(workload, hours), analysedShare(monitor, workload));
  const labelHours = reading?.labels?.hours ?? 0;
  const newHours = findsLabels ? 0 : Math.min(hours, labelHours);
  const readHours = reading?.data === undefined ? labelHours : newHours;
  const read = addedSizes(findsRecords ? NOTHING : records, labelsSize(workload, readHours));
  const found = addedSizes(findsRecords ? records : NOTHING, labelsSize(workload, labelHours - readHours));
  return { read, found, items: itemsOf(addedSizes(read, found)), foundItems: itemsOf(found) };
}

/** What one run asks of AWS. */
export function runCounts({ hours, kind, reading }: BilledMonitor, size: RunSize): RunCounts {
  const { run, item, object } = RUN_FIGURES.kinds[kind];
  const { found, lone, hour, labelHour } = RUN_FIGURES;
  const objects = size.read.objects + size.found.objects;
  return sumOfCounts([
    [1, run],
    [size.items, item],
    [size.items === 1 ? 1 : 0, lone],
    [objects, object],
    [size.found.objects > 0 ? 1 : 0, found.run],
    [size.foundItems, found.item],
    [size.found.objects, found.object],
    [Math.max(0, hours - 1), hour],
    [Math.max(0, (reading?.labels?.hours ?? 0) - 1), labelHour],
    [furtherPages(objects) + lateListings(hours, objects), { s3Puts: 1 }],
  ]);
}
