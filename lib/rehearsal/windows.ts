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
      ...(statistics === undefined ? {} : { statistics }),
      violations: read<{ violations: Violation[] }>(FILES.violations)?.violations ?? [],
      distances: report?.distances ?? [],
      unreadableCount: report?.unreadable?.unreadableCount ?? 0,
    };
  });
}

/** Where the files of a baseline lie. */
export interface BaselinePlace {
  readonly statistics: ObjectAddress;
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

/** The files that the first monitor compares with; undefined when they are not there. */
export function baselineFiles([place]: readonly BaselinePlace[], objects: ObjectStore): RehearsalResult['baseline'] {
  if (place === undefined) {
    return undefined;
  }
  const statistics = readJson<Statistics>(objects, place.statistics.bucket, place.statistics.key);
  const constraints = readJson<Constraints>(objects, place.constraints.bucket, place.constraints.key);
  if (!statistics || !constraints) return undefined;
  const beside = place.statistics.key.slice(0, place.statistics.key.lastIndexOf('/') + 1);
  const { notes } = readJson<BaselineNotes>(objects, place.statistics.bucket, beside + BASELINE_NOTES) ?? {};
  return { statistics, constraints, ...(notes && { notes }) };
}

function readJson<T>(objects: ObjectStore, bucket: string, key: string): T | undefined {
  const body = objects.get(bucket, key);
  return body === undefined ? undefined : (JSON.parse(body.toString('utf8')) as T);
}
