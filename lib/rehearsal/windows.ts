import type { Constraints, Statistics, Violation } from '../analysis';
import { BASELINE_NOTES, type BaselineNotes } from '../baseline/contract';
import type { BusEvent } from '../cloud/account/recorder';
import type { ObjectAddress, ObjectStore } from '../cloud/stand-in/object-store';
import type { MonitorRequest } from '../engine/serverless/contract';
import {
  EVENT_DETAIL_TYPE,
  EVENT_SOURCE,
  type ExecutionCompletedDetail,
  type ExecutionReport,
  FILES,
} from '../outcome/contract';
import type { RehearsalResult, WindowResult } from './result';
import type { ServiceMonitor } from './service-monitors';

/** Outcomes of monitors among the events of a bus, in order. */
export function outcomes(events: readonly BusEvent[]): ExecutionCompletedDetail[] {
  return events
    .filter((event) => event.source === EVENT_SOURCE && event['detail-type'] === EVENT_DETAIL_TYPE)
    .map(({ detail }) => detail as ExecutionCompletedDetail);
}

/** What each concluded run left in S3. */
export function windowResults(events: readonly BusEvent[], objects: ObjectStore): WindowResult[] {
  return outcomes(events).map((outcome) => {
    const folder = /^s3:\/\/([^/]+)\/(.*?)\/?$/.exec(outcome.reportUri);
    const read = <T>(name: string): T | undefined => readJson<T>(objects, folder?.[1] ?? '', `${folder?.[2]}/${name}`);
    const report = read<ExecutionReport>(FILES.report);
    const statistics = read<Statistics>(FILES.statistics);
    return {
      outcome,
      ...(statistics?.features ? { statistics } : {}), // those of other kinds have no features
      violations: read<{ violations: Violation[] }>(FILES.violations)?.violations ?? [],
      distances: report?.distances ?? [],
      unreadableCount: report?.unreadable?.unreadableCount ?? 0,
      hasPage: objects.get(folder?.[1] ?? '', `${folder?.[2]}/${FILES.page}`) !== undefined,
    };
  });
}

/** Where the files of a baseline lie; those of some kinds have no statistics. */
export interface BaselinePlace {
  readonly statistics?: ObjectAddress;
  readonly constraints: ObjectAddress;
}

/** Where the monitors that are rehearsed, on every engine, look for statistics and constraints. */
export function baselinePlaces(
  requests: readonly MonitorRequest[],
  monitors: readonly ServiceMonitor[],
): BaselinePlace[] {
  const rehearsed = monitors.filter(({ obstacle }) => obstacle === undefined);
  return [
    ...requests.map(({ baseline }) => baseline),
    ...rehearsed.flatMap(({ baseline: { statistics, constraints } }) =>
      statistics === undefined || constraints === undefined ? [] : [{ statistics, constraints }],
    ),
  ];
}

/** The first file of a baseline that is not there; undefined where all are. */
export function missingFile(places: readonly BaselinePlace[], objects: ObjectStore): ObjectAddress | undefined {
  const files = places.flatMap(({ statistics, constraints }) =>
    statistics ? [constraints, statistics] : [constraints],
  );
  return files.find(({ bucket, key }) => objects.get(bucket, key) === undefined);
}

/** The files that the first monitor compares with that has statistics; undefined when they are not there. */
export function baselineFiles(places: readonly BaselinePlace[], objects: ObjectStore): RehearsalResult['baseline'] {
  const { statistics: place, constraints: rules } = places.find(({ statistics }) => statistics !== undefined) ?? {};
  if (!place || !rules) return undefined;
  const statistics = readJson<Statistics>(objects, place.bucket, place.key);
  const constraints = readJson<Constraints>(objects, rules.bucket, rules.key);
  if (!statistics || !constraints) return undefined;
  const beside = place.key.slice(0, place.key.lastIndexOf('/') + 1);
  const { notes } = readJson<BaselineNotes>(objects, place.bucket, beside + BASELINE_NOTES) ?? {};
  return { statistics, constraints, ...(notes && { notes }) };
}

function readJson<T>(objects: ObjectStore, bucket: string, key: string): T | undefined {
  const body = objects.get(bucket, key);
  return body === undefined ? undefined : (JSON.parse(body.toString('utf8')) as T);
}
