import { App, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import type { ModelMonitorEngineOptions } from '../../../lib';
import { JobDefinitionNameSource, MonitoredData, MonitoringFrequency, Weekday } from '../../../lib';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import type { DataQualityMonitorProps } from '../../../lib/monitor/data-quality-monitor';
import { newEndpoint, newMonitor, newStack } from '../../monitor/fixtures';
import { awaitedBy, resourceOf } from '../../monitor/readable-template';

const JOB_DEFINITION = 'AWS::SageMaker::DataQualityJobDefinition';
const SCHEDULE = 'AWS::SageMaker::MonitoringSchedule';

function make(
  options: ModelMonitorEngineOptions = {},
  props: Partial<DataQualityMonitorProps> = {},
  stack = newStack(),
) {
  const monitor = newMonitor(stack, { engine: MonitoringEngine.modelMonitor(options), ...props });
  return { stack, monitor };
}

function rawSchedule(stack: Stack) {
  const [schedule] = Object.values(Template.fromStack(stack).findResources(SCHEDULE));
  return schedule;
}

describe('the name of the job definition', () => {
  test('[F1][defect 5] is chosen by SageMaker: no name of ours collides with the definition that is replaced', () => {
    expect(resourceOf(make().stack, JOB_DEFINITION).Properties.JobDefinitionName).toBeUndefined();
  });

  test('[F1][F3] is an attribute of the definition, so the schedule follows it to a new one before the old one goes', () => {
    const { stack } = make();
    const [id] = Object.keys(Template.fromStack(stack).findResources(JOB_DEFINITION));
    const config = rawSchedule(stack).Properties.MonitoringScheduleConfig;
    expect(config.MonitoringJobDefinitionName).toEqual({ 'Fn::GetAtt': [id, 'JobDefinitionName'] });
  });

  test('[F1] may be taken from the ARN instead, and is its last part', () => {
    const { stack, monitor } = make({ jobDefinitionNameFrom: JobDefinitionNameSource.ARN });
    const [id] = Object.keys(Template.fromStack(stack).findResources(JOB_DEFINITION));
    const name = { 'Fn::Select': [1, { 'Fn::Split': ['/', { Ref: id }] }] };
    expect(rawSchedule(stack).Properties.MonitoringScheduleConfig.MonitoringJobDefinitionName).toEqual(name);
    expect(stack.resolve(monitor.engineBinding.jobDefinitionName)).toEqual(name);
    // the form of the ARN: https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsagemaker.html
    const arn = 'arn:aws:sagemaker:eu-west-1:111122223333:data-quality-job-definition/CFN-DataQualityJob-Ab12';
    expect(arn.split('/')[1]).toBe('CFN-DataQualityJob-Ab12');
  });

  test.each<[string, ModelMonitorEngineOptions]>([
    ['has another tag', { tags: { Team: 'Risk' } }],
    ['runs on two instances', { instanceCount: 2 }],
  ])('[F3] when the definition %s, the schedule keeps its own name', (_, options) => {
    const name = (stack: Stack) => rawSchedule(stack).Properties.MonitoringScheduleName;
    expect(name(make(options).stack)).toEqual(name(make().stack));
  });
});

describe('the schedule', () => {
  test('[F5] waits for the endpoint: SageMaker looks for it, and for its data capture, when the schedule is made', () => {
    expect(awaitedBy(make().stack, SCHEDULE)).toContain('Endpoint');
  });

  test('[F5] depends on an endpoint that the job definition names by a plain text, and so does not wait for', () => {
    const stack = newStack();
    const endpoint = newEndpoint(stack);
    make({}, { data: MonitoredData.endpoint(endpoint, { endpointName: 'churn' }) }, stack);
    expect(awaitedBy(stack, JOB_DEFINITION)).not.toContain('Endpoint');
    expect(resourceOf(stack, SCHEDULE).DependsOn).toContain('Endpoint');
  });

  test('[F7] leaves to SageMaker whether it runs, and why not', () => {
    expect(Object.keys(rawSchedule(make().stack).Properties).sort()).toEqual([
      'MonitoringScheduleConfig',
      'MonitoringScheduleName',
      'Tags',
    ]);
  });

  test('[F8] needs neither account nor region at synthesis', () => {
    const stack = new Stack(new App(), 'Anywhere');
    expect(Token.isUnresolved(stack.region)).toBe(true);
    const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/analyzer:7';
    const { monitor } = make({ dataQuality: { imageUri } }, {}, stack);
    expect(JSON.stringify(rawSchedule(stack))).not.toMatch(/eu-west-1|111122223333/);
    expect(JSON.stringify(stack.resolve(monitor.engineBinding.oneTimeRunCommand))).toContain('{"Ref":"AWS::Region"}');
  });

  test('[F2] is the same whatever was synthesized before', () => {
    const text = () => JSON.stringify(Template.fromStack(make({ tags: { A: '1' } }).stack).toJSON());
    const first = text();
    make();
    expect(text()).toBe(first);
  });

  test.each<[string, MonitoringFrequency]>([
    ['hourly', MonitoringFrequency.hourly()],
    ...[1, 2, 3, 4, 6, 8, 12, 24].map((hours): [string, MonitoringFrequency] => [
      `every ${hours} hours`,
      MonitoringFrequency.everyHours(hours),
    ]),
    ...[0, 9, 23].map((hour): [string, MonitoringFrequency] => [`daily at ${hour}`, MonitoringFrequency.dailyAt(hour)]),
  ])('[B11][B12][defect 5] %s is an expression that SageMaker documents', (_, frequency) => {
    const { ScheduleConfig } = rawSchedule(make({}, { frequency }).stack).Properties.MonitoringScheduleConfig;
    // https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_ScheduleConfig.html
    expect(ScheduleConfig.ScheduleExpression).toMatch(
      /^cron\(0 (\*|\d|1\d|2[0-3]|(\d|1\d|2[0-3])\/([1-9]|1\d|2[0-4])) \? \* \* \*\)$/,
    );
  });

  test('[B11][defect 5] no rate can be written, and of minutes, weeks and zones none reaches SageMaker', () => {
    const makers = Object.getOwnPropertyNames(MonitoringFrequency).filter(
      (name) => !['length', 'name', 'prototype'].includes(name),
    );
    expect(makers.sort()).toEqual(['dailyAt', 'everyHours', 'everyMinutes', 'hourly', 'weeklyAt']);
    for (const hours of [0.5, 48, 168])
      expect(() => MonitoringFrequency.everyHours(hours)).toThrow('InvalidMonitoringFrequency');
    for (const frequency of [
      MonitoringFrequency.everyMinutes(15),
      MonitoringFrequency.weeklyAt(Weekday.MONDAY, 0),
      MonitoringFrequency.dailyAt(9, { timeZone: 'Europe/Berlin' }),
    ])
      expect(() => make({}, { frequency })).toThrow('UnsupportedOnModelMonitor');
  });
});
