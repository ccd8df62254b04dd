import { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import type * as sns from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { allow, READING_METRICS } from '../core/allow';
import { HandlerFunction } from '../core/handler-function';
import { servedTarget, serveRules } from '../core/rule-delivery';
import { spellingsOf } from '../endpoint/arn-spellings';
import type { EngineMonitor } from '../monitor/engine-monitor';
import { readReports, reportedMonitors } from '../monitor/group-reports';
import { outcomeRule } from '../monitor/outcome-rule';
import { ownEventRule } from '../outcome/event-rule';
import { allowEvents } from '../outcome/publishing-grant';
import { TEST_ENDED, TEST_FILE } from '../outcome/tested/contract';
import { METRIC_MEASURES, type TestSettings, type VariantTestRequest } from './contract';

/** What changing the weights of an endpoint's variants takes. */
const WEIGHING = ['sagemaker:DescribeEndpoint', 'sagemaker:UpdateEndpointWeightsAndCapacities'];

/** What a function of a test is made of. */
export interface VariantTestParts {
  readonly monitor: EngineMonitor;
  readonly settings: TestSettings;
  readonly notificationTopic?: sns.ITopic;
  readonly backToReference?: boolean;
}

/**
 * Adds the windows of a monitor up for a test, once each run is told, and ends the test. Each test has a function of its own, which may change the weights of the one
 * endpoint that the test is of, where it was asked to.
 *
 * @internal
 */
export class VariantTestFunction extends Construct {
  private readonly monitor: EngineMonitor;

  constructor(
    private readonly test: Construct,
    { monitor, settings, notificationTopic, backToReference }: VariantTestParts,
  ) {
    super(test, 'Windows');
    this.monitor = monitor;
    const handler = new HandlerFunction(this, 'Function', {
      handler: 'variant-test',
      description: 'Model monitoring: adds windows up for a test of variants',
      timeout: Duration.minutes(2),
      memorySize: 512,
    });
    serveRules(handler);
    const keeping = { notes: `/${TEST_FILE}`, looksForNotes: true } as const;
    readReports(this, this, { monitors: monitor, grantee: handler, deed: 'end a test', ...keeping });
    allowEvents(handler, monitor.eventBus, TEST_ENDED);
    notificationTopic?.grantPublish(handler);
    const endpoint = backToReference && monitor._endpoint;
    if (endpoint) handler.addStatement(WEIGHING, spellingsOf(endpoint.endpointRef.endpointArn, monitor.endpointName));
    if (settings.measures?.some(({ metric }) => METRIC_MEASURES.includes(metric))) allow(handler, READING_METRICS);
    const told: TestSettings = {
      ...settings,
      topicArn: notificationTopic?.topicArn,
      eventBus: monitor.eventBus?.eventBusArn,
      takesBack: endpoint ? true : undefined,
    };
    const target = servedTarget(handler, this.request(told));
    outcomeRule(this, 'Rule', { monitors: monitor, options: { description: `Runs for ${settings.name}`, target } });
  }

  /** A rule that matches the end of the test, below its construct. */
  public onEnd(id: string, options: events.OnEventOptions): events.Rule {
    const { eventBus } = this.monitor;
    return ownEventRule(this.test, id, {
      ...options,
      eventBus,
      detailType: TEST_ENDED,
      detail: { test: [this.test.node.path] },
    });
  }

  private request(test: TestSettings): events.RuleTargetInput {
    const { account, region, fromPath } = events.EventField;
    const reports = reportedMonitors(this, this.monitor);
    const request: { readonly [member in keyof VariantTestRequest]: unknown } = {
      account,
      region,
      detail: fromPath('$.detail'),
      reports,
      test,
    };
    return events.RuleTargetInput.fromObject(request);
  }
}
