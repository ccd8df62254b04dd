import { hourPath } from '../../outcome/contract';
import { fullHour, HOUR_MILLISECONDS, type RunWindow, windowBefore } from '../../outcome/run-times';
import type { MonitorRequest } from './contract';

/** The folder below which the captured data of all variants lies, with a trailing slash. */
export function capturePrefix({ capture, monitor }: MonitorRequest): string {
  const name = monitor.endpointName ?? monitor.dataName;
  return capture.prefix === '' ? `${name}/` : `${capture.prefix}/${name}/`;
}

/** Below what the data of a monitor are looked for, with a trailing slash: of transform jobs, the lists of both sides. */
export function dataPrefix(request: MonitorRequest): string {
  return request.transforms ? `${request.capture.prefix}/` : capturePrefix(request);
}

/**
 * The folders of a window, one per variant and hour, each with a trailing slash: `{capture}/{endpoint}/{variant}/yyyy/mm/dd/hh/`.
 *
 * @param variantPrefixes with trailing slashes
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
export function hourPrefixes(variantPrefixes: readonly string[], window: RunWindow): string[] {
  const hours: string[] = [];
  for (let time = fullHour(window.start).getTime(); time < window.end.getTime(); time += HOUR_MILLISECONDS) {
    hours.push(hourPath(new Date(time)));
  }
  return variantPrefixes.flatMap((variant) => hours.map((hour) => `${variant}${hour}/`));
}

/** Behind all keys that begin as it does, but for it. */
const LAST = '\u{ffff}';

/** Where the hours of a window lie below a folder, which has a trailing slash: the part of a listing that has them all, none for no hours, and whether a key is in one. */
export function hoursBelow(folder: string, window: RunWindow): FolderPart {
  const prefixes = hourPrefixes([folder], window);
  const [first, last] = [prefixes[0], prefixes[prefixes.length - 1]];
  const known = new Set(prefixes);
  return {
    range: first === undefined ? undefined : { after: first, until: last + LAST },
    has: (key) => known.has(key.slice(0, folder.length + HOUR_FOLDER)),
  };
}

/** Characters of `yyyy/mm/dd/hh/`. */
const HOUR_FOLDER = 14;

/** A part of what lies below a folder. */
export interface FolderPart {
  /** from behind one key to another, in the order of keys */
  readonly range: { readonly after: string; readonly until: string } | undefined;
  has(key: string): boolean;
}

/** The hour before those of a window. */
export function hourBefore({ start }: RunWindow): RunWindow {
  return windowBefore(fullHour(start), 1);
}

/** A captured object, as far as its window is concerned. */
interface CapturedObject {
  readonly key: string;
  /** when it was written last */
  readonly modified: Date;
}

/**
 * Whether a captured object may have records of a window: it was written to since that began, and begun before it ended. Of one in an hour of the window,
 * or whose name does not say when it was begun, the hour says enough.
 */
export function hasRecordsOf(window: RunWindow, object: CapturedObject): boolean {
  const begun = begunAt(object.key);
  if (!begun) return true;
  const { written } = lifeOf(begun, object.modified);
  if (written < window.start.getTime()) return false;
  return begun.time === undefined || begun.time < window.end;
}

/** When a captured object was begun, by its name or else its hour, and when it was written last, not before: milliseconds since 1970. */
export interface ObjectTimes {
  readonly begun: number;
  readonly written: number;
}

/** The times of a captured object, between which all windows read it that {@link hasRecordsOf}; undefined where its key says no hour. */
export function objectTimes({ key, modified }: CapturedObject): ObjectTimes | undefined {
  const begun = begunAt(key);
  return begun && lifeOf(begun, modified);
}

/** By the clock of S3 an object may have been written before its name was made, and what is written behind the hour after its own is for no window that reads it. */
function lifeOf({ hour, time = hour }: Begun, modified: Date): ObjectTimes {
  const begun = time.getTime();
  const last = hour.getTime() + 2 * HOUR_MILLISECONDS - 1;
  return { begun, written: Math.min(Math.max(modified.getTime(), begun), last) };
}

/** Whether a captured object was begun in a window. Where its name does not say when, its hour does, of a window of whole hours; of others nobody knows. */
export function isBegunIn({ start, end }: RunWindow, key: string): boolean {
  const begun = begunAt(key);
  const isWhole = [start, end].every((time) => fullHour(time).getTime() === time.getTime());
  const time = isWhole ? begun?.hour : begun?.time;
  return time !== undefined && time >= start && time < end;
}

/** Whether the names of captured objects say which of them were begun before a window ended; those of whole hours need not. */
export function isTold(window: RunWindow, keys: readonly string[]): boolean {
  const isWhole = fullHour(window.end).getTime() === window.end.getTime();
  return isWhole || keys.every((key) => begunAt(key)?.time !== undefined);
}

/** The hour of a captured object, and when in it the object was begun, where its name says so. */
interface Begun {
  readonly hour: Date;
  readonly time?: Date;
}

/**
 * When a captured object was begun: `.../yyyy/mm/dd/hh/mm-ss-mmm-{uuid}.jsonl`. The name is what has been seen, and is written down nowhere, so that the
 * time is undefined of one that has another; the hour is documented.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/model-monitor-data-capture-endpoint.html
 */
function begunAt(key: string): Begun | undefined {
  const [, year, month, day, hours, name] = /(\d{4})\/(\d\d)\/(\d\d)\/(\d\d)\/([^/]+)$/.exec(key) ?? [];
  if (name === undefined) return undefined;
  const hour = new Date(`${year}-${month}-${day}T${hours}:00:00Z`);
  const [, minutes, seconds] = /^([0-5]\d)-([0-5]\d)-\d{3}-/.exec(name) ?? [];
  if (minutes === undefined) return { hour };
  return { hour, time: new Date(hour.getTime() + (Number(minutes) * 60 + Number(seconds)) * 1000) };
}
