import { removeFolders } from './fixtures/app';
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
