import { answer, callbackOf, respond, responseBody } from '../../lib/runtime/custom-resource';
import { BASELINE_REQUEST } from '../handlers/requests';

const { callback } = BASELINE_REQUEST;
const fetched = jest.spyOn(globalThis, 'fetch');
const logged = jest.spyOn(console, 'log').mockImplementation();
beforeEach(() => fetched.mockReset());
afterAll(() => {
  fetched.mockRestore();
  logged.mockRestore();
});

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
    /^ResponseRefused: CloudFormation refused the answer with status 403: [^/]*; deploy again$/,
  );
});

describe('how a request is answered', () => {
  const request = { ResponseURL: callback.responseUrl, StackId: 's', RequestId: 'r', LogicalResourceId: 'Id' };

  test('is under the logical id at first, and then under the physical id', () => {
    const made = { responseUrl: callback.responseUrl, stackId: 's', requestId: 'r', logicalResourceId: 'Id' };
    expect(callbackOf(request)).toEqual({ ...made, physicalResourceId: 'Id' });
    expect(callbackOf({ ...request, PhysicalResourceId: 'p' })).toEqual({ ...made, physicalResourceId: 'p' });
  });

  test('a physical id of what was made replaces that of the request', () => {
    const body = JSON.parse(responseBody(callback, { status: 'SUCCESS', physicalResourceId: 'new' }));
    expect(body.PhysicalResourceId).toBe('new');
  });

  const told = () => fetched.mock.calls.map(([, init]) => JSON.parse(String(init?.body)));

  test.each([
    ['throttling', { name: 'ThrottlingException' }],
    ['a lost answer', { name: 'TimeoutError' }],
    ['a connection that broke', { name: 'Error', code: 'ECONNRESET' }],
    ['a service that is unwell', { name: 'Unknown', $metadata: { httpStatusCode: 503 } }],
    ['what any of them caused', { name: 'ObjectNotServed', cause: Object.assign(new Error(), { name: 'SlowDown' }) }],
  ])(
    'throws %s on, and tells nothing: the next attempt may succeed, and an earlier one have succeeded',
    async (_, error) => {
      const thrown = Object.assign(new Error('not now'), error);
      await expect(answer(callback, async () => Promise.reject(thrown))).rejects.toBe(thrown);
      expect(told()).toEqual([]);
    },
  );

  test.each([
    ['a refusal', { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }],
    ['a bug', { name: 'TypeError' }],
    ['what a bug caused', { name: 'MalformedJson', cause: new SyntaxError('unexpected') }],
  ])('tells %s as a failure', async (_, error) => {
    fetched.mockResolvedValue(new Response(null, { status: 200 }));
    const thrown = Object.assign(new Error('why'), error);
    await answer(callback, async () => Promise.reject(thrown));
    expect(told()).toMatchObject([{ Status: 'FAILED', Reason: 'why' }]);
  });

  test('tells the outcome, says what it told, and logs no secret address', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 200 }));
    expect(await answer(callback, async () => ({ status: 'SUCCESS' }))).toEqual({ status: 'SUCCESS' });
    expect(told()).toMatchObject([{ Status: 'SUCCESS' }]);
    expect(logged.mock.calls).toEqual([[expect.stringContaining('"decision":"answered"')]]);
    expect(logged.mock.calls.flat().join()).not.toContain('signature=secret');
  });

  test('tells nothing without an outcome', async () => {
    expect(await answer(callback, async () => undefined)).toEqual({ status: undefined });
    expect(told()).toEqual([]);
  });

  test('fails in the words of what was thrown', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 200 }));
    const answered = await answer(callback, async () => {
      throw new Error('in vain');
    });
    expect(answered).toEqual({ status: 'FAILED' });
    expect(told()).toMatchObject([{ Status: 'FAILED', Reason: 'in vain' }]);
  });

  test('fails for a retry when the answer cannot be delivered', async () => {
    fetched.mockResolvedValue(new Response(null, { status: 500 }));
    await expect(answer(callback, async () => ({ status: 'SUCCESS' }))).rejects.toThrow('ResponseRefused');
  });
});
