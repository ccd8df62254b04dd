import { removeFolders, type Template } from './fixtures/app';
import { endpointsOf, problemsOf, rehearsed, WAYS, withoutAbsent } from './fixtures/networked-app';

afterAll(removeFolders);

test.each(WAYS.map(({ service }) => service))(
  'none of them is one too many: without %s, it is missed',
  async (service) => {
    const result = await rehearsed((template) => {
      for (const [id] of endpointsOf(template, service)) delete template.Resources[id];
      withoutAbsent(template);
    });
    expect(result.succeeded).toBe(false);
    expect(JSON.stringify(problemsOf(result))).toContain(`neither a VPC endpoint for ${service} nor a route`);
  },
);

test('a route to a NAT gateway leads everywhere, one to an internet gateway nowhere', async () => {
  const routed = (target: object) => (template: Template) => {
    for (const [id, { Type }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::EC2::VPCEndpoint') delete template.Resources[id];
      if (Type !== 'AWS::EC2::RouteTable') continue;
      const Properties = { RouteTableId: { Ref: id }, DestinationCidrBlock: '0.0.0.0/0', ...target };
      template.Resources[`${id}Out`] = { Type: 'AWS::EC2::Route', Properties };
    }
    withoutAbsent(template);
  };
  expect(problemsOf(await rehearsed(routed({ NatGatewayId: 'nat-0123' })))).toEqual([]);
  expect(JSON.stringify(problemsOf(await rehearsed(routed({ GatewayId: 'igw-0123' }))))).toContain(
    'neither a VPC endpoint for s3 nor a route',
  );
});
