import { isMembers, type Members } from '../cloud/members';
import type { ExpectedMonitor } from '../engine/reconciler/contract';
import type { MonitorRequest } from '../engine/serverless/contract';

/** A monitor, and how often its runs are billed. */
export interface BilledMonitor {
  readonly engine: ExpectedMonitor['engine'];
  readonly kind: ExpectedMonitor['kind'];
  /** between its runs */
  readonly hours: number;
  /** what its runs read, of the serverless engine */
  readonly reading?: BilledReading;
}

/** What runs on the serverless engine read, and whom they ask. */
export interface BilledReading {
  /** alike of monitors that find what one of them has read; absent where nothing is left to find */
  readonly data?: string;
  /** of captured objects, in each run at most; all where absent */
  readonly maximumBytes?: number;
  /** groups of objects that a run reads at the same time; 10 where absent */
  readonly atOnce?: number;
  /** alike of monitors that make the same of it */
  readonly section: string;
  readonly labels?: BilledLabels;
  readonly asked?: AskedModel;
}

/** Labels that are looked for in each run. */
export interface BilledLabels {
  readonly place: string;
  /** from the window's begin to the run */
  readonly hours: number;
}

/** A model that is asked in each run. */
export interface AskedModel {
  readonly requests: number;
  /** that are under way at the same time */
  readonly atOnce: number;
  /** GiB of a serverless endpoint; absent of one on instances, whose hours are billed whoever asks */
  readonly memory?: number;
}

/** What the runs of a request read. The memory of an endpoint is found by its name. */
export function billedReading(
  request: MonitorRequest,
  memoryOf: (endpointName: string) => number | undefined,
): BilledReading {
  const { capture, extracts, monitor, baseline, filter, recordFormat, transformations, problem, groups } = request;
  const { labels, explanation, maximumBytes, maximumConcurrency: atOnce } = request;
  const { endpointName, dataName } = monitor;
  const drawn = maximumBytes === undefined ? [] : [maximumBytes, request.windowHours]; // of each length of windows, others
  return {
    ...(extracts && {
      data: JSON.stringify([capture, endpointName, dataName, extracts.bucket, extracts.prefix, ...drawn]),
    }),
    ...(maximumBytes !== undefined && { maximumBytes }),
    ...(typeof atOnce === 'number' && { atOnce }),
    section: JSON.stringify([
      monitor.kind,
      baseline.statistics,
      filter,
      recordFormat,
      transformations,
      problem,
      groups && { ...groups, threshold: undefined },
    ]),
    ...(labels && { labels: { place: `${labels.place.bucket}/${labels.place.prefix}`, hours: labels.startHours } }),
    ...(explanation && { asked: askedModel(explanation, memoryOf) }),
  };
}

function askedModel(
  { headers, recordCount, sampleCount, baseline, model }: NonNullable<MonitorRequest['explanation']>,
  memoryOf: (endpointName: string) => number | undefined,
): AskedModel {
  const rows = 'text' in baseline ? baseline.text.trim().split('\n').length : 1;
  const { recordsPerRequest, endpointName, requestsAtOnce: atOnce } = model;
  const requests = requestsOf({ features: headers.length, records: recordCount, sampleCount, rows, recordsPerRequest });
  return { requests, atOnce, memory: memoryOf(endpointName) };
}

/** What is asked about a sample of rows. */
export interface AskedSample {
  readonly features: number;
  readonly records: number;
  /** coalitions of features; 2,048 and two for each feature where absent */
  readonly sampleCount?: number;
  /** of the SHAP baseline */
  readonly rows: number;
  readonly recordsPerRequest: number;
}

/** How often a model is asked: about each record and the coalitions of its features, and about the SHAP baseline. */
export function requestsOf({ features, records, sampleCount, rows, recordsPerRequest }: AskedSample): number {
  const coalitions = Math.min(2 ** features - 2, sampleCount ?? 2048 + 2 * features);
  return records * Math.ceil((1 + coalitions * rows) / recordsPerRequest) + Math.ceil(rows / recordsPerRequest);
}

/** GiB of the serverless endpoints of templates, by the names that requests have for them. */
export function endpointMemories(
  resources: readonly { readonly id: string; readonly type: string; readonly properties: Members }[],
): ReadonlyMap<string, number> {
  const ofType = (type: string) => resources.filter((one) => one.type === type);
  const configs = new Map(
    ofType('AWS::SageMaker::EndpointConfig').map(({ id, properties }) => [
      `${id}.EndpointConfigName`,
      memoryOf(properties),
    ]),
  );
  return new Map(
    ofType('AWS::SageMaker::Endpoint').flatMap(({ id, properties }) => {
      const memory = configs.get(String(properties.EndpointConfigName));
      return memory === undefined ? [] : [[`${id}.EndpointName`, memory]];
    }),
  );
}

function memoryOf({ ProductionVariants: variants }: Members): number | undefined {
  const [first] = Array.isArray(variants) ? variants : [];
  const serverless = isMembers(first) ? first.ServerlessConfig : undefined;
  return isMembers(serverless) ? Number(serverless.MemorySizeInMB) / 1024 : undefined;
}
