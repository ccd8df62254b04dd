import { App, type Stage } from 'aws-cdk-lib';
import { addFleet } from '../../examples/fleet/app';
import { checked, type Inventory, readInventory } from '../../examples/fleet/inventory';
import { bodyFaults, type DashboardBody } from '../dashboard/body-rules';
import { dashboardBody, titled } from '../dashboard/fixtures';
import { temporaryFolder } from '../project/synthesis';

interface Resource {
  readonly Type: string;
  readonly Properties: { readonly [name: string]: unknown };
}

interface Resources {
  readonly [id: string]: Resource;
}

const INVENTORY = readInventory();
const SINK_ARN = 'arn:aws:oam:eu-west-1:210000000000:sink/0a1b2c3d-0000-4000-8000-000000000000';
const ACCOUNTS = INVENTORY.accounts.map(({ account }) => account);

/** The resources of each stage, in the order of the stages. */
function synthesized(inventory: Inventory): ReadonlyMap<string, Resources> {
  const app = new App({ outdir: temporaryFolder() });
  addFleet(app, inventory);
  app.synth();
  const stages = app.node.children.filter((child): child is Stage => 'synth' in child);
  return new Map(stages.map((stage) => [stage.node.id, stage.synth().stacks[0].template.Resources]));
}

function ofType(resources: Resources | undefined, type: string): Resource['Properties'][] {
  return Object.values(resources ?? {})
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);
}

/** Intrinsics without what they join: enough to read an ARN. */
function textOf(value: unknown): string {
  return JSON.stringify(value).replace(/\{"Fn::Join":\["",\[|\]\]\}|\{"Ref":"AWS::Partition"\}|","|",,"|"/g, '');
}

describe('the fleet of the inventory', () => {
  const stages = synthesized(INVENTORY);

  test('is a stage for the centre and one for each of 12 accounts, the canary before all others', () => {
    expect(ACCOUNTS).toHaveLength(12);
    expect([...stages.keys()].slice(0, 2)).toEqual(['Centre', 'Canary']);
    expect([...stages.keys()].slice(2).every((name) => name.startsWith('Main-'))).toBe(true);
    expect(stages.size).toBe(13);
  });

  test('has the same of each account but for its number, its name, and how many endpoints it has', () => {
    const single = INVENTORY.accounts.filter(({ endpoints }) => endpoints.length === 1);
    const types = single.map(({ name, wave }) => {
      const resources = stages.get(wave === 'canary' ? name : `Main-${name}`) ?? {};
      return Object.values(resources).map(({ Type }) => Type);
    });
    for (const each of types) expect(each).toEqual(types[0]);
    expect(types.length).toBeGreaterThan(5);
  });

  test('reports at home, below a prefix of the account, of which the centre gets copies', () => {
    for (const { name, wave, account } of INVENTORY.accounts) {
      const resources = stages.get(wave === 'canary' ? name : `Main-${name}`);
      const replicated = ofType(resources, 'AWS::S3::Bucket').filter((bucket) => bucket.ReplicationConfiguration);
      expect(replicated).toHaveLength(1);
      const { Rules } = replicated[0].ReplicationConfiguration as { readonly Rules: readonly object[] };
      expect(Rules).toMatchObject([{ Filter: { Prefix: `model-monitoring/${account}/` }, Status: 'Enabled' }]);
      const copying = ofType(resources, 'AWS::IAM::Policy')
        .map(textOf)
        .filter((text) => text.includes('Replicate'));
      expect(copying).toHaveLength(1);
      expect(copying[0]).toContain(
        `:s3:::model-monitoring-reports-210000000000-eu-west-1/model-monitoring/${account}/*`,
      );
      expect(copying[0]).not.toContain('ReplicateDelete');
    }
  });

  test('sends each outcome to the bus of the centre, and keeps what could not be handed over', () => {
    const targets = ofType(stages.get('Main-CreditRisk'), 'AWS::Events::Rule').flatMap(
      ({ Targets }) => Targets as readonly { readonly Arn: unknown; readonly DeadLetterConfig?: object }[],
    );
    const toCentre = targets.filter(({ Arn }) => textOf(Arn).includes('event-bus/model-monitoring-fleet'));
    expect(toCentre).toHaveLength(2); // one for each endpoint
    for (const target of toCentre) expect(target).toMatchObject({ DeadLetterConfig: {}, RoleArn: {} });
  });
});

describe('the centre', () => {
  const centre = synthesized(INVENTORY).get('Centre');

  test('lets each account add copies below its own prefix, and nothing else', () => {
    const [{ PolicyDocument }] = ofType(centre, 'AWS::S3::BucketPolicy');
    const { Statement } = PolicyDocument as { readonly Statement: readonly { readonly Effect: string }[] };
    const allowed = Statement.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(12);
    for (const [index, account] of ACCOUNTS.entries()) {
      expect(allowed[index]).toMatchObject({ Action: ['s3:ReplicateObject', 's3:ReplicateTags'] });
      const text = textOf(allowed[index]);
      expect(text).toContain(`:iam::${account}:root`);
      expect(text).toContain(`/model-monitoring/${account}/*`);
      for (const other of ACCOUNTS) if (other !== account) expect(text).not.toContain(other);
    }
  });

  test('lets the accounts put outcomes of monitors on its bus, and no other events', () => {
    const [{ Statement }] = ofType(centre, 'AWS::Events::EventBusPolicy');
    expect(Statement).toMatchObject({
      Action: 'events:PutEvents',
      Condition: { StringEquals: { 'events:source': 'cdk-sagemaker-monitoring' } },
    });
    const { Principal } = Statement as { readonly Principal: { readonly AWS: readonly object[] } };
    expect(Principal.AWS.map(textOf)).toEqual(ACCOUNTS.map((account) => expect.stringContaining(account)));
  });

  test('lets the accounts link metrics and logs, and nothing else', () => {
    const [{ Policy }] = ofType(centre, 'AWS::Oam::Sink');
    expect(Policy).toMatchObject({
      Statement: [
        {
          Principal: { AWS: ACCOUNTS },
          Action: ['oam:CreateLink', 'oam:UpdateLink'],
          Condition: {
            'ForAllValues:StringEquals': { 'oam:ResourceTypes': ['AWS::CloudWatch::Metric', 'AWS::Logs::LogGroup'] },
          },
        },
      ],
    });
  });
});

describe('an account', () => {
  const alone = synthesized({ accounts: INVENTORY.accounts.slice(0, 1) }).get('Canary') ?? {};
  const linked = synthesized({ ...INVENTORY, centre: { ...centreOf(), sinkArn: SINK_ARN } }).get('Canary') ?? {};

  test('lives without the centre: what it adds for it is what copies, tells and links', () => {
    const added = Object.keys(linked).filter((id) => !(id in alone));
    expect(Object.keys(alone).filter((id) => !(id in linked))).toEqual([]);
    expect(added.map((id) => linked[id].Type).sort()).toEqual([
      'AWS::Events::Rule',
      'AWS::IAM::Policy',
      'AWS::IAM::Policy',
      'AWS::IAM::Role',
      'AWS::IAM::Role',
      'AWS::Oam::Link',
      'AWS::SQS::Queue',
      'AWS::SQS::QueuePolicy',
    ]);
    const changed = Object.keys(alone).filter((id) => JSON.stringify(alone[id]) !== JSON.stringify(linked[id]));
    expect(changed.map((id) => alone[id].Type)).toEqual(['AWS::S3::Bucket']); // versions, and the rule of copies
  });

  test('links to the sink whose ARN the inventory has', () => {
    expect(ofType(linked, 'AWS::Oam::Link')).toMatchObject([
      { SinkIdentifier: SINK_ARN, LabelTemplate: '$AccountName' },
    ]);
  });
});

describe('dashboards', () => {
  const stages = synthesized(INVENTORY);
  const bodyIn = (resources: Resources | undefined): DashboardBody => {
    const bodies = ofType(resources, 'AWS::CloudWatch::Dashboard');
    expect(bodies.map(({ DashboardName }) => DashboardName)).toEqual(['models']);
    return dashboardBody(bodies[0].DashboardBody);
  };
  const shownOn = (body: DashboardBody) => [
    ...new Set(
      body.widgets.flatMap(({ properties }) =>
        ((properties.metrics ?? []) as { accountId?: string }[][]).map(([options]) => options.accountId),
      ),
    ),
  ];

  test('are one in each account, by the rules of CloudWatch, to which its messages link', () => {
    for (const [name, resources] of stages) {
      const body = bodyIn(resources);
      expect([name, bodyFaults(body)]).toEqual([name, []]);
      if (name === 'Centre') continue;
      expect(shownOn(body)).toEqual([undefined]);
      const rules = ofType(resources, 'AWS::Events::Rule').map((rule) => JSON.stringify(rule));
      expect(rules.some((rule) => rule.includes('models'))).toBe(true);
    }
  });

  test('show the newest reports of all monitors of the account', () => {
    for (const { name, wave, endpoints } of INVENTORY.accounts) {
      const body = bodyIn(stages.get(wave === 'canary' ? name : `Main-${name}`));
      const { params } = titled(body, 'Monitors, and alarms that fire').properties;
      const known = params.monitors.flatMap(({ monitorIds, bucket }: { monitorIds: string[]; bucket?: unknown }) =>
        bucket === undefined ? [] : monitorIds,
      );
      expect(known).toHaveLength(endpoints.length);
    }
  });

  test('of the centre show every account, and one that is chosen', () => {
    const body = bodyIn(stages.get('Centre'));
    expect(shownOn(body).sort()).toEqual(['000000000000', ...ACCOUNTS].sort());
    const account = body.variables?.find(({ id }) => id === 'account');
    expect(account?.values.map(({ value }: { value: string }) => value)).toEqual(ACCOUNTS);
    expect(ofType(stages.get('Centre'), 'AWS::Lambda::Function')).toEqual([]);
  });
});

function centreOf() {
  const { centre } = INVENTORY;
  if (!centre) throw new Error('the inventory has no centre');
  return centre;
}

describe('an inventory is refused', () => {
  const [canary, ...others] = INVENTORY.accounts;

  test.each<{ readonly of: string; readonly accounts: Inventory['accounts']; readonly says: string }>([
    { of: 'whose first account is no canary', accounts: others, says: 'the canary stands first' },
    { of: 'with an account twice', accounts: [canary, { ...canary, name: 'Again' }], says: 'each account stands once' },
    { of: 'with a name twice', accounts: [canary, { ...others[0], name: 'Canary' }], says: 'each name stands once' },
    { of: 'with an account of 11 digits', accounts: [{ ...canary, account: '2'.repeat(11) }], says: '12 digits' },
    {
      of: 'with an account of another region',
      accounts: [{ ...canary, region: 'eu-north-1' }],
      says: 'of another: Canary',
    },
  ])('$of', ({ accounts, says }) => {
    expect(() => checked({ ...INVENTORY, accounts })).toThrow(says);
  });
});
