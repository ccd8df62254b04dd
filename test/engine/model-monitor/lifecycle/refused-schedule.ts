import type { Stack } from 'aws-cdk-lib';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';

/** Lets a deployment fail once something of the stack is made: a schedule without its job definition is refused. */
export function addRefusedSchedule(stack: Stack, after: string): void {
  const refused = new sagemaker.CfnMonitoringSchedule(stack, 'Refused', {
    monitoringScheduleName: 'refused',
    monitoringScheduleConfig: {
      monitoringType: 'DataQuality',
      monitoringJobDefinitionName: 'no-such-definition',
      scheduleConfig: { scheduleExpression: 'cron(0 * ? * * *)' },
    },
  });
  refused.node.addDependency(stack.node.findChild(after));
}
