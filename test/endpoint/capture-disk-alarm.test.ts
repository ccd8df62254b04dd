import { readFileSync } from 'node:fs';
import { Resource } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import * as sns from 'aws-cdk-lib/aws-sns';
import { TopicAlarmAction } from '../../lib/core/topic-alarm-action';
import { CaptureDiskAlarm, type CaptureDiskAlarmProps } from '../../lib/endpoint/capture-disk-alarm';
import { Endpoint } from '../../lib/endpoint/endpoint';
import { newStack, newVariant } from './fixtures';

function alarmOf(props: CaptureDiskAlarmProps, stack = newStack()) {
  const { alarm } = new CaptureDiskAlarm(stack, 'CaptureDisk', props);
  return { alarm, template: Template.fromStack(stack) };
}

test('[C9] fires when the disk of the only variant is full to 70 percent: the service asks for less than 75', () => {
  const stack = newStack();
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
  const { template } = alarmOf({ endpoint }, stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: '/aws/sagemaker/Endpoints',
    MetricName: 'DiskUtilization',
    Statistic: 'Maximum',
    Period: 300,
    Dimensions: [
      { Name: 'EndpointName', Value: stack.resolve(endpoint.endpointName) },
      { Name: 'VariantName', Value: 'live' },
    ],
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    Threshold: 70,
    EvaluationPeriods: 2,
    TreatMissingData: 'notBreaching',
    AlarmDescription: Match.stringLikeRegexp(
      'Runbook: https://github.com/cdk-sagemaker-monitoring/cdk-sagemaker-monitoring/blob/main/docs/runbook.md#capturedisk',
    ),
    AlarmActions: Match.absent(),
  });
});

test('[C9] watches one variant of several', () => {
  const stack = newStack();
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack, 'a'), newVariant(stack, 'b')] });
  alarmOf({ endpoint, variantName: 'b' }, stack).template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Dimensions: Match.arrayWith([{ Name: 'VariantName', Value: 'b' }]),
  });
});

test('[C9] watches an endpoint that exists already, by its name', () => {
  const stack = newStack();
  const endpoint = Endpoint.fromEndpointName(stack, 'Existing', 'Churn');
  alarmOf({ endpoint, variantName: 'live' }, stack).template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Dimensions: [
      { Name: 'EndpointName', Value: 'Churn' },
      { Name: 'VariantName', Value: 'live' },
    ],
  });
});

test('[C9] watches an L1 endpoint by the attribute of its name', () => {
  const stack = newStack();
  const endpoint = new sagemaker.CfnEndpoint(stack, 'L1', { endpointConfigName: 'config' });
  alarmOf({ endpoint, variantName: 'live' }, stack).template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Dimensions: Match.arrayWith([{ Name: 'EndpointName', Value: { 'Fn::GetAtt': ['L1', 'EndpointName'] } }]),
  });
});

test('sends its alarms where it is told', () => {
  const stack = newStack();
  const topic = new sns.Topic(stack, 'Topic');
  const endpoint = Endpoint.fromEndpointName(stack, 'Existing', 'Churn');
  const alarmActions = [new TopicAlarmAction(topic)];
  const { template } = alarmOf({ endpoint, variantName: 'live', alarmActions }, stack);
  template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmActions: [stack.resolve(topic.topicArn)] });
});

test('fails for a variant that the endpoint does not have', () => {
  const stack = newStack();
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
  expect(() => alarmOf({ endpoint, variantName: 'other' }, stack)).toThrow('UnknownVariant');
});

test('fails for a reference that tells neither name nor variant, both at once', () => {
  class ArnOnly extends Resource {
    public readonly endpointRef = { endpointArn: 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/churn' };
  }
  const stack = newStack();
  expect(() => alarmOf({ endpoint: new ArnOnly(stack, 'ArnOnly') }, stack)).toThrow(
    /^InvalidCaptureDiskAlarm at Stack\/CaptureDisk: 'endpointName' is undefined, allowed is a name \(it cannot be read from 'endpoint'\); 'variantName' is undefined/,
  );
});

test.each(['docs/model-monitor.md', 'docs/runbook.md'])('[C9] %s says when it fires', (page) => {
  const stack = newStack();
  const endpoint = new Endpoint(stack, 'Endpoint', { variants: [newVariant(stack)] });
  const [alarm] = Object.values(alarmOf({ endpoint }, stack).template.findResources('AWS::CloudWatch::Alarm'));
  const text = readFileSync(page, 'utf8');
  const [first] =
    /\d+ (%|percent)(?= or more|: the service)/.exec(text.slice(text.search(/full disks|## CaptureDisk/))) ?? [];
  expect(first).toMatch(new RegExp(`^${alarm.Properties.Threshold} `));
});

test('two alarms may invoke one function', () => {
  const stack = newStack();
  const code = lambda.Code.fromInline('exports.handler = () => {};');
  const pager = new lambda.Function(stack, 'Pager', {
    code,
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
  });
  const variants = [newVariant(stack, 'a'), newVariant(stack, 'b')];
  const endpoint = new Endpoint(stack, 'Endpoint', { variants });
  for (const variantName of ['a', 'b']) {
    new CaptureDiskAlarm(stack, `Disk${variantName}`, {
      endpoint,
      variantName,
      alarmActions: [new LambdaAction(pager)],
    });
  }
  Template.fromStack(stack).resourceCountIs('AWS::Lambda::Permission', 2);
});
