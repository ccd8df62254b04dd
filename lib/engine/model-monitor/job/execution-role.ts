import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { allow, type Permission } from '../../../core/allow';
import { InlineRole } from '../../../core/inline-role';
import { localArn } from '../../../core/local-arn';
import { grantPutObjects } from '../../../core/s3-grants';
import { sageMakerOfThisAccount } from '../../../core/service-principal';
import type { MonitorSpec } from '../../../monitor/monitoring-engine';
import { PROCESSING_JOB_LOGS } from '../../processing-job-log';
import type { ModelMonitorEngineOptions } from '../model-monitor-engine-options';

/**
 * What the jobs of a monitor run with: they read captured data, write reports, logs and metrics. What image,
 * baseline and analysis need is granted by them.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/sagemaker-roles.html#sagemaker-roles-createprocessingjob-perms
 * @internal
 */
export function executionRole(scope: Construct, spec: MonitorSpec, options: ModelMonitorEngineOptions): iam.IRole {
  if (options.role) return unchanged(options.role);
  const role = new InlineRole(scope, 'Role', {
    ...sageMakerOfThisAccount(scope),
    description: `Runs the jobs of the monitor ${spec.monitorId}`,
  });
  allow(role, METRICS);
  allow(role, logs(scope));
  spec.endpointInput?.capturedData.grantRead(role, spec.endpointInput.endpointName);
  spec.batchTransformInput?.grantRead(role);
  grantPutObjects(role, spec.reports.bucket, `${spec.reports.prefix}/*`);
  return role;
}

/** A role of the user: whatever is granted to it changes nothing. */
function unchanged(role: iam.IRole): iam.IRole {
  return role instanceof iam.Role ? role.withoutPolicyUpdates() : role;
}

/** The sources spell the namespace with and without a leading slash. */
const METRICS = {
  actions: ['cloudwatch:PutMetricData'],
  resources: ['*'],
  conditions: { StringLike: { 'cloudwatch:namespace': ['aws/sagemaker/*', '/aws/sagemaker/*'] } },
  because: 'cloudwatch:PutMetricData knows no resource, so its namespace is limited',
};

function logs(scope: Construct): Permission {
  const group = localArn(Stack.of(scope), 'logs', `log-group:${PROCESSING_JOB_LOGS}`);
  return {
    actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'],
    resources: [group, `${group}:*`],
    because: 'SageMaker names the log streams of its jobs in this log group',
  };
}
