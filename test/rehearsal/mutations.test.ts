import { appendFileSync, cpSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { changed, hours, idsOf, newFolder, removeFolders, synthesize, type Template } from './fixtures/app';

let assembly: string;

beforeAll(() => {
  assembly = synthesize();
});

afterAll(removeFolders);

function rehearsed(directory: string): Promise<RehearsalResult> {
  return rehearse({
    assembly: directory,
    workDirectory: newFolder(),
    expectDrift: true,
    workshop: WARM_WORKSHOP,
    traffic: hours(false, true),
  });
}

/** Removes resources and what DependsOn says of them. */
function remove(template: Template, type: string, part = ''): void {
  const ids = idsOf(template, type, part);
  expect(ids).not.toEqual([]);
  for (const id of ids) {
    delete template.Resources[id];
  }
}

function only(template: Template, type: string, part: string) {
  const [id, ...others] = idsOf(template, type, part);
  expect([id, others]).toEqual([expect.any(String), []]);
  return template.Resources[id].Properties;
}

function definitionWithoutMap(template: Template): void {
  const machine = only(template, 'AWS::StepFunctions::StateMachine', '');
  const join = (machine.DefinitionString as { 'Fn::Join': [string, unknown[]] })['Fn::Join'];
  const parts = join[1];
  const text = parts.map((part) => (typeof part === 'string' ? part : `<<${JSON.stringify(part)}>>`)).join('');
  const kept: string[] = [];
  const definition = JSON.parse(text.replace(/<<(.*?)>>/g, (_, part) => `<<${kept.push(part) - 1}>>`));
  delete definition.States.Profile;
  for (const choice of definition.States.AnythingToProfile.Choices) choice.Next = 'Conclude';
  const pieces = JSON.stringify(definition).split(/<<(\d+)>>/);
  join[1] = pieces.map((piece, index) => (index % 2 ? JSON.parse(kept[+piece]) : piece));
}

interface Policy {
  readonly PolicyDocument: { Statement: { Action: unknown }[] };
}

/** Removes the statements of a role that allow an action. */
function withoutAction(template: Template, role: string, action: string): void {
  for (const policy of only(template, 'AWS::IAM::Role', role).Policies as Policy[]) {
    const { Statement } = policy.PolicyDocument;
    policy.PolicyDocument.Statement = Statement.filter(
      (statement) => !JSON.stringify(statement.Action).includes(action),
    );
    expect(policy.PolicyDocument.Statement.length).toBeLessThan(Statement.length);
  }
}

test('the app as it was synthesized passes', async () => {
  const result = await rehearsed(assembly);
  expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
  expect(result.succeeded).toBe(true);
  expect(result.timeline.filter(({ problem }) => problem)).toEqual([]);
});

test.each<[string, (template: Template) => void]>([
  ['drift alarm', (t) => remove(t, 'AWS::CloudWatch::Alarm', 'AlarmsDrift')],
  [
    'drift alarm',
    (t) => {
      only(t, 'AWS::CloudWatch::Alarm', 'AlarmsDrift').Threshold = 1000;
    },
  ],
  [
    'drift alarm',
    (t) => {
      only(t, 'AWS::CloudWatch::Alarm', 'AlarmsDrift').MetricName = 'Drift';
    },
  ],
  [
    'alarm action',
    (t) => {
      delete only(t, 'AWS::CloudWatch::Alarm', 'AlarmsDrift').AlarmActions;
    },
  ],
  [
    'alarm action',
    (t) => {
      only(t, 'AWS::CloudWatch::Alarm', 'AlarmsDrift').ActionsEnabled = false;
    },
  ],
  ['health alarm', (t) => remove(t, 'AWS::CloudWatch::Alarm', 'MonitoringHealth')],
  [
    'health alarm',
    (t) => {
      only(t, 'AWS::CloudWatch::Alarm', 'MonitoringHealth').MetricName = 'Failed';
    },
  ],
  ['topic policy', (t) => remove(t, 'AWS::SNS::TopicPolicy')],
  ['digest', (t) => remove(t, 'AWS::Lambda::Permission', 'Digest')],
  ['digest', (t) => withoutAction(t, 'DigestFunctionRole', 's3:GetObject')],
  ['digest', (t) => withoutAction(t, 'DigestFunctionRole', 's3:ListBucket')],
  ['page', (t) => remove(t, 'AWS::Lambda::Permission', 'Pages')],
  ['page', (t) => withoutAction(t, 'PagesFunctionRole', 's3:GetObject')],
  ['page', (t) => withoutAction(t, 'PagesFunctionRole', 's3:ListBucket')],
  ['page', (t) => withoutAction(t, 'PagesFunctionRole', 's3:PutObject')],
  [
    'rule',
    (t) => {
      remove(t, 'AWS::Events::Rule', 'RetrainingRule');
      remove(t, 'AWS::Lambda::Permission', 'RetrainingRule');
      remove(t, 'AWS::SQS::QueuePolicy');
    },
  ],
  [
    'rule',
    (t) => {
      only(t, 'AWS::Events::Rule', 'RetrainingRule').State = 'DISABLED';
    },
  ],
  [
    'rule',
    (t) => {
      (only(t, 'AWS::Events::Rule', 'RetrainingRule').EventPattern as { detail: { status: string[] } }).detail.status =
        ['Failed'];
    },
  ],
  [
    'rule target',
    (t) => {
      delete only(t, 'AWS::Events::Rule', 'RetrainingRule').Targets;
    },
  ],
  ['gate permission', (t) => remove(t, 'AWS::Lambda::Permission', 'RetrainingRule')],
  ['gate permission', (t) => withoutAction(t, 'RetrainingGateRole', 's3:GetObject')],
  ['gate permission', (t) => withoutAction(t, 'RetrainingGateRole', 's3:ListBucket')],
  ['gate permission', (t) => withoutAction(t, 'RetrainingGateRole', 'dynamodb:UpdateItem')],
  ['gate permission', (t) => withoutAction(t, 'RetrainingGateRole', 'sagemaker:StartPipelineExecution')],
  ['schedule', (t) => withoutAction(t, 'AnalysisSchedulerRole', 'states:StartExecution')],
  ['Map state', definitionWithoutMap],
  ['outcome told', (t) => withoutAction(t, 'ConcludeRole', 'cloudwatch:PutMetricData')],
  ['outcome told', (t) => withoutAction(t, 'ConcludeRole', 'events:PutEvents')],
])('fails and names the %s when the template lacks it (%#)', async (name, change) => {
  const result = await rehearsed(changed(assembly, change));
  expect(result.succeeded).toBe(false);
  expect(result.expectations.find(({ met }) => !met)?.name).toBe(name);
});

test.each<[string, string, string]>([
  ['rule', 'AWS::Events::Rule', 'RetrainingRule'],
  ['gate permission', 'AWS::Lambda::Permission', 'RetrainingRule'],
  ['topic policy', 'AWS::SNS::TopicPolicy', ''],
])('fails and names the %s when it is removed though others refer to it', async (name, type, part) => {
  const result = await rehearsed(
    changed(assembly, (template) => {
      const [id] = idsOf(template, type, part);
      remove(template, type, part);
      const [topic] = idsOf(template, 'AWS::SNS::Topic');
      Object.assign(template.Resources[topic], { DependsOn: id });
    }),
  );
  expect(result.expectations.find(({ met }) => !met)?.name).toBe(name);
  expect(result.expectations.at(-1)).toMatchObject({ name: 'deployment', met: false });
});

test('fails the deployment in the words of the function that made the baseline', async () => {
  const result = await rehearsed(changed(assembly, (t) => withoutAction(t, 'ProfileRole', 's3:PutObjectTagging')));
  const deployment = result.expectations.find(({ name }) => name === 'deployment');
  expect(deployment).toMatchObject({ met: false, detail: expect.stringMatching(/FAILED: .*no access to s3:/) });
});

test('fails the deployment when the machine may not start the children of its Map', async () => {
  const change = (template: Template) => {
    only(template, 'AWS::IAM::Policy', 'DistributedMapPolicy').Roles = [];
  };
  const result = await rehearsed(changed(assembly, change));
  expect(result.expectations.at(-1)).toMatchObject({
    name: 'deployment',
    met: false,
    detail: expect.stringContaining('may not start the children of its Map'),
  });
});

test('fails for a resource type that the rehearsal does not know, and names it', async () => {
  const change = (template: Template) => {
    template.Resources.Server = { Type: 'AWS::EC2::Instance', Properties: {} };
  };
  const { expectations } = await rehearsed(changed(assembly, change));
  expect(expectations[0]).toMatchObject({
    name: 'deployment',
    detail: expect.stringContaining('AWS::EC2::Instance (Rehearsed/Server)'),
  });
});

test('fails when a handler is not the one that was synthesized, and names it', async () => {
  let key = '';
  const copy = changed(assembly, (template) => {
    key = (only(template, 'AWS::Lambda::Function', 'Profile') as { Code: { S3Key: string } }).Code.S3Key;
  });
  const asset = `asset.${key.replace('.zip', '')}`;
  unlinkSync(join(copy, asset));
  cpSync(join(assembly, asset), join(copy, asset), { recursive: true });
  appendFileSync(join(copy, asset, 'index.mjs'), '// changed');
  const { expectations } = await rehearsed(copy);
  expect(expectations.at(-1)).toMatchObject({
    name: 'deployment',
    met: false,
    detail: expect.stringMatching(/^UnusableAssembly: .*Profile would not run what was synthesized/),
  });
});
