import { Account } from '../../lib/cloud/account/account';
import type { FunctionProcess } from '../../lib/cloud/function/function-process';

const ARN = 'arn:aws:lambda:eu-west-1:111122223333:function:f';
const ROLE = 'arn:aws:iam::111122223333:role/role';
const MEGABYTE = 1024 * 1024;
/** A text whose JSON has so many bytes. */
const json = (bytes: number) => 'x'.repeat(bytes - 2);

/** A function that answers with what its event is, or with a text of so many bytes. */
function functions(answerBytes?: number) {
  const account = new Account({
    accountId: '111122223333',
    region: 'eu-west-1',
    startTime: 0,
    folder: '/nowhere',
    duplicateEvents: false,
    progress: () => undefined,
  });
  const trust = [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }];
  account.authorizer.roles.set(ROLE, { arn: ROLE, name: 'role', trust, statements: [] });
  const invoke = async (event: unknown) => (answerBytes === undefined ? event : json(answerBytes));
  const process = { invoke, release: () => undefined } as unknown as FunctionProcess;
  account.functions.add({ arn: ARN, name: 'f', roleArn: ROLE, policy: [], environment: {}, process });
  return account.functions;
}

test('a call takes 6 MB, and no more', async () => {
  await expect(functions().invoke(ARN, json(6 * MEGABYTE), 'caller')).resolves.toHaveLength(6 * MEGABYTE - 2);
  await expect(functions().invoke(ARN, json(6 * MEGABYTE + 1), 'caller')).rejects.toMatchObject({
    name: 'Lambda.RequestTooLargeException',
    message: '6291457 bytes, allowed are 6291456',
  });
});

test('a call that nobody waits for takes 1 MB, and no more', async () => {
  await expect(functions().invokeAsynchronously(ARN, json(MEGABYTE), 'caller')).resolves.toHaveLength(MEGABYTE - 2);
  await expect(functions().invokeAsynchronously(ARN, json(MEGABYTE + 1), 'caller')).rejects.toMatchObject({
    name: 'Lambda.RequestTooLargeException',
  });
});

test('an answer has at most 6 MB', async () => {
  await expect(functions(6 * MEGABYTE).invoke(ARN, {}, 'caller')).resolves.toHaveLength(6 * MEGABYTE - 2);
  await expect(functions(6 * MEGABYTE + 1).invoke(ARN, {}, 'caller')).rejects.toMatchObject({
    name: 'Function.ResponseSizeTooLarge',
  });
});
