import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../lib/cloud/account/account';
import type { ModelRequest } from '../../lib/cloud/account/sagemaker/models';
import type { Statement } from '../../lib/cloud/semantics/policy/policy';
import { sageMakerRuntime } from '../../lib/cloud/stand-in/sagemaker-runtime';

// Endpoints of the stand-in: whoever may ask is answered by what stands for the model.

const ROLE = 'arn:aws:iam::123456789012:role/asker';
const ALLOWED: Statement = {
  Effect: 'Allow',
  Action: 'sagemaker:InvokeEndpoint',
  Resource: 'arn:aws:sagemaker:us-east-1:123456789012:endpoint/Churn',
};
const caller = { roleArn: ROLE, name: 'asker' };
const folder = mkdtempSync(join(tmpdir(), 'models-'));
afterAll(() => rmSync(folder, { recursive: true }));

function endpoints(statements: Statement[], outsideEndpoints: string[] = ['Churn']) {
  const props = { accountId: '123456789012', region: 'us-east-1', startTime: 0, folder, duplicateEvents: false };
  const account = new Account({ ...props, outsideEndpoints, progress: () => undefined });
  account.authorizer.roles.set(ROLE, { arn: ROLE, name: 'asker', trust: [], statements });
  const { inventory } = account.sageMaker;
  const arnPrefix = 'arn:aws:sagemaker:us-east-1:123456789012';
  const service = sageMakerRuntime({
    inventory,
    authorizer: account.authorizer,
    arnPrefix,
    models: () => account.models,
    clock: () => account.simulation.now,
  });
  const usual = { 'content-type': 'text/csv', accept: 'text/csv', 'x-amzn-sagemaker-custom-attributes': 'x' };
  const ask = (endpointName: string, others: Readonly<Record<string, string>> = {}) => {
    const headers = { ...usual, ...others };
    const path = `/endpoints/${endpointName}/invocations`;
    return service.handle({
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers,
      body: Buffer.from('1,2'),
      caller,
    });
  };
  return { account, ask, service };
}

test('an endpoint answers as its model does, and says which variant it was', async () => {
  const { account, ask } = endpoints([ALLOWED]);
  account.sageMaker.inventory.endpoints.set('Churn', { name: 'Churn', configName: 'config' });
  account.sageMaker.inventory.endpointConfigs.set('config', {
    ProductionVariants: [{ VariantName: 'live', ModelName: 'v1' }],
  });
  const seen: ModelRequest[] = [];
  account.models = (request) => {
    seen.push(request);
    return { body: '0.5' };
  };
  expect(await ask('Churn')).toEqual({
    status: 200,
    headers: { 'content-type': 'text/csv', 'x-amzn-invoked-production-variant': 'live' },
    body: '0.5',
  });
  const asked = {
    endpointName: 'Churn',
    time: new Date(0),
    modelName: 'v1',
    body: '1,2',
    contentType: 'text/csv',
    accept: 'text/csv',
    customAttributes: 'x',
  };
  expect(seen).toEqual([asked]);
});

test.each([
  ['accept', 'a'.repeat(1025), 'Accept'],
  ['x-amzn-sagemaker-custom-attributes', 'wer=wär', 'CustomAttributes'],
])('a request whose header %s the service does not take is refused, and asks no model', async (name, value, member) => {
  const { account, ask } = endpoints([ALLOWED]);
  account.models = () => ({ body: '0.5' });
  await expect(ask('Churn', { [name]: value })).rejects.toMatchObject({
    code: 'ValidationError',
    message: expect.stringContaining(`at '${member}' failed to satisfy constraint`),
  });
});

test('who may not ask is refused, and so is who asks an endpoint that is not there', async () => {
  const denied = endpoints([]);
  await expect(denied.ask('Churn')).rejects.toMatchObject({ code: 'AccessDeniedException', status: 403 });
  const other = endpoints([{ ...ALLOWED, Resource: '*' }]);
  await expect(other.ask('Other')).rejects.toMatchObject({ code: 'ValidationError', status: 400 });
});

test('what no model stands for is not known', async () => {
  const { ask } = endpoints([ALLOWED]);
  await expect(ask('Churn')).rejects.toThrow(
    'nothing stands for the model of Churn: rehearse asks one where it is served (--model)',
  );
});
