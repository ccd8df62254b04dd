import { App, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { violations } from '../../lib/cloud/service-model/service-model';
import { BuiltInRule } from '../../lib/training/debugger/built-in-rule';
import { DebuggerRule } from '../../lib/training/debugger/debugger-rule';
import { type ParameterType, RULE_SHEETS } from '../../lib/training/debugger/rule-sheets';
import { TrainingDebugger, type TrainingDebuggerProps } from '../../lib/training/debugger/training-debugger';
import { newStack } from '../monitor/fixtures';
import { OVERLAY, refusedOf } from './pipeline-schema';
import { trainingRequest } from './trainings';

type Asked = Partial<TrainingDebuggerProps>;

const LOSS = DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING);

function debugging(asked: Asked = {}, stack = newStack()) {
  const bucket = s3.Bucket.fromBucketName(stack, 'Tensors', 'tensors');
  const made = new TrainingDebugger(stack, 'Debugger', { bucket, rules: [LOSS], ...asked });
  return { stack, made };
}

const argumentsOf = (asked?: Asked) => {
  const { stack, made } = debugging(asked);
  return stack.resolve(made.trainingArguments());
};

const VALUES: { readonly [type in ParameterType]: string } = { number: '0.5', boolean: 'True', text: '.*relu' };

/** A rule with every parameter that it has. */
function whole(rule: BuiltInRule): DebuggerRule {
  const { parameters = { CPUBottleneck_cpu_threshold: 'number' as const } } = RULE_SHEETS[rule];
  const values = Object.entries(parameters).map(([name, type]) => [name, VALUES[type]]);
  return DebuggerRule.builtIn(rule, { parameters: Object.fromEntries(values) });
}

const RULES = Object.values(BuiltInRule);
const isOfTensors = (rule: BuiltInRule) => !RULE_SHEETS[rule].isProfiler;

/** A training step as users write it, with what comes of the construct. */
const stepOf = (asked?: Asked) => {
  const { TrainingJobName: _, ...request } = trainingRequest('churn-1');
  return { Name: 'Train', Type: 'Training', Arguments: { ...request, ...argumentsOf(asked) } };
};

describe('every rule that the documentation lists', () => {
  test('is there: 21 of tensors and 11 of the profiler', () => {
    expect(RULES).toHaveLength(32);
    expect(RULES.filter(isOfTensors)).toHaveLength(21);
  });

  test.each(RULES)(
    '%s, with all of its parameters, passes the schema of definitions and is taken by the service',
    (rule) => {
      const step = stepOf({ rules: [whole(rule)] });
      expect(refusedOf(step, { withOverlay: true })).toEqual([]);
      const { Arguments } = step;
      expect(violations('sagemaker', 'CreateTrainingJob', { ...Arguments, TrainingJobName: 'churn-1' })).toEqual([]);
      const [configuration] = Arguments.DebugRuleConfigurations ?? Arguments.ProfilerRuleConfigurations;
      expect(configuration).toMatchObject({ RuleConfigurationName: rule, RuleParameters: { rule_to_invoke: rule } });
    },
  );

  test('of tensors, together, needs no overlay', () => {
    const rules = RULES.filter(isOfTensors).slice(0, 20).map(whole);
    expect(refusedOf(stepOf({ rules }), { withOverlay: false })).toEqual([]);
  });

  test('of the profiler needs exactly what the overlay has', () => {
    const step = stepOf({ rules: [whole(BuiltInRule.CPU_BOTTLENECK)] });
    const paths = Object.keys(OVERLAY).map((name) => `.Arguments.${name}`);
    expect(refusedOf(step, { withOverlay: false })).toEqual(paths);
  });
});

test('the schema refuses what is misspelled, or of another type', () => {
  const misspelled = {
    Name: 'Train',
    Type: 'Training',
    Arguments: { DebugHooks: {}, DebugRuleConfigurations: [{ VolumeSizeInGB: '1' }] },
  };
  expect(refusedOf(misspelled, { withOverlay: true })).toEqual([
    '.Arguments.DebugHooks',
    '.Arguments.DebugRuleConfigurations[0].VolumeSizeInGB',
  ]);
});

describe('a training', () => {
  test('saves what its rules look at, once, and has the image of the region', () => {
    const rules = [LOSS, DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING, { configurationName: 'Slow' })];
    const parameters = { tensor_regex: '.*relu' };
    const dead = DebuggerRule.builtIn(BuiltInRule.DEAD_RELU, { parameters });
    const asked = { rules: [...rules, dead], prefix: 'team/debugger', saveIntervalSteps: 50 };
    const image = '929884845733.dkr.ecr.eu-west-1.amazonaws.com/sagemaker-debugger-rules:latest';
    const rule = (name: string, invoked: string, more: object = {}) => ({
      RuleConfigurationName: name,
      RuleEvaluatorImage: image,
      RuleParameters: { rule_to_invoke: invoked, ...more },
    });
    expect(argumentsOf(asked)).toEqual({
      DebugHookConfig: {
        S3OutputPath: 's3://tensors/team/debugger',
        CollectionConfigurations: [
          { CollectionName: 'losses', CollectionParameters: { save_interval: '50' } },
          {
            CollectionName: 'relu_output',
            CollectionParameters: { include_regex: '.*relu_output', save_interval: '50' },
          },
        ],
      },
      DebugRuleConfigurations: [
        rule('LossNotDecreasing', 'LossNotDecreasing'),
        rule('Slow', 'LossNotDecreasing'),
        rule('DeadRelu', 'DeadRelu', parameters),
      ],
    });
  });

  test('of the profiler alone saves no tensors', () => {
    const rules = [DebuggerRule.builtIn(BuiltInRule.IO_BOTTLENECK)];
    expect(Object.keys(argumentsOf({ rules }))).toEqual(['ProfilerConfig', 'ProfilerRuleConfigurations']);
    expect(argumentsOf({ rules }).ProfilerConfig).toEqual({ S3OutputPath: 's3://tensors/debugger' });
  });

  test('saves by default every 500 steps, below debugger/', () => {
    expect(argumentsOf().DebugHookConfig).toEqual({
      S3OutputPath: 's3://tensors/debugger',
      CollectionConfigurations: [{ CollectionName: 'losses', CollectionParameters: { save_interval: '500' } }],
    });
  });

  test('in a region that is known at deployment only has its image by a mapping', () => {
    const stack = new Stack(new App(), 'Stack');
    const { made } = debugging({}, stack);
    const [{ RuleEvaluatorImage }] = stack.resolve(made.trainingArguments()).DebugRuleConfigurations;
    expect(JSON.stringify(RuleEvaluatorImage)).toContain('DebuggerRegistries');
    const [mapping] = Object.values(Template.fromStack(stack).findMappings('*'));
    expect(mapping['eu-west-1']).toEqual({ rules: '929884845733' });
  });

  test('may be allowed to write and read below the prefix, and nothing else', () => {
    const { stack, made } = debugging();
    made.grantOutput(
      new iam.Role(stack, 'Training', { assumedBy: new iam.ServicePrincipal('sagemaker.amazonaws.com') }),
    );
    const [policy] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
    const statements: { Action: string; Resource: unknown; Condition?: unknown }[] =
      policy.Properties.PolicyDocument.Statement;
    expect(statements.map(({ Action }) => Action).sort()).toEqual(['s3:GetObject', 's3:ListBucket', 's3:PutObject']);
    for (const { Resource, Condition } of statements)
      expect(JSON.stringify([Resource, Condition])).toContain('debugger/*');
  });
});

test('the construct makes no resource, and says that the service is closed', () => {
  const { stack } = debugging();
  expect(Template.fromStack(stack).toJSON().Resources ?? {}).toEqual({});
  Annotations.fromStack(stack).hasInfo('*', Match.stringLikeRegexp('SageMaker Debugger is closed to new customers'));
});

describe('is refused', () => {
  test.each<[string, BuiltInRule, { [name: string]: string }, RegExp]>([
    [
      'a parameter of another rule',
      BuiltInRule.OVERFIT,
      { num_steps: '3' },
      /num_steps.*one of tensor_regex, start_step/s,
    ],
    ['a number that is none', BuiltInRule.OVERFIT, { patience: 'three' }, /patience.*a number/s],
    ['a boolean that is none', BuiltInRule.EXPLODING_TENSOR, { only_nan: '1' }, /only_nan.*True or False/s],
    ['an empty text', BuiltInRule.OVERFIT, { tensor_regex: '' }, /tensor_regex.*a text/s],
    ['a text that is too long', BuiltInRule.OVERFIT, { tensor_regex: 'a'.repeat(257) }, /at most 256/],
    ['a parameter of a rule that has none', BuiltInRule.CREATE_XGBOOST_REPORT, { a: '1' }, /no parameter/],
    ['a comparison with no other training', BuiltInRule.SIMILAR_ACROSS_RUNS, {}, /other_trials/],
    ['a text for the report', BuiltInRule.PROFILER_REPORT, { CPUBottleneck_threshold: 'x' }, /a number/],
  ])('%s', (_, rule, parameters, message) => {
    expect(() => DebuggerRule.builtIn(rule, { parameters })).toThrow(message);
    expect(() => DebuggerRule.builtIn(rule, { parameters })).toThrow(/^InvalidTrainingDebugger/);
  });

  test.each(['', 'a\nb', 'a'.repeat(257)])('the name %j', (configurationName) => {
    expect(() => DebuggerRule.builtIn(BuiltInRule.OVERFIT, { configurationName })).toThrow(/configurationName/);
  });

  const named = (count: number) =>
    Array.from({ length: count }, (_, n) => DebuggerRule.builtIn(BuiltInRule.OVERFIT, { configurationName: `${n}` }));

  test.each<[string, Asked, RegExp]>([
    ['no rule', { rules: [] }, /rules.*1 to 20/s],
    ['more than twenty', { rules: named(21) }, /rules.*1 to 20/s],
    ['a name twice', { rules: [LOSS, LOSS] }, /LossNotDecreasing.*each name once.*configurationName/s],
    ['a prefix that begins with a slash', { prefix: '/debugger' }, /prefix/],
    ['a prefix that ends with one', { prefix: 'debugger/' }, /prefix/],
    ['half a step', { saveIntervalSteps: 0.5 }, /saveIntervalSteps.*whole number/s],
    ['no step', { saveIntervalSteps: 0 }, /saveIntervalSteps/],
  ])('%s', (_, asked, message) => {
    expect(() => debugging(asked)).toThrow(message);
    expect(() => debugging(asked)).toThrow(/^InvalidTrainingDebugger/);
  });

  test('a region without the image', () => {
    const stack = new Stack(new App(), 'Stack', { env: { account: '111122223333', region: 'eu-south-2' } });
    expect(() => debugging({}, stack).made.trainingArguments()).toThrow(
      /^InvalidTrainingDebugger.*region.*eu-south-2/s,
    );
  });

  test('nothing of twenty rules, with one more of the profiler', () => {
    expect(() => debugging({ rules: [...named(20), whole(BuiltInRule.BATCH_SIZE)] })).not.toThrow();
  });
});
