import { Readable } from 'node:stream';
import { awsError, etagOf, unmetCondition } from '../handlers/s3-store';

/** One execution of a monitoring schedule, as a list has it. */
export interface ListedExecution {
  readonly ScheduledTime: Date;
  readonly MonitoringExecutionStatus: string;
  readonly ProcessingJobArn: string;
}

/** A metric as it was put: `name value`, with the first dimension's value before it. */
export type PutMetric = `${string} ${string} ${number}`;

type Input = Record<string, unknown>;

/** The services that handlers call, in memory: S3 with its conditions, the bus, the metrics, and the list of executions. What it does not know it refuses. */
export class Cloud {
  /** by `bucket/key` */
  public readonly objects = new Map<string, string>();
  /** by `bucket/key`: those that were written as bytes, of which each is a character */
  private readonly binary = new Set<string>();
  /** each content that was written, by `bucket/key` */
  public readonly history = new Map<string, string[]>();
  /** `Detail` of each event, in order */
  public readonly events: string[] = [];
  public readonly metrics: PutMetric[] = [];
  public executions: readonly ListedExecution[] = [];

  /** @param keepsConditions false for a store that ignores them, as S3 did once: what rests on them has to break */
  constructor(
    objects: ReadonlyMap<string, string> = new Map(),
    private readonly keepsConditions = true,
  ) {
    for (const [address, text] of objects) this.objects.set(address, text);
  }

  /** Does what a command asks for, and answers. */
  public answer(command: string, input: Input): object {
    switch (command) {
      case 'GetObjectCommand':
        return this.get(address(input));
      case 'PutObjectCommand':
        return this.put(address(input), input);
      case 'ListObjectsV2Command':
        return this.list(input);
      case 'DeleteObjectCommand':
        this.objects.delete(address(input));
        return {};
      case 'PutEventsCommand':
        this.events.push(...entries<{ Detail: string }>(input.Entries).map(({ Detail }) => Detail));
        return { FailedEntryCount: 0 };
      case 'PutMetricDataCommand':
        this.metrics.push(...entries<Datum>(input.MetricData).map(putMetric));
        return {};
      case 'ListMonitoringExecutionsCommand':
        return { MonitoringExecutionSummaries: this.executions };
      default:
        throw new Error(`the cloud of these tests does not know ${command}`);
    }
  }

  private get(name: string): object {
    const text = this.objects.get(name);
    if (text === undefined) throw awsError('NoSuchKey');
    const encoding = this.binary.has(name) ? 'latin1' : 'utf8';
    return { Body: Readable.from([Buffer.from(text, encoding)]), ETag: etagOf(text) };
  }

  private put(name: string, input: Input): object {
    const unmet = this.keepsConditions ? unmetCondition(input, this.objects.get(name)) : undefined;
    if (unmet) throw awsError(unmet);
    const isBinary = input.Body instanceof Uint8Array;
    const text = isBinary ? Buffer.from(input.Body as Uint8Array).toString('latin1') : String(input.Body);
    if (isBinary) this.binary.add(name);
    else this.binary.delete(name);
    this.objects.set(name, text);
    this.history.set(name, [...(this.history.get(name) ?? []), text]);
    return { ETag: etagOf(text) };
  }

  private list({ Bucket, Prefix = '', Delimiter }: Input): object {
    const keys = [...this.objects.keys()].filter((name) => name.startsWith(`${Bucket}/${Prefix}`)).sort();
    if (Delimiter) return { CommonPrefixes: foldersOf(keys, `${Bucket}/`, `${Prefix}`) };
    const Contents = keys.map((name) => ({
      Key: name.slice(String(Bucket).length + 1),
      Size: this.objects.get(name)?.length,
      ETag: etagOf(this.objects.get(name) ?? ''),
      LastModified: LONG_AGO,
    }));
    return { Contents };
  }
}

interface Datum {
  readonly MetricName: string;
  readonly Value: number;
  readonly Dimensions: readonly { readonly Value: string }[];
}

/** When every object was written. */
const LONG_AGO = new Date('2026-03-04T09:30:00Z');

const address = ({ Bucket, Key }: Input) => `${Bucket}/${Key}`;
const entries = <T>(list: unknown) => list as readonly T[];
const putMetric = ({ MetricName, Value, Dimensions }: Datum): PutMetric =>
  `${Dimensions[0].Value} ${MetricName} ${Value}`;

/** The folders one level below a prefix. */
function foldersOf(names: readonly string[], bucket: string, prefix: string): { readonly Prefix: string }[] {
  const keys = names.map((name) => name.slice(bucket.length)).filter((key) => key.indexOf('/', prefix.length) >= 0);
  const folders = keys.map((key) => key.slice(0, key.indexOf('/', prefix.length) + 1));
  return [...new Set(folders)].map((Prefix) => ({ Prefix }));
}
