// Extracts: what is left of the captured objects of an interval, once they were read. Pure, and the same for whoever plans, reads or merges them.
import { createHash } from 'node:crypto';
import { folderIn, type ObjectLocation, objectIn, type PrefixLocation } from '../../core/contract';
import { KINDS } from '../../kind/kinds';
import { hourPath } from '../../outcome/contract';
import { HOUR_MILLISECONDS, type RunWindow } from '../../outcome/run-times';
import { capturePrefix, hasRecordsOf, hourBefore } from './captured-keys';
import type { ExtractItem, ExtractsPlace, ExtractTask, MonitorRequest, ObjectVersion } from './contract';
import { grouped, lineBytes } from './object-groups';
import { type WorkLocation, workFolder } from './plan-items';
import { windowOf } from './request-window';
import { commonPrefix } from './transform-lists';

/** Lengths of intervals, the longest first: one begins at a multiple of its length. */
const LENGTHS = [1, 0.5, 0.25].map((hours) => hours * HOUR_MILLISECONDS);

/** Those of a path to the hour. */
const HOUR_FOLDERS = 4;
const DAY_LENGTH = 'yyyy/mm/dd'.length;
const HOUR_LENGTH = 'yyyy/mm/dd/hh'.length;

/** Digits of hashes: 128 bits of an extract's, 64 of a layout's. */
const NAME_DIGITS = 32;
const LAYOUT_DIGITS = 16;

/** The intervals of a window, in order: at each time the longest that begins then and ends in it, of those that are no longer than is said. */
export function intervalsOf({ start, end }: RunWindow, longestHours = 1): RunWindow[] {
  const found: RunWindow[] = [];
  const longest = longestHours * HOUR_MILLISECONDS;
  for (let from = start.getTime(); from < end.getTime(); ) {
    const fits = (length: number) => length <= longest && from % length === 0 && from + length <= end.getTime();
    const length = LENGTHS.find(fits) ?? end.getTime() - from;
    found.push({ start: new Date(from), end: new Date(from + length) });
    from += length;
  }
  return found;
}

/** A captured object as it was listed. */
export interface ListedVersion extends ObjectVersion {
  readonly modified: Date;
}

/** What makes an extract, but for its name and its place. */
type TaskGroup = Pick<ExtractTask, 'objects' | 'content'> & { readonly interval: RunWindow };

/**
 * The extracts of a window, in order: of each interval, of each variant, of so many of its objects, in order of their keys; then those of labels. The same
 * objects make the same extracts, whoever asks, and for whatever window.
 */
export function extractsOf(
  request: MonitorRequest,
  objects: readonly ListedVersion[],
  labels: readonly ListedVersion[] = [],
): ExtractTask[] {
  return [...recordGroups(request, objects), ...labelGroups(request, labels)].map(({ interval, ...group }, part) => {
    const times = { start: interval.start.toISOString(), end: interval.end.toISOString() };
    return { part, interval: times, name: nameOf(times, group), ...group };
  });
}

/** Whose records an extract is of; undefined of labels. */
export function variantOfTask(request: MonitorRequest, { content, objects }: ExtractTask): string | undefined {
  return content === undefined ? objects[0].key.slice(capturePrefix(request).length).split('/')[0] : undefined;
}

function recordGroups(request: MonitorRequest, objects: readonly ListedVersion[]): TaskGroup[] {
  const folders = byHour(objects, capturePrefix(request));
  return intervalsOf(windowOf(request), request.extracts?.intervalHours).flatMap((interval) =>
    objectsOf(interval, folders).flatMap((variant) =>
      grouped(variant, weightOf, mayEnd).map((group) => ({ interval, objects: group })),
    ),
  );
}

/** Labels are parted by the hour below which they lie, as they have no time of their own. */
function labelGroups({ labels }: MonitorRequest, objects: readonly ListedVersion[]): TaskGroup[] {
  if (!labels) return [];
  const hours = new Map<string, ObjectVersion[]>();
  for (const { modified, ...object } of [...objects].sort(byKey)) {
    const path = object.key.slice(labels.place.prefix.length + 1).split('/');
    valueAt(hours, path.slice(0, HOUR_FOLDERS).join('/'), () => [] as ObjectVersion[]).push(object);
  }
  return [...hours].flatMap(([hour, listed]) => {
    const interval = hourOf(hour);
    return grouped(listed, weightOf, mayEnd).map((group) => ({ interval, objects: group, content: 'labels' as const }));
  });
}

/** The hour of a path `yyyy/mm/dd/hh`. */
function hourOf(path: string): RunWindow {
  const [year, month, day, hour] = path.split('/');
  const start = new Date(`${year}-${month}-${day}T${hour}:00:00Z`);
  return { start, end: new Date(start.getTime() + HOUR_MILLISECONDS) };
}

/** Captured objects by hour, `yyyy/mm/dd/hh`, and by variant. */
type HourFolders = ReadonlyMap<string, ReadonlyMap<string, ListedVersion[]>>;

function byHour(objects: readonly ListedVersion[], prefix: string): HourFolders {
  const hours = new Map<string, Map<string, ListedVersion[]>>();
  for (const object of [...objects].sort(byKey)) {
    const [variant, ...path] = object.key.slice(prefix.length).split('/');
    const variants = valueAt(hours, path.slice(0, HOUR_FOLDERS).join('/'), () => new Map<string, ListedVersion[]>());
    valueAt(variants, variant, () => []).push(object);
  }
  return hours;
}

const byKey = (a: ListedVersion, b: ListedVersion) => (a.key < b.key ? -1 : 1);

function valueAt<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const known = map.get(key) ?? make();
  map.set(key, known);
  return known;
}

/** The objects with records of an interval, by variant: those of its hour, and of the hour before. */
function objectsOf(interval: RunWindow, folders: HourFolders): ObjectVersion[][] {
  const near = [hourBefore(interval).start, interval.start].flatMap((hour) => folders.get(hourPath(hour)) ?? []);
  const variants = new Map<string, ObjectVersion[]>();
  for (const [variant, objects] of near.flatMap((folder) => [...folder])) {
    const own = objects.filter((object) => hasRecordsOf(interval, object)).map(({ modified, ...object }) => object);
    if (own.length > 0) valueAt(variants, variant, () => [] as ObjectVersion[]).push(...own);
  }
  return [...variants].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, objects]) => objects);
}

const weightOf = (object: ObjectVersion) => ({ size: object.size, lineBytes: lineBytes(object) });

/** Of four keys, one. */
const mayEnd = ({ key }: ObjectVersion): boolean => createHash('sha256').update(key).digest()[0] % 4 === 0;

function nameOf(
  { start, end }: ExtractTask['interval'],
  { objects, content }: Pick<ExtractTask, 'objects' | 'content'>,
): string {
  const versions = objects.map(({ bucket, key, etag, size }) => [bucket, key, etag, size]);
  const hash = hashOf([start, end, versions, ...(content ? [content] : [])]).slice(0, NAME_DIGITS);
  return `${hourPath(new Date(start))}/${hash}`;
}

/** The name of a layout: of all that decides how bytes become an extract. */
export function layoutName(decisions: unknown): string {
  return hashOf(decisions).slice(0, LAYOUT_DIGITS);
}

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');

/** The folder of extracts of records and labels, which are kept as long as windows need them; no data have this name. */
export const RECORDS_FOLDER = '_records';

/** Where the extracts of data lie, of one layout. */
export function extractsFolder(
  { extracts, monitor }: Pick<MonitorRequest, 'monitor'> & { readonly extracts: ExtractsPlace },
  layout: string,
): PrefixLocation {
  const { encryptionKey, others, intervalHours, ...place } = extracts;
  const data = `${monitor.endpointName ?? monitor.dataName}/${layout}`;
  return folderIn(place, KINDS[monitor.kind].readsLabels ? `${RECORDS_FOLDER}/${data}` : data);
}

/** Where one extract lies. */
export function extractLocation(folder: PrefixLocation, name: string): ObjectLocation {
  return objectIn(folder, `${name}.json`);
}

/** Below which prefixes extracts lie that have these names, one for a day: what is listed to see which of them are there. */
export function extractPrefixes({ prefix }: PrefixLocation, names: readonly string[]): string[] {
  const days = new Map<string, string[]>();
  for (const hour of new Set(names.map((name) => name.slice(0, HOUR_LENGTH)))) {
    valueAt(days, hour.slice(0, DAY_LENGTH), () => []).push(`${prefix}/${hour}/`);
  }
  return [...days.values()].map(commonPrefix);
}

/** Groups extracts into items, in their order: each reads as much as an item of objects. */
export function extractItems(tasks: readonly ExtractTask[]): ExtractItem[] {
  const weight = (task: ExtractTask) => ({
    size: task.objects.reduce((sum, { size }) => sum + size, 0),
    lineBytes: lineBytes(task),
  });
  return grouped(tasks, weight).map((extracts, index) => ({ index, extracts }));
}

/** Where parts lie that are this run's alone, and no extracts. */
export function ownPartsFolder(work: WorkLocation): PrefixLocation {
  return folderIn(workFolder(work), 'parts');
}

/** Where such a part lies, by its place among the parts of the window. */
export function ownPartLocation(work: WorkLocation, part: number): ObjectLocation {
  return objectIn(ownPartsFolder(work), `${part}.json`);
}
