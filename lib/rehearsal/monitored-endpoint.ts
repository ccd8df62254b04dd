import type { ModelProblemSettings } from '../baseline/contract';
import type { Schedule } from '../cloud/account/schedules';
import type { DeployedResource } from '../cloud/deployment/resource';
import { isMembers } from '../cloud/members';
import type { ObjectLocation } from '../core/contract';
import type { MonitorRequest, TransformSettings } from '../engine/serverless/contract';
import type { CapturedPlace } from './captured-place';
import { RehearsalError } from './rehearsal-error';
import type { ServiceMonitor } from './service-monitors';
import { type TrafficVariant, trafficVariants } from './variant-traffic';

/** How transform jobs are watched. */
export interface WatchedTransforms extends TransformSettings {
  /** of a baseline that has the names of their columns; absent where no monitor has one */
  readonly statistics?: ObjectLocation;
  /** the place of the last column that is looked for: one behind the answers says that the job joins its input */
  readonly lastPlace: number;
}

/** An endpoint whose captured data a schedule has analysed, what an application writes in their place, or transform jobs. */
export interface MonitoredEndpoint extends CapturedPlace {
  readonly name: string;
  /** at least one */
  readonly variants: readonly TrafficVariant[];
  /** by the side that is watched; absent where captured records are */
  readonly transforms?: readonly WatchedTransforms[];
}

/** The monitor runs that schedules ask for. */
export function monitorRequests(schedules: readonly Pick<Schedule, 'target'>[]): MonitorRequest[] {
  return schedules.flatMap(({ target }) => {
    const input: unknown = JSON.parse(target.input);
    return isMembers(input) && input.mode === 'monitor' ? [input as unknown as MonitorRequest] : [];
  });
}

/** What is known of an endpoint that a monitor watches, or of what an application writes. */
export interface WatchedEndpoint {
  readonly name: string;
  readonly capture: CapturedPlace;
  /** those that are read, where it was said which are */
  readonly variants?: readonly string[];
  readonly transforms?: WatchedTransforms;
}

/** The endpoints of monitors that are rehearsed, on every engine. */
export function watchedEndpoints(
  requests: readonly MonitorRequest[],
  monitors: readonly ServiceMonitor[],
): WatchedEndpoint[] {
  const rehearsed = monitors.filter(({ obstacle }) => obstacle === undefined);
  const onService = rehearsed.flatMap(({ endpointName: name, capture }) =>
    name === undefined || capture === undefined ? [] : [{ name, capture }],
  );
  return [...requests.map(watchedBy), ...onService];
}

/** Transform jobs have no name but where they write their lists. */
function watchedBy(request: MonitorRequest): WatchedEndpoint {
  const { monitor, capture, transforms, variants, baseline } = request;
  const { endpointName, dataName } = monitor;
  const { statistics } = baseline;
  const name = endpointName ?? dataName ?? `s3://${capture.bucket}/${capture.prefix}`;
  return {
    name,
    capture,
    variants: variants?.read,
    ...(transforms && { transforms: { ...transforms, statistics, lastPlace: lastPlace(request) } }),
  };
}

/** Features are looked for behind all answers, or with them. */
function lastPlace({ groups, explanation, problem = {} as ModelProblemSettings }: MonitorRequest): number {
  if (groups ?? explanation) return Number.POSITIVE_INFINITY;
  const { inferenceAttribute, probabilityAttribute, probabilityAttributes = {} } = problem;
  const all = [inferenceAttribute, probabilityAttribute, ...Object.values(probabilityAttributes)];
  return Math.max(0, ...all.map(Number).filter(Number.isInteger));
}

/** The endpoint that gets the traffic: the named one, or the only one; throws where that is not clear. */
export function monitoredEndpoint(
  watched: readonly WatchedEndpoint[],
  deployed: readonly DeployedResource[],
  asked?: string,
): MonitoredEndpoint {
  const candidates = new Map(watched.map((one) => [one.name, one]));
  const names = [...candidates.keys()];
  const name = asked ?? names[0];
  const found = name === undefined ? undefined : candidates.get(name);
  if (found === undefined) {
    throw new RehearsalError(
      'UnclearEndpoint',
      `no schedule monitors ${asked === undefined ? 'an endpoint' : `'${asked}'`}: ${names.join(', ') || 'none'}`,
    );
  }
  if (asked === undefined && names.length > 1) {
    throw new RehearsalError(
      'UnclearEndpoint',
      `several endpoints are monitored, say which one gets the traffic: ${names.join(', ')}`,
    );
  }
  const { capture } = found;
  const same = watched.filter((one) => one.name === name);
  const read = same.flatMap(({ variants = [] }) => variants);
  const transforms = transformsOf(same);
  return { name: found.name, variants: trafficVariants(found.name, deployed, read), ...capture, transforms };
}

/** What is known together of the jobs that several monitors watch, by side; undefined where none watches any. */
function transformsOf(watched: readonly WatchedEndpoint[]): WatchedTransforms[] | undefined {
  const bySide = new Map<string, WatchedTransforms>();
  for (const { transforms } of watched) {
    if (!transforms) continue;
    const known = bySide.get(transforms.side);
    const statistics = known?.statistics ?? transforms.statistics;
    const lastPlace = Math.max(known?.lastPlace ?? 0, transforms.lastPlace);
    bySide.set(transforms.side, { ...transforms, statistics, lastPlace });
  }
  return bySide.size > 0 ? [...bySide.values()] : undefined;
}
