import { CONSTRAINTS_CHECK_TYPE, type GivenConstraints } from '../../lib/baseline/contract';
import { handler } from '../../lib/baseline/handler/baseline.lambda';
import type { ConstraintsEvent } from '../../lib/baseline/handler/constraints-judgement';
import { S3Store } from './s3-store';

const s3 = new S3Store();
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => {
  s3.reset();
  fetched.mockReset().mockImplementation(async () => new Response(null, { status: 200 }));
});
afterAll(() => {
  logged.mockRestore();
  fetched.mockRestore();
});

const file = (id: string, Kind: GivenConstraints['Kind'] = 'ModelQuality'): GivenConstraints => ({
  Monitor: `Stack/${id}`,
  Kind,
  Bucket: 'given',
  Key: `${id}.json`,
});

function request(RequestType: string, Files: unknown, before?: unknown): ConstraintsEvent {
  return {
    RequestType,
    RequestId: 'c0ffee',
    StackId: 'stack',
    LogicalResourceId: 'Constraints',
    PhysicalResourceId: 'Constraints',
    ResponseURL: 'https://cloudformation.example/answer',
    ResourceType: CONSTRAINTS_CHECK_TYPE,
    ResourceProperties: { ServiceToken: 't', Files },
    OldResourceProperties: { ServiceToken: 't', Files: before },
  } as unknown as ConstraintsEvent;
}

const answers = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));
const WHOLE = { regression_constraints: {} };

test('whole files of every kind are told as such', async () => {
  s3.set('given', 'quality.json', JSON.stringify(WHOLE));
  s3.set('given', 'shap.json', JSON.stringify({ explanations: { kernel_shap: {} } }));
  await handler(request('Create', [file('quality'), file('shap', 'ModelExplainability')]));
  expect(answers()).toMatchObject([{ Status: 'SUCCESS', PhysicalResourceId: 'Constraints' }]);
});

test('the first problems are told, each with its monitor and file, one that is not there among them', async () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  for (const id of ids.slice(1)) s3.set('given', `${id}.json`, id === 'b' ? '{' : '{}');
  await handler(
    request(
      'Create',
      ids.map((id) => file(id)),
    ),
  );
  const [{ Status, Reason }] = answers();
  expect(Status).toBe('FAILED');
  expect(Reason).toMatch(
    /^UnusableBaseline: Stack\/a, s3:\/\/given\/a\.json: .*; Stack\/b, s3:\/\/given\/b\.json: .*JSON/,
  );
  expect(Reason).toContain(
    'Stack/c, s3://given/c.json: constraints.json is an object without constraints of a problem',
  );
  expect(Reason).toContain('; and those of 2 more monitors');
  expect(Reason).not.toContain('Stack/f');
});

test('as much is asked as the runs of a monitor ask', async () => {
  s3.set('given', 'quality.json', JSON.stringify(WHOLE));
  await handler(request('Create', [{ ...file('quality'), Rigour: 'Meaning' }]));
  expect(answers()[0].Reason).toContain(
    'regression_constraints is an empty object, allowed is at least one constraint',
  );
});

test('an update judges what it has and the one before had not', async () => {
  s3.set('given', 'new.json', JSON.stringify(WHOLE));
  await handler(request('Update', [file('gone'), file('new')], [file('gone')]));
  s3.set('given', 'new.json', '{}');
  await handler(request('Update', [file('gone'), file('new')], [file('gone')]));
  await handler(request('Update', [file('gone', 'ModelBias')], [file('gone')]));
  expect(answers().map(({ Status }) => Status)).toEqual(['SUCCESS', 'FAILED', 'FAILED']);
});

test('a deletion reads nothing', async () => {
  await handler(request('Delete', [file('gone')]));
  expect(answers()).toMatchObject([{ Status: 'SUCCESS' }]);
});

test('what passes by itself is thrown, so that Lambda tries again', async () => {
  s3.denied.set('given/quality.json', 'SlowDown');
  await expect(handler(request('Create', [file('quality')]))).rejects.toThrow('SlowDown');
  expect(answers()).toEqual([]);
});

test.each([undefined, 'files', [{ Kind: 'Another' }]])('a request with files %j is malformed', async (files) => {
  await handler(request('Create', files));
  expect(answers()[0].Reason).toMatch(/^MalformedRequest: property 'Files'/);
});
