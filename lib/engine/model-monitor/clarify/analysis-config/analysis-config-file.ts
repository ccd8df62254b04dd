import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { bucketLocation } from '../../../../core/bucket-location';
import { HandlerFunction } from '../../../../core/handler-function';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../../../core/s3-grants';
import { stackSingleton } from '../../../../core/stack-singleton';
import type { MonitorSpec } from '../../../../monitor/monitoring-engine';
import type { ReportsPlace } from '../../../../outcome/reports-place';
import { ANALYSIS_CONFIG_KEY, ANALYSIS_CONFIG_RESOURCE_TYPE } from './contract';

/** What an `AnalysisConfigFile` is made of. */
export interface AnalysisConfigFileProps {
  /** The monitor whose jobs read the file. */
  readonly spec: MonitorSpec;
  /** What is written as JSON; texts may hold tokens, as the name of a model. */
  readonly config: object;
  /** May read the configurations of the monitor, and of no other. */
  readonly reader: iam.IGrantable;
}

/**
 * An object that holds the configuration of an analysis: `{reportsPrefix}/{monitorId}/config/{hash}/analysis_config.json`.
 *
 * Its key follows from its content, so that a changed configuration makes a new job definition, and a rollback finds the old object again. It is
 * written at deployment, when the names in it are known.
 *
 * @internal
 */
export class AnalysisConfigFile extends CfnResource {
  /** `s3://bucket/key` */
  public readonly s3Uri: string;

  constructor(scope: Construct, id: string, { spec, config, reader }: AnalysisConfigFileProps) {
    const { bucket } = spec.reports;
    const prefix = `${spec.reports.prefix}/config`;
    super(scope, id, {
      type: ANALYSIS_CONFIG_RESOURCE_TYPE,
      properties: {
        ServiceToken: handlerThatWrites(scope, spec.reports).functionArn,
        ServiceTimeout: '300', // seconds
        Bucket: bucket.bucketName,
        BucketOwner: bucketLocation(scope, bucket).bucketOwner,
        Prefix: prefix,
        Text: Stack.of(scope).toJsonString(config),
      },
    });
    this.s3Uri = bucket.s3UrlForObject(this.getAtt(ANALYSIS_CONFIG_KEY).toString());
    grantGetObjects(reader, bucket, `${prefix}/*`);
    grantListPrefixes(reader, bucket, `${prefix}/*`); // a job's input is a prefix, even if it is a whole key
  }
}

/** One for all monitors of a stack. Its permission names the stack, not the monitor, so that it does not grow with them. */
function handlerThatWrites(scope: Construct, { bucket, stackPattern }: ReportsPlace): HandlerFunction {
  const handler = stackSingleton(scope, 'AnalysisConfigs', (stack, id) => {
    return new HandlerFunction(stack, id, {
      handler: 'analysis-config',
      description: 'Writes the analysis configurations of model monitors at deployment',
      timeout: Duration.minutes(1),
      memorySize: 256,
    });
  });
  grantPutObjects(handler, bucket, `${stackPattern}/config/*`);
  return handler;
}
