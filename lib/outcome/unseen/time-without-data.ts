// How long a monitor has seen nothing, and when that is told. Pure.
import type { ExecutionReport, ReportedUnreadable } from '../contract';
import { HOUR_MILLISECONDS, type RunWindow } from '../run-times';
import type { MovedPlace, NeverCaptured, ReportedUnseen, TimeWithoutData } from './contract';
import { type DataPlace, movedPlace } from './data-place';

/** What is known of the runs before one without data: the last report that says anything, that there is none at all, or that all there are have failed. */
export type KnownBefore = ExecutionReport | 'nothing' | 'failures';

/**
 * How long there have been no data when a window without any ends: since the first one without, of those in a row. Of a window that reaches further back than the run
 * before, as of days before the monitor was there, what is between two runs counts.
 */
export function timeWithoutData(
  { start, end }: RunWindow,
  everyHours: number,
  { before, place }: { readonly before: KnownBefore; readonly place: DataPlace },
): TimeWithoutData {
  const earlier = typeof before === 'object' && before.outcome.status === 'NoData' ? before : undefined;
  const own = new Date(Math.max(start.getTime(), end.getTime() - everyHours * HOUR_MILLISECONDS)).toISOString();
  const since = earlier ? (earlier.withoutData?.since ?? earlier.outcome.windowStart) : own;
  const hours = (end.getTime() - Date.parse(since)) / HOUR_MILLISECONDS;
  const moved = typeof before === 'object' ? movedPlace(place, { report: before, since: own }) : undefined;
  return { since, hours, dataBefore: dataBefore(before, earlier), ...(moved && { moved }) };
}

/** A report of an earlier version without data does not say what was before it. */
function dataBefore(before: KnownBefore, earlier: ExecutionReport | undefined): TimeWithoutData['dataBefore'] {
  if (earlier) return earlier.withoutData?.dataBefore ?? 'Unknown';
  if (typeof before === 'object') return 'Some';
  return before === 'nothing' ? 'None' : 'Unknown';
}

/** What is known of a run when it is judged how much it has seen. */
export interface SeenRun extends ReportedUnseen {
  readonly unreadable?: Pick<ReportedUnreadable, 'filtered'>;
}

/** Hours in which a monitor that never had data may still get the first ones. */
const FIRST_HOURS = 24;

/** Hours in which a filter may leave out all that comes to a monitor that had other data: test calls go on over a weekend. */
const FILTERED_HOURS = 72;

/**
 * Why a run saw less than it was asked for, in words: nothing where an endpoint is quiet. By default it is told that there never were any data, or none since they are looked for
 * in another place, at once that a filter has left out all that ever came, and that it leaves out all for days.
 *
 * @param limit hours without data after which they are told, whatever the reason
 */
export function unseen({ withoutData, neverCaptured, unreadable }: SeenRun, limit: number | undefined): string[] {
  if (neverCaptured?.variants) return [absentVariants(neverCaptured)];
  if (!withoutData) return [];
  const filtered = unreadable?.filtered ?? 0;
  const tolerated = filtered > 0 ? filteredHours(withoutData) : emptyHours(withoutData, neverCaptured);
  if (withoutData.hours <= (limit ?? tolerated)) return [];
  if (filtered > 0) return [allLeftOut(filtered, withoutData)];
  if (withoutData.moved) return [noneSinceMoved(withoutData, withoutData.moved, neverCaptured)];
  return [neverCaptured ? nothingThere(withoutData, neverCaptured) : noneCame(withoutData)];
}

const filteredHours = ({ dataBefore }: TimeWithoutData): number => (dataBefore === 'None' ? 0 : FILTERED_HOURS);

/** Where data once were and nothing lies any more, they have expired: the endpoint is quiet. A place that is new says as little as that of a new monitor. */
function emptyHours(withoutData: TimeWithoutData, neverCaptured: NeverCaptured | undefined): number {
  const { dataBefore, moved, hours } = withoutData;
  if (moved) return hours - hoursSince(withoutData, moved) + FIRST_HOURS;
  const isFirst = dataBefore === 'None' || (dataBefore === 'Unknown' && neverCaptured !== undefined);
  return isFirst ? FIRST_HOURS : Number.POSITIVE_INFINITY;
}

/** Of the hours without data, those in which they were looked for where they are looked for now. */
const hoursSince = ({ since, hours }: TimeWithoutData, moved: MovedPlace): number =>
  hours - (Date.parse(moved.since) - Date.parse(since)) / HOUR_MILLISECONDS;

/** A name that no folder has while records of others come is hardly that of a variant without requests. */
function absentVariants({ at, variants = [], others = [] }: NeverCaptured): string {
  const which = variants.length === 1 ? `variant ${variants[0]}` : `the variants ${variants.join(', ')}`;
  return `nothing was ever captured of ${which}, which the monitored data name, and records of ${others.join(', ')} came at ${at}: see how the endpoint calls its variants`;
}

function nothingThere({ hours }: TimeWithoutData, { at }: NeverCaptured): string {
  return `no data for ${time(hours)}, and nothing at all lies at ${at}, where they should: see whether records are captured, and whether that is the place`;
}

function noneSinceMoved(
  withoutData: TimeWithoutData,
  moved: MovedPlace,
  neverCaptured: NeverCaptured | undefined,
): string {
  const nothing = neverCaptured ? ', below which nothing at all lies' : '';
  return `no data for ${time(hoursSince(withoutData, moved))}, since they are looked for at ${moved.to}${nothing}, and no longer at ${moved.from}: see whether records are captured there now`;
}

function noneCame({ hours, dataBefore }: TimeWithoutData): string {
  const how = dataBefore === 'None' ? 'and none since the monitor began' : 'longer than timeWithoutData allows';
  return `no data for ${time(hours)}, ${how}: see whether requests come, and whether they are captured`;
}

function allLeftOut(filtered: number, { hours, dataBefore }: TimeWithoutData): string {
  const all = filtered === 1 ? 'the one record of the window' : `all ${filtered} records of the window`;
  const others =
    dataBefore === 'None' ? 'no other has come since the monitor began' : `no other has come for ${time(hours)}`;
  return `the filter of the monitored data has left out ${all}, and ${others}: see whether it says what is meant, and what clients send`;
}

const time = (hours: number): string => (hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`);
