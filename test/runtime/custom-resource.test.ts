import { respond, responseBody } from '../../lib/runtime/custom-resource';
import { BASELINE_REQUEST } from '../handlers/requests';

const { callback } = BASELINE_REQUEST;
const fetched = jest.spyOn(globalThis, 'fetch');
beforeEach(() => fetched.mockReset());
afterAll(() => fetched.mockRestore());

test('a success carries the attributes and repeats the request', () => {
  expect(JSON.parse(responseBody(callback, { status: 'SUCCESS', data: { ConstraintsKey: 'k' } }))).toEqual({
    Status: 'SUCCESS',
    PhysicalResourceId: callback.physicalResourceId,
    StackId: callback.stackId,
    RequestId: callback.requestId,
    LogicalResourceId: callback.logicalResourceId,
    Data: { ConstraintsKey: 'k' },
  });
});

test.each([
  ['ASCII', 'x'],
  ['multi-byte', 'ü'],
  ['escaped', '"\n'],
])('a long reason of %s text stays below 4,096 bytes and shows that it was cut', (_, text) => {
  const body = responseBody(callback, { status: 'FAILED', reason: text.repeat(5000) });
  expect(Buffer.byteLength(body)).toBeLessThanOrEqual(4096);
  expect(JSON.parse(body).Reason.slice(-3)).toBe('...');
  expect(JSON.parse(body).Reason.slice(0, text.length)).toBe(text);
});

test('a short reason is not cut', () => {
  expect(JSON.parse(responseBody(callback, { status: 'FAILED', reason: 'why' })).Reason).toBe('why');
});

test('fails where the answer cannot be made short enough', () => {
  const data = { ConstraintsKey: 'k'.repeat(4096) };
  expect(() => responseBody(callback, { status: 'SUCCESS', data })).toThrow('ResponseTooLong');
});

test('the answer is a PUT with an empty content type', async () => {
  fetched.mockResolvedValue(new Response(null, { status: 200 }));
  await respond(callback, { status: 'SUCCESS' });
  const [url, init] = fetched.mock.calls[0];
  expect(url).toBe(callback.responseUrl);
  expect(init).toMatchObject({ method: 'PUT', headers: { 'content-type': '' } });
});

test('fails without the URL in its words when the answer is refused', async () => {
  fetched.mockResolvedValue(new Response(null, { status: 403 }));
  await expect(respond(callback, { status: 'SUCCESS' })).rejects.toThrow(
    /^ResponseRefused: the PUT of the answer to CloudFormation was answered 403$/,
  );
});
