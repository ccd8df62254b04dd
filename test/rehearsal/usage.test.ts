import { usageByHour } from '../../lib/rehearsal/usage';

const call = (time: string, caller: string, operation: string) => ({
  time: `2026-01-05T${time}:00.000Z`,
  service: 'S3',
  operation,
  caller,
  input: '',
});
const invocation = (time: string, functionArn: string) => ({
  time: `2026-01-05T${time}:00.000Z`,
  functionArn,
  invokedBy: '',
  event: {},
});

test('what was asked is counted by hour, function and operation', () => {
  const usage = usageByHour({
    apiCalls: [
      call('01:05', 'PlanRole', 'PutObject'),
      call('01:06', 'ProfileRole', 'GetObject'),
      call('01:06', 'ProfileRole', 'GetObject'),
      call('02:00', 'PlanRole', 'PutObject'),
    ],
    invocations: [invocation('01:05', 'Plan'), invocation('01:06', 'Profile'), invocation('02:00', 'Plan')],
    transitions: [
      { time: '2026-01-05T01:59:59.000Z', machineArn: '', state: 'Plan', startsChild: false },
      { time: '2026-01-05T01:59:59.000Z', machineArn: '', state: 'ProfileObjects', startsChild: true },
    ],
    title: (arn) => arn,
  });
  expect(usage).toEqual([
    {
      hour: '2026-01-05T01:00:00.000Z',
      functions: {
        Plan: { invocations: 1, calls: { 'S3 PutObject': 1 } },
        Profile: { invocations: 1, calls: { 'S3 GetObject': 2 } },
      },
      transitions: 3, // a child's start counts, too
    },
    {
      hour: '2026-01-05T02:00:00.000Z',
      functions: { Plan: { invocations: 1, calls: { 'S3 PutObject': 1 } } },
      transitions: 0,
    },
  ]);
});
