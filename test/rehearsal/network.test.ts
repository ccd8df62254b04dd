import { removeFolders } from './fixtures/app';
import { POLICY, problemsOf, rehearsed, WAYS, withPolicy } from './fixtures/networked-app';

afterAll(removeFolders);

test('the endpoints and the policy of the page are enough', async () => {
  expect(WAYS.length).toBeGreaterThan(5);
  const result = await rehearsed((template) => withPolicy(template));
  expect(problemsOf(result)).toEqual([]);
  expect(result.expectations.filter(({ met }) => !met)).toEqual([]);
  expect(result.unseen).toEqual([]);
});

test('a policy that lets no answers to CloudFormation pass is named', async () => {
  const { Statement, ...others } = JSON.parse(POLICY);
  const own = JSON.stringify({ ...others, Statement: Statement.slice(0, 1) });
  const { expectations } = await rehearsed((template) => withPolicy(template, own));
  const details = expectations.filter(({ met }) => !met).map(({ detail }) => detail);
  expect(details.join()).toContain('its answer does not reach CloudFormation: the policy of the VPC endpoint');
});

test('a policy for the principals of another account is named', async () => {
  const foreign = POLICY.replaceAll('111122223333', '999999999999');
  const result = await rehearsed((template) => withPolicy(template, foreign));
  expect(JSON.stringify(problemsOf(result))).toContain('the policy of the VPC endpoint: no statement allows');
});

test('a VPC that is not part of the app is taken to lead to every service, and that is told', async () => {
  const result = await rehearsed((template) => {
    for (const { Type, Properties } of Object.values(template.Resources)) {
      if (Type === 'AWS::Lambda::Function')
        Properties.VpcConfig = { SubnetIds: ['subnet-0a1b'], SecurityGroupIds: ['sg-1'] };
    }
  });
  expect(result.succeeded).toBe(true);
  expect(result.unseen).toEqual([
    { name: 'network', why: 'not rehearsed', detail: expect.stringContaining('subnet-0a1b') },
  ]);
});
