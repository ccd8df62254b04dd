import { type App, Aspects } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { rehearse } from '../../lib/rehearsal/rehearsal';
import type { RehearsalResult } from '../../lib/rehearsal/result';
import { RoleNames } from '../../tools/permissions/role-names';
import { WARM_WORKSHOP } from '../cloud/fixtures/warm-workshop';
import { readText } from '../project/source-files';
import { hours, newFolder, removeFolders, synthesize } from './fixtures/app';
import { creditRiskObjects, loanHours, synthesizeCreditRisk } from './fixtures/credit-risk';

// Apps in an account whose roles need a permissions boundary, a path and a prefix, which docs/permissions.md says how to give them.

interface Boundary {
  readonly Statement: readonly { readonly Sid: string }[];
}

/** As it stands on the page. */
const [, PASTED] = /```json\n(\{\n {2}"Version"[\s\S]*?)\n```/.exec(readText('docs/permissions.md')) ?? [];
const BOUNDARY: Boundary = JSON.parse(PASTED);

const APPS = {
  'the serverless engine': { assembly: '', traffic: () => hours(false, true), objects: () => undefined },
  'Model Monitor': { assembly: '', traffic: () => loanHours(false, true, true), objects: creditRiskObjects },
};

beforeAll(() => {
  APPS['the serverless engine'].assembly = synthesize(bound);
  APPS['Model Monitor'].assembly = synthesizeCreditRisk(bound);
});

afterAll(removeFolders);

function bound(app: App): void {
  const boundary = 'arn:aws:iam::123456789012:policy/monitoring-boundary';
  iam.PermissionsBoundary.of(app).apply(iam.ManagedPolicy.fromManagedPolicyArn(app, 'Boundary', boundary));
  Aspects.of(app).add(new RoleNames('/monitoring/', 'risk-'));
}

function rehearsed(name: keyof typeof APPS, boundary: Boundary): Promise<RehearsalResult> {
  const { assembly, traffic, objects } = APPS[name];
  const given = { traffic: traffic(), objects: objects(), expectDrift: true, boundary };
  return rehearse({ ...given, assembly, workDirectory: newFolder(), workshop: WARM_WORKSHOP });
}

describe.each(Object.keys(APPS) as (keyof typeof APPS)[])(
  'an app on %s whose roles have the boundary of the page',
  (name) => {
    test('does all that it has to', async () => {
      const result = await rehearsed(name, BOUNDARY);
      expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
      expect(result.succeeded).toBe(true);
      expect(result.timeline.filter(({ problem }) => problem)).toEqual([]);
    });
  },
);

test.each<[keyof typeof APPS, string, string]>([
  ['the serverless engine', 'S3', 's3:'],
  ['the serverless engine', 'States', 'states:StartExecution'],
  ['the serverless engine', 'Cloudwatch', 'cloudwatch:PutMetricData'],
  ['the serverless engine', 'Dynamodb', 'dynamodb:UpdateItem'],
  ['the serverless engine', 'Sns', 'sns:Publish'],
  ['Model Monitor', 'Iam', 'iam:PassRole'],
])('on %s, without the statements %s of it, fails and names the action', async (name, sid, action) => {
  const Statement = BOUNDARY.Statement.filter(({ Sid }) => !Sid.startsWith(sid)); // those of one service have numbers
  expect(Statement.length).toBeLessThan(BOUNDARY.Statement.length);
  const result = await rehearsed(name, { ...BOUNDARY, Statement });
  expect(result.succeeded).toBe(false);
  const problems = result.timeline.filter(({ problem }) => problem);
  expect(problems).toContainEqual(
    expect.objectContaining({
      title: expect.stringContaining(`denied: ${action}`),
      detail: expect.stringMatching(/role\/monitoring\/risk-.*the permissions boundary does not allow/),
    }),
  );
});
