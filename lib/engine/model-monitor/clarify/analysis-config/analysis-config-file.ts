import { CfnResource, Duration, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { HandlerFunction } from '../../../../core/handler-function';
import { grantGetObjects, grantListPrefixes, grantPutObjects } from '../../../../core/s3-grants';
import { stackSingleton } from '../../../../core/stack-singleton';
import type { MonitorSpec } from '../../../../monitor/monitoring-engine';
import { stackNameOf } from '../../../../outcome/monitor-id';
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
    const { reportsBucket } = spec;
    const prefix = `${spec.reportsPrefix}/${spec.monitorId}/config`;
    super(scope, id, {
      type: ANALYSIS_CONFIG_RESOURCE_TYPE,
      properties: {
        ServiceToken: handlerThatWrites(scope, spec).functionArn,
        ServiceTimeout: '300', // seconds
        Bucket: reportsBucket.bucketName,
        Prefix: prefix,
        Text: Stack.of(scope).toJsonString(config),
      },
    });
    this.s3Uri = reportsBucket.s3UrlForObject(this.getAtt(ANALYSIS_CONFIG_KEY).toString());
    grantGetObjects(reader, reportsBucket, `${prefix}/*`);
    grantListPrefixes(reader, reportsBucket, `${prefix}/*`); // a job's input is a prefix, even if it is a whole key
  }
}

/** One for all monitors of a stack. Its permission names the stack, not the monitor, so that it does not grow with them. */
function handlerThatWrites(
  scope: Construct,
  { reportsBucket, reportsPrefix, monitorId }: MonitorSpec,
): HandlerFunction {
  const handler = stackSingleton(scope, 'AnalysisConfigs', (stack, id) => {
    return new HandlerFunction(stack, id, {
      handler: 'analysis-config',
      description: 'Writes the analysis configurations of model monitors at deployment',
      timeout: Duration.minutes(1),
      memorySize: 256,
    });
  });
  grantPutObjects(handler, reportsBucket, `${reportsPrefix}/${stackNameOf(monitorId)}/*/config/*`);
  return handler;
}
