import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { MonitoringFrequency } from '../../../lib';
import { violations } from '../../../lib/cloud/service-model/service-model';
import { oneTimeRunCommand } from '../../../lib/engine/model-monitor/schedule/one-time-run';
import { MonitoringEngine } from '../../../lib/engine/monitoring-engine';
import { newMonitor, newStack } from '../../monitor/fixtures';
import { readable } from '../../monitor/readable-template';

/** What the shell hands to AWS's command line at a time. */
function inputOf(
  command: string,
  now = '20260304103000',
): { MonitoringScheduleName: string; MonitoringScheduleConfig: unknown } {
  const [, prefix] = /^name=(\S*)-\$\(date -u \+%Y%m%d%H%M%S\) && /.exec(command) ?? [];
  const [, config] = /--monitoring-schedule-config '([^']+)'/.exec(command) ?? [];
  return { MonitoringScheduleName: `${prefix}-${now}`, MonitoringScheduleConfig: JSON.parse(config) };
}

function commandFor(ids: string[], windowHours = 1): string {
  const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-west-1' } });
  const scope = ids.reduce<Construct>((parent, id) => new Construct(parent, id), stack);
  return oneTimeRunCommand(scope, { jobDefinitionName: 'CFN-Definition-Ab12', kind: 'ModelBias', windowHours });
}

describe('the command for a one-time run', () => {
  test('[B8][B9] runs the definition of a monitor now, over the hours of its interval', () => {
    const stack = newStack();
    const engine = MonitoringEngine.modelMonitor();
    const monitor = newMonitor(stack, { engine, frequency: MonitoringFrequency.everyHours(6) });
    new CfnOutput(stack, 'RunOnce', { value: monitor.engineBinding.oneTimeRunCommand ?? '' });
    const { Value } = Template.fromStack(stack).findOutputs('RunOnce').RunOnce;
    const command = String(readable(Value)).replace(/\$\{(\w+)\.JobDefinitionName\}/, '$1');
    expect(inputOf(command)).toEqual({
      MonitoringScheduleName: 'dataquality-once-20260304103000',
      MonitoringScheduleConfig: {
        MonitoringJobDefinitionName: 'DataQualityJobDefinition',
        MonitoringType: 'DataQuality',
        ScheduleConfig: {
          ScheduleExpression: 'NOW',
          DataAnalysisStartTime: '-PT6H',
          DataAnalysisEndTime: '-PT0H',
        },
      },
    });
  });

  test('[B9] prints how to delete what it made', () => {
    const [create, echo] = commandFor(['A']).split(' && ').slice(1);
    expect(create).toMatch(
      /^aws sagemaker create-monitoring-schedule --region eu-west-1 --monitoring-schedule-name "\$name" /,
    );
    expect(echo).toContain(
      'aws sagemaker delete-monitoring-schedule --region eu-west-1 --monitoring-schedule-name $name"',
    );
  });

  test.each([
    ['short', ['D']],
    ['long', ['a'.repeat(300)]],
    ['cut at a hyphen', [`${'a'.repeat(4)}-${'b'.repeat(42)}`]],
    ['of other alphabets', ['监控']],
    ['with quotes and spaces', [`it's a "monitor"`, '$(reboot)']],
  ])("[B8] is an input that the service's model allows, for a path that is %s", (_, ids) => {
    const input = inputOf(commandFor(ids));
    expect(violations('sagemaker', 'CreateMonitoringSchedule', input)).toEqual([]);
    expect(input.MonitoringScheduleName).toMatch(/^([a-z0-9-]+-)?once-20260304103000$/);
  });

  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-sagemaker-monitoringschedule-scheduleconfig.html
  test.each([1, 24])('[B8] has offsets of the form and length that are allowed, for %d hours', (hours) => {
    const { ScheduleConfig } = inputOf(commandFor(['A'], hours)).MonitoringScheduleConfig as {
      ScheduleConfig: { DataAnalysisStartTime: string; DataAnalysisEndTime: string };
    };
    for (const offset of [ScheduleConfig.DataAnalysisStartTime, ScheduleConfig.DataAnalysisEndTime]) {
      expect(offset).toMatch(/^.?P.*/);
      expect(offset.length).toBeLessThanOrEqual(15);
    }
  });

  test('fails by the model where a name is too long, so that the check above can fail', () => {
    const input = { ...inputOf(commandFor(['A'])), MonitoringScheduleName: 'a'.repeat(64) };
    expect(violations('sagemaker', 'CreateMonitoringSchedule', input)).toHaveLength(2);
  });
});
