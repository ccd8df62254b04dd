import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack } from 'aws-cdk-lib';
import { oneTimeRunCommand } from '../../../lib/engine/serverless/one-time-run';
import { newMonitor, newStack } from '../../monitor/fixtures';

const REQUEST = '{"mode":"monitor","scheduledTime":"<aws.scheduler.scheduled-time>","filter":"it\'s $HOME \\"%s\\""}';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'once-'));
  const answer = `case "$1" in scheduler) cat "${folder}/request";; *) shift 7; printf '%s\\n' "$1" >> "${folder}/started";; esac`;
  writeFileSync(join(folder, 'aws'), `#!/bin/sh\necho "$@" >> "${folder}/calls"\n${answer}\n`);
  writeFileSync(join(folder, 'request'), REQUEST);
  chmodSync(join(folder, 'aws'), 0o755);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What the machine was started with, by a shell that has an `aws` of the test. */
function started(times?: string): { scheduledTime: string; filter: string }[] {
  const stack = new Stack(undefined, 'Stack', { env: { region: 'eu-west-1' } });
  const command = oneTimeRunCommand(stack, { stateMachineArn: 'arn:machine', scheduleName: 'name' });
  const env = { PATH: `${folder}:${process.env.PATH}`, ...(times && { TIMES: times }) };
  execFileSync('/bin/sh', ['-c', command], { env });
  const lines = readFileSync(join(folder, 'started'), 'utf8').trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line));
}

test('the command starts the machine once, now, with the input of the schedule as it stands', () => {
  const before = Date.now() - 1000;
  const [run, ...more] = started();
  expect(more).toEqual([]);
  expect(run.filter).toBe('it\'s $HOME "%s"');
  expect(run.scheduledTime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  expect(Date.parse(run.scheduledTime)).toBeGreaterThanOrEqual(before);
  expect(readFileSync(join(folder, 'calls'), 'utf8')).toContain('get-schedule --region eu-west-1 --name name');
});

test('the command starts the machine for each time that is given', () => {
  const times = ['2026-03-01T10:00:00Z', '2026-03-01T11:00:00Z'];
  expect(started(times.join(' ')).map(({ scheduledTime }) => scheduledTime)).toEqual(times);
});

test('a monitor has the command with the names of its schedule and machine', () => {
  const stack = newStack();
  const { oneTimeRunCommand: command } = newMonitor(stack).engineBinding;
  const text = JSON.stringify(stack.resolve(command));
  expect(text).toContain('{"Ref":"DataQualityServerlessSchedule');
  expect(text).toContain('{"Ref":"SageMakerMonitoringAnalysis');
});
