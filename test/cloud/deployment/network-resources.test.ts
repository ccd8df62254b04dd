import type { Cloud } from '../../../lib/cloud/deployment/cloud';
import { assembly, openCloud, removeFolders, type TestStack } from './stack';

let cloud: Cloud;

beforeEach(async () => {
  cloud = await openCloud();
});

afterEach(() => cloud.close());
afterAll(removeFolders);

const GROUP = 'AWS::EC2::SecurityGroup';
const RULE = 'AWS::EC2::SecurityGroupIngress';
const ALL = { GroupDescription: 'jobs', VpcId: 'vpc-1' };
const deploy = (build: (stack: TestStack) => void) => cloud.deploy(assembly(build));

/** A group, and rules that let in what comes from itself. */
const grouped =
  (rules: Record<string, object>, group: object = ALL) =>
  (stack: TestStack) => {
    const { ref } = stack.add('Group', GROUP, group);
    for (const [id, changes] of Object.entries(rules)) {
      stack.add(id, RULE, { GroupId: ref, IpProtocol: '-1', SourceSecurityGroupId: ref, ...changes });
    }
  };
const idOf = (type: string) => cloud.resources({ type }).map(({ ref }) => ref);

describe('a security group', () => {
  test('has an id, by which rules know it', async () => {
    expect((await deploy(grouped({ Rule: {} }))).status).toBe('CREATE_COMPLETE');
    const [group] = cloud.resources({ type: GROUP });
    expect(group.ref).toMatch(/^sg-[0-9a-f]{17}$/);
    expect(group.attributes).toEqual({ Id: group.ref, GroupId: group.ref, VpcId: 'vpc-1' });
    expect(cloud.resources({ type: RULE })[0]).toMatchObject({
      ref: expect.stringMatching(/^sgr-[0-9a-f]{17}$/),
      properties: { GroupId: group.ref },
    });
  });

  test('is another one in another VPC, and the same with other tags', async () => {
    await deploy(grouped({}));
    const [first] = idOf(GROUP);
    await deploy(grouped({}, { ...ALL, Tags: [{ Key: 'Team', Value: 'Risk' }] }));
    expect(idOf(GROUP)).toEqual([first]);
    await deploy(grouped({}, { ...ALL, VpcId: 'vpc-2' }));
    expect(idOf(GROUP)).not.toEqual([first]);
  });

  test('may have the name of one in another VPC, and of none in its own', async () => {
    const named = (VpcId: string) => (stack: TestStack) => {
      stack.add('One', GROUP, { ...ALL, GroupName: 'mine' });
      stack.add('Two', GROUP, { ...ALL, GroupName: 'mine', VpcId });
    };
    expect((await deploy(named('vpc-1'))).reason).toMatch(/^Two: AlreadyExists: /);
    expect((await deploy(named('vpc-2'))).status).toBe('CREATE_COMPLETE');
  });

  test('is not rehearsed outside of a VPC that it names', async () => {
    const { reason } = await deploy(grouped({}, { GroupDescription: 'jobs' }));
    expect(reason).toMatch(/^NotRehearsed: Group: .*default VPC/);
  });
});

describe('a rule of a security group', () => {
  test('gets another description in place, and is another one with another protocol', async () => {
    await deploy(grouped({ Rule: {} }));
    const [first] = idOf(RULE);
    expect((await deploy(grouped({ Rule: { Description: 'jobs' } }))).status).toBe('UPDATE_COMPLETE');
    expect(idOf(RULE)).toEqual([first]);
    await deploy(grouped({ Rule: { IpProtocol: '6', FromPort: 443, ToPort: 443 } }));
    expect(idOf(RULE)).not.toEqual([first]);
  });

  test('is not rehearsed where the group has it already, also under a logical id that the update gives up', async () => {
    const twice = await deploy(grouped({ One: {}, Two: { Description: 'again' } }));
    expect(twice.reason).toMatch(/^NotRehearsed: Two: .*already, by Test\/One$/);
    expect((await deploy(grouped({ One: {}, Two: { CidrIp: '10.0.0.0/8' } }))).status).toBe('CREATE_COMPLETE');
    expect((await deploy(grouped({ Moved: {} }))).reason).toMatch(/^NotRehearsed: Moved: .*already, by Test\/One$/);
  });

  test('is not rehearsed where its group is given by name', async () => {
    const { reason } = await deploy((stack) => void stack.add('Rule', RULE, { GroupName: 'mine', IpProtocol: '-1' }));
    expect(reason).toMatch(/^NotRehearsed: Rule: .*given by name/);
  });
});
