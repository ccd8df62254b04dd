import { homeOf } from '../../lib/runtime/home';

test.each([
  ['arn:aws:lambda:eu-west-1:111122223333:function:conclude', 'eu-west-1', '111122223333'],
  ['arn:aws-cn:lambda:cn-north-1:444455556666:function:conclude:live', 'cn-north-1', '444455556666'],
])('a function knows by its ARN %s where it runs', (invokedFunctionArn, region, accountId) => {
  expect(homeOf({ invokedFunctionArn })).toEqual({ accountId, region });
});
