import { CfnOutput } from 'aws-cdk-lib';
import type { EngineMonitor } from './engine-monitor';

/**
 * What someone who deployed a monitor looks for: where its reports lie, and the command that runs it once, if there is one.
 *
 * @internal
 */
export function monitorOutputs(monitor: EngineMonitor): void {
  const { monitorId, reports, engineBinding } = monitor;
  new CfnOutput(monitor, 'ReportsUri', {
    description: `Reports of the monitor ${monitorId}`,
    value: `${reports.bucket.s3UrlForObject(reports.prefix)}/`,
  });
  const { oneTimeRunCommand } = engineBinding;
  if (oneTimeRunCommand === undefined) return;
  new CfnOutput(monitor, 'RunOnceCommand', {
    description: `Runs the monitor ${monitorId} once, now`,
    value: oneTimeRunCommand,
  });
}
