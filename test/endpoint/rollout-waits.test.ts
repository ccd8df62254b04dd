import { Duration, Lazy } from 'aws-cdk-lib';
import { bakingProblems, durationProblems, leastRequestsProblems } from '../../lib/endpoint/rollout-waits';

const minutes = Duration.minutes;
const someday = Duration.minutes(Lazy.number({ produce: () => 5 }));
const propsOf = (problems: readonly { readonly prop: string }[]) => problems.map(({ prop }) => prop);

test.each([
  [1, 10, []],
  [60, 480, []],
  [61, 481, ['baking', 'maxExecutionTimeout']],
  [0, 9, ['baking', 'maxExecutionTimeout']],
])('%d minutes of baking and %d for all of it are what SageMaker takes, or are told', (baking, most, told) => {
  const options = { baking: minutes(baking), maxExecutionTimeout: minutes(most) };
  expect(propsOf(durationProblems(options))).toEqual(told);
});

test('what is allowed is said in minutes', () => {
  const options = { baking: minutes(61), maxExecutionTimeout: minutes(9) };
  expect(durationProblems(options).map(({ allowed }) => allowed)).toEqual([
    'whole minutes, 1 to 60',
    'whole minutes, 10 to 480',
  ]);
});

test('without a duration there is nothing to tell', () => {
  expect(durationProblems({})).toEqual([]);
});

test('all baking together is less than there is time for', () => {
  const problems = (times: number, maxExecutionTimeout?: Duration) =>
    bakingProblems({ baking: minutes(10), times }, { maxExecutionTimeout });
  expect(problems(2, minutes(21))).toEqual([]);
  expect(problems(2, minutes(20))).toEqual([
    {
      prop: 'baking',
      got: '2 times 10 minutes',
      allowed: 'less than 20 minutes together',
      advice: "raise 'maxExecutionTimeout'",
    },
  ]);
  expect(problems(47)).toEqual([]);
  expect(problems(48)).toEqual([
    expect.objectContaining({
      allowed: 'less than 480 minutes together',
      advice: 'SageMaker gives an update up after 8 hours',
    }),
  ]);
});

test('parts of minutes are added up, too', () => {
  const options = { maxExecutionTimeout: Duration.seconds(181) };
  expect(bakingProblems({ baking: Duration.seconds(90), times: 2 }, options)).toEqual([]);
  expect(bakingProblems({ baking: Duration.seconds(91), times: 2 }, options)).toHaveLength(1);
});

test('what the deployment knows is not added up', () => {
  expect(bakingProblems({ baking: someday, times: 100 }, {})).toEqual([]);
  expect(bakingProblems({ baking: minutes(60), times: 100 }, { maxExecutionTimeout: someday })).toEqual([]);
});

test.each([0, 1, 500, undefined])('%p requests may be asked for', (count) => {
  expect(leastRequestsProblems(count)).toEqual([]);
});

test.each([-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, Lazy.number({ produce: () => 5 })])(
  '%p requests may not',
  (got) => {
    const allowed = 'a whole number, 0 or more, known when the app is synthesized';
    expect(leastRequestsProblems(got)).toEqual([{ prop: 'leastRequests', got, allowed }]);
  },
);
