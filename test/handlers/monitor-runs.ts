import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { mockClient } from 'aws-sdk-client-mock';
import type { ConcludeEvent, MonitorRequest, PlannedItem } from '../../lib/engine/serverless/contract';
import { handler as concludeHandler } from '../../lib/engine/serverless/handler/conclude.lambda';
import { handler as plan } from '../../lib/engine/serverless/handler/plan.lambda';
import { handler as profile } from '../../lib/engine/serverless/handler/profile.lambda';
import type { ExecutionReport } from '../../lib/outcome/contract';
import { invoked } from './invocation';
import { S3Store } from './s3-store';

const conclude = invoked(concludeHandler);

/** Runs of monitors, one after the other, from their plan to their report. */
export class MonitorRuns {
  public readonly s3: S3Store;
  private readonly cloudWatch = mockClient(CloudWatchClient);
  private readonly eventBridge = mockClient(EventBridgeClient);
  private executions = 0;

  constructor(pageSize?: number) {
    this.s3 = new S3Store(true, pageSize);
  }

  public reset(): void {
    this.s3.reset();
    this.cloudWatch.reset();
    this.cloudWatch.on(PutMetricDataCommand).resolves({});
    this.eventBridge.reset();
    this.eventBridge.on(PutEventsCommand).resolves({ FailedEntryCount: 0, Entries: [] });
  }

  /** Plans a run, and says what its items are. */
  public async planned(request: MonitorRequest): Promise<ConcludeEvent & { items: PlannedItem[] }> {
    this.executions += 1;
    const execution = `e${this.executions}`;
    const made = JSON.parse(JSON.stringify(await plan({ request, execution })));
    const text = made.itemCount ? (this.s3.objects.get(`${made.bucket}/${made.key}`) ?? '') : '';
    const lines = text.split('\n').filter((line) => line !== '');
    return { request, execution, plan: made, items: lines.map((line) => JSON.parse(line)) };
  }

  /** Reads an item of a run. */
  public readonly profile = profile;

  /** Concludes a run. */
  public readonly conclude = conclude;

  /** Runs a monitor, and says of which buckets it has read which keys. */
  public async run(request: MonitorRequest) {
    this.s3.client.resetHistory();
    const { items, ...event } = await this.planned(request);
    for (const item of items) await profile({ request, execution: event.execution, item });
    await conclude(event);
    return { captured: this.readOf('capture'), labels: this.readOf('labels'), extracts: this.readOf('extracts') };
  }

  /** The keys that were read of a bucket since the last run began. */
  public readOf(bucket: string): string[] {
    const inputs = this.s3.client.commandCalls(GetObjectCommand).map(({ args }) => args[0].input);
    return inputs.filter(({ Bucket }) => Bucket === bucket).map(({ Key }) => String(Key));
  }

  /** What a run has left beside its report. */
  public fileOf<File>({ output, scheduledTime }: MonitorRequest, name: string): File {
    const hour = scheduledTime.slice(0, 13).replace(/[-T]/g, '/');
    return this.s3.json<File>(output.bucket, `${output.prefix}/${hour}/${name}`);
  }

  /** The report of a run. */
  public reportOf(request: MonitorRequest): ExecutionReport {
    return this.fileOf<ExecutionReport>(request, 'report.json');
  }
}
