import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import type { UnjudgedViolation } from '../../../lib/outcome/confirmation';
import type { ExecutionCompletedDetail } from '../../../lib/outcome/contract';
import type { Conclusion } from '../../../lib/outcome/execution-report';
import { concludeRun } from '../../../lib/outcome/handler/run-conclusion';
import { reportFolder, windowUntil } from '../../../lib/outcome/run-times';
import { S3Store } from '../../handlers/s3-store';
import { RUN } from '../run';

const OUTPUT = { bucket: 'out', prefix: 'reports' };
const TIMES = { everyHours: 1 };

/** A full hour of the day of the windows. */
export const at = (hour: number): Date => new Date(Date.UTC(2026, 2, 4, hour));

/** A feature that drifts, as likely as that. */
export const drift = (feature: string, pValue: number): UnjudgedViolation => ({
  ...{ feature, check: 'baseline_drift_check', description: 'd', pValue },
});

/** How a run differs from the one that is due. */
interface OtherRun {
  readonly executionId?: string;
  /** the hour after which it comes; that of its window's end where absent */
  readonly comes?: number;
}

/** Windows of a monitor that are concluded one after the other, with the services in memory. Call it once, at the top of a suite. */
export function concludedWindows() {
  const s3 = new S3Store();
  const bus = mockClient(EventBridgeClient);
  const metrics = mockClient(CloudWatchClient);
  const logged = jest.spyOn(console, 'log').mockImplementation();
  beforeEach(() => {
    s3.reset();
    bus.reset();
    metrics.reset();
    bus.onAnyCommand().resolves({ FailedEntryCount: 0, Entries: [] });
    metrics.onAnyCommand().resolves({});
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] });
  });
  afterEach(() => jest.useRealTimers());
  afterAll(() => logged.mockRestore());

  /** Concludes the window before an hour, some minutes after it, or whenever it comes. */
  async function conclude(hour: number, conclusion: Conclusion, other: OtherRun = {}): Promise<void> {
    const { executionId = `e${hour}`, comes = hour } = other;
    jest.setSystemTime(at(comes).getTime() + 600_000);
    const folder = reportFolder(OUTPUT, TIMES, at(hour));
    const run = { ...RUN, executionId, window: windowUntil(TIMES, at(hour)), folder, windowFolder: folder };
    await concludeRun(run, {
      ...{ monitoringId: 'Stack', featureMetrics: [], hasFailed: conclusion.status === 'Failed' },
      conclusion: async () => conclusion,
      earlier: { output: OUTPUT, times: TIMES, due: at(hour) },
    });
  }

  /** What was told of each, in the order of telling. */
  const told = (): ExecutionCompletedDetail[] =>
    bus.commandCalls(PutEventsCommand).map(({ args }) => JSON.parse(String(args[0].input.Entries?.[0].Detail)));

  return { s3, bus, metrics, conclude, told };
}
