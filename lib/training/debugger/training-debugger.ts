import { Annotations, CfnMapping, Stack, Token } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { BUCKET } from '../../core/cdk-shapes';
import { requireGrantee } from '../../core/grantee';
import { instance, list, NUMBER, optional, requireProps, type Shapes, TEXT } from '../../core/prop-shapes';
import { grantGetObjects, grantListPrefix, grantPutObjects } from '../../core/s3-grants';
import { stackSingleton } from '../../core/stack-singleton';
import { type Problem, throwIfAny, ValidationError } from '../../core/validation-error';
import { imageUri } from '../../engine/model-monitor/job/service-image';
import { DEBUGGER_REGISTRIES } from './debugger-registries';
import { DebuggerRule } from './debugger-rule';
import { RULE_SHEETS } from './rule-sheets';

/** Props of a `TrainingDebugger`. */
export interface TrainingDebuggerProps {
  /** Rules that are evaluated while a job trains: 1 to 20 of tensors, and up to 20 of the profiler, each with a name of its own. */
  readonly rules: DebuggerRule[];

  /** Where the training saves tensors, and rules what they found. */
  readonly bucket: IBucket;

  /**
   * Of the keys in that bucket, without a slash at its ends.
   *
   * @default 'debugger'
   */
  readonly prefix?: string;

  /**
   * After how many steps the tensors are saved that rules look at: 1 or more.
   *
   * @default 500
   */
  readonly saveIntervalSteps?: number;
}

const PROPS: Shapes<TrainingDebuggerProps> = {
  rules: list(instance(DebuggerRule)),
  bucket: BUCKET,
  prefix: optional(TEXT),
  saveIntervalSteps: optional(NUMBER),
};

/** What CreateTrainingJob takes. @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateTrainingJob.html */
const MOST_RULES = 20;

/**
 * Rules of SageMaker Debugger for training jobs: fields of the job's request, or of the `Arguments` of a `Training` step. A `TrainingWatch` of the jobs tells what the rules find.
 *
 * **SageMaker Debugger is closed to new customers**, and its profiler ends on 2027-06-30: only accounts that used it before can use this. `TrainingCheck` looks at metrics in every account.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-availability-change.html
 *
 * @example
 * import * as s3 from 'aws-cdk-lib/aws-s3';
 *
 * declare const bucket: s3.IBucket;
 *
 * const debugging = new TrainingDebugger(this, 'Debugger', {
 *   bucket,
 *   rules: [DebuggerRule.builtIn(BuiltInRule.LOSS_NOT_DECREASING, { parameters: { num_steps: '20' } })],
 * });
 * const rulesOfStep = debugging.trainingArguments(); // beside RoleArn, AlgorithmSpecification and the rest of a step's Arguments
 */
export class TrainingDebugger extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: TrainingDebuggerProps,
  ) {
    super(scope, id);
    requireProps(props, PROPS, this);
    throwIfAny('InvalidTrainingDebugger', problemsOf(props), this);
    Annotations.of(this).addInfoV2('cdk-sagemaker-monitoring:debuggerClosed', CLOSED);
  }

  /** Lets a training write and read what rules look at, and rules what they find: both have the role of the job. */
  public grantOutput(grantee: iam.IGrantable): void {
    requireGrantee(grantee);
    const { bucket } = this.props;
    const keys = `${this.prefix}/*`;
    grantPutObjects(grantee, bucket, keys);
    grantGetObjects(grantee, bucket, keys);
    grantListPrefix(grantee, bucket, keys);
  }

  /** `DebugHookConfig` and `DebugRuleConfigurations` of a request of CreateTrainingJob, and with rules of the profiler `ProfilerConfig` and `ProfilerRuleConfigurations`. */
  public trainingArguments(): { [name: string]: unknown } {
    const [ofTensors, ofProfiler] = [false, true].map((isProfiler) => this.props.rules.filter(profiles(isProfiler)));
    const { S3OutputPath, ...collections } = this.hook(ofTensors);
    const profiler = { ProfilerConfig: { S3OutputPath }, ProfilerRuleConfigurations: this.configurations(ofProfiler) };
    const debug = {
      DebugHookConfig: { S3OutputPath, ...collections },
      DebugRuleConfigurations: this.configurations(ofTensors),
    };
    return { ...(ofTensors.length > 0 && debug), ...(ofProfiler.length > 0 && profiler) };
  }

  private get prefix(): string {
    return this.props.prefix ?? 'debugger';
  }

  private hook(rules: readonly DebuggerRule[]) {
    const { bucket, saveIntervalSteps = 500 } = this.props;
    const wanted = rules.flatMap(({ _settings: { rule } }) => RULE_SHEETS[rule].collection ?? []);
    const CollectionConfigurations = wanted.map(({ name: CollectionName, includeRegex }) => ({
      CollectionName,
      CollectionParameters: {
        ...(includeRegex !== undefined && { include_regex: includeRegex }),
        save_interval: String(saveIntervalSteps),
      },
    }));
    const S3OutputPath = bucket.s3UrlForObject(this.prefix);
    const saved = new Map(CollectionConfigurations.map((one) => [one.CollectionName, one]));
    return { S3OutputPath, ...(saved.size > 0 && { CollectionConfigurations: [...saved.values()] }) };
  }

  private configurations(rules: readonly DebuggerRule[]) {
    return rules.map(({ _settings: { rule, configurationName, parameters } }) => ({
      RuleConfigurationName: configurationName,
      RuleEvaluatorImage: this.image(),
      RuleParameters: { rule_to_invoke: rule, ...parameters },
    }));
  }

  private image(): string {
    const stack = Stack.of(this);
    const account = Token.isUnresolved(stack.region)
      ? registries(this).findInMap(stack.region, 'rules')
      : DEBUGGER_REGISTRIES[stack.region];
    if (account) return imageUri(stack, { account, repository: 'sagemaker-debugger-rules', tag: 'latest' });
    const allowed = `one of ${Object.keys(DEBUGGER_REGISTRIES).join(', ')}`;
    throw new ValidationError('InvalidTrainingDebugger', [{ prop: 'region', got: stack.region, allowed }], this);
  }
}

const CLOSED =
  'SageMaker Debugger is closed to new customers: only accounts that used it before can train with its rules. ' +
  "TrainingWatch looks at metrics in every account, by 'checks'.";

const profiles =
  (isProfiler: boolean) =>
  ({ _settings: { rule } }: DebuggerRule): boolean =>
    (RULE_SHEETS[rule].isProfiler ?? false) === isProfiler;

function problemsOf({ rules, prefix, saveIntervalSteps = 500 }: TrainingDebuggerProps): Problem[] {
  const problems: Problem[] = [];
  for (const isProfiler of [false, true]) {
    const { length } = rules.filter(profiles(isProfiler));
    const allowed = `1 to ${MOST_RULES} of tensors, and up to ${MOST_RULES} of the profiler`;
    if (length > MOST_RULES || rules.length === 0) problems.push({ prop: 'rules', got: length, allowed });
  }
  const names = rules.map(({ _settings: { configurationName } }) => configurationName);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) {
    const advice = "give one of them a 'configurationName'";
    problems.push({ prop: 'rules', got: twice, allowed: 'each name once', advice });
  }
  if (prefix !== undefined && !/^[^/\s]([^\s]*[^/\s])?$/.test(prefix)) {
    problems.push({ prop: 'prefix', got: prefix, allowed: 'a prefix without spaces, and without a slash at its ends' });
  }
  if (!Number.isInteger(saveIntervalSteps) || saveIntervalSteps < 1) {
    problems.push({ prop: 'saveIntervalSteps', got: saveIntervalSteps, allowed: 'a whole number, 1 or more' });
  }
  return problems;
}

/** One for all of a stack whose region is known at deployment only. */
function registries(scope: Construct): CfnMapping {
  return stackSingleton(scope, 'DebuggerRegistries', (stack, id) => {
    const table = Object.entries(DEBUGGER_REGISTRIES).map(([region, rules]) => [region, { rules }]);
    return new CfnMapping(stack, id, { mapping: Object.fromEntries(table) });
  });
}
