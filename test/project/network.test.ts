import { networkedFunctions } from '../../tools/network/functions';
import { networkPage } from '../../tools/network/page';
import { currentPermissions } from '../../tools/permissions/synthesis';
import { bundleAll } from './bundles';
import { readText } from './source-files';

const functions = networkedFunctions(currentPermissions());

test('docs/network.md says what the functions call today (npm run network -- --write)', () => {
  expect(readText('docs/network.md')).toBe(networkPage(functions));
});

/** The clients of the SDK by the endpoint that leads to what they call. */
const CLIENTS: { readonly [client: string]: string } = {
  cloudwatch: 'monitoring',
  dynamodb: 'dynamodb',
  eventbridge: 'events',
  s3: 's3',
  sagemaker: 'sagemaker.api',
  sfn: 'states',
  sns: 'sns',
};

test('the page names a way for each client of the SDK that a bundle holds, and no other', async () => {
  const sources = [...(await bundleAll()).values()].flatMap(({ bytesBySource }) => Object.keys(bytesBySource));
  const clients = sources.flatMap((source) => /@aws-sdk\/client-([a-z0-9-]+)\//.exec(source)?.[1] ?? []);
  const asked = sources.includes('lib/runtime/model-endpoint.ts') ? ['sagemaker.runtime'] : []; // without a client of its own
  const called = [...[...new Set(clients)].map((client) => CLIENTS[client] ?? client), ...asked].sort();
  const named = [...new Set(functions.flatMap(({ ways }) => ways.map(({ service }) => service)))].sort();
  expect(called).toEqual(named);
});

test('an action of a service that nothing is said of is refused', () => {
  const statements = [{ Action: 'bedrock:InvokeModel', Resource: '*' }];
  const role = { path: 'Role', service: 'lambda.amazonaws.com', description: 'Asks', statements };
  expect(() => networkedFunctions({ shown: { 'serverless()': [role] } })).toThrow('UnknownService');
});
