import { isMembers } from '../../lib/cloud/members';

/**
 * What the published schema of pipeline definitions allows of a training step: names of members and the types of values, no text of it (it has no licence). Members that are not named are refused, as by its
 * `additionalProperties: false`.
 *
 * @see https://github.com/aws-sagemaker-mlops/sagemaker-model-building-pipeline-definition-JSON-schema/blob/b4012b0aa4474afdc6ef3d0409d17d0049dfcd85/schema/pipeline-definition.schema.json
 */
type Form = 'text' | 'integer' | 'boolean' | 'any' | 'texts' | readonly [Form] | { readonly [member: string]: Form };

const RULES: Form = [
  {
    InstanceType: 'text',
    LocalPath: 'text',
    RuleConfigurationName: 'text',
    RuleEvaluatorImage: 'text',
    RuleParameters: 'texts',
    S3OutputPath: 'text',
    VolumeSizeInGB: 'integer',
  },
];

const PUBLISHED = {
  AlgorithmSpecification: 'any',
  CheckpointConfig: 'any',
  DebugHookConfig: {
    CollectionConfigurations: [{ CollectionName: 'text', CollectionParameters: 'texts' }],
    HookParameters: 'texts',
    LocalPath: 'text',
    S3OutputPath: 'text',
  },
  DebugRuleConfigurations: RULES,
  EnableInterContainerTrafficEncryption: 'boolean',
  EnableManagedSpotTraining: 'boolean',
  EnableNetworkIsolation: 'boolean',
  HyperParameters: 'any',
  InputDataConfig: 'any',
  OutputDataConfig: 'any',
  ResourceConfig: 'any',
  RoleArn: 'text',
  StoppingCondition: 'any',
  Tags: 'any',
  TrainingJobName: 'text',
  TensorBoardOutputConfig: 'any',
  VpcConfig: 'any',
} as const satisfies Form;

/** What the service takes and the schema does not know, each with its reason. */
export const OVERLAY = {
  ProfilerConfig: {
    form: { S3OutputPath: 'text', ProfilingIntervalInMilliseconds: 'integer', ProfilingParameters: 'texts' },
    reason: 'CreateTrainingJob has it, and the SDK writes it into steps',
  },
  ProfilerRuleConfigurations: { form: RULES, reason: 'CreateTrainingJob has it, and the SDK writes it into steps' },
} as const satisfies { readonly [argument: string]: { readonly form: Form; readonly reason: string } };

const STEP = {
  Name: 'text',
  Type: 'text',
  DependsOn: ['text'],
  DisplayName: 'text',
  Description: 'text',
  RetryPolicies: 'any',
  CacheConfig: 'any',
  Arguments: PUBLISHED,
} as const satisfies Form;

/** Paths of what a training step has and the schema refuses, with the overlay or without it. */
export function refusedOf(step: unknown, { withOverlay }: { readonly withOverlay: boolean }): string[] {
  const { ProfilerConfig, ProfilerRuleConfigurations } = OVERLAY;
  const more = { ProfilerConfig: ProfilerConfig.form, ProfilerRuleConfigurations: ProfilerRuleConfigurations.form };
  return refused(step, withOverlay ? { ...STEP, Arguments: { ...PUBLISHED, ...more } } : STEP, '');
}

const FITS: { readonly [form: string]: (value: unknown) => boolean } = {
  any: () => true,
  boolean: (value) => typeof value === 'boolean' || isReference(value),
  integer: (value) => Number.isInteger(value) || isReference(value),
  text: (value) => typeof value === 'string' || isReference(value),
  texts: (value) => isMembers(value) && Object.values(value).every((one) => FITS.text(one)),
};

function refused(value: unknown, form: Form, path: string): string[] {
  if (typeof form === 'string') return FITS[form](value) ? [] : [path];
  if (isList(form)) {
    if (!Array.isArray(value)) return [path];
    return value.flatMap((one, index) => refused(one, form[0], `${path}[${index}]`));
  }
  if (!isMembers(value)) return [path];
  return Object.entries(value).flatMap(([name, one]) =>
    name in form ? refused(one, form[name], `${path}.${name}`) : [`${path}.${name}`],
  );
}

const isList = (form: object): form is readonly [Form] => Array.isArray(form);

/** A value that the pipeline gets when it runs. */
const isReference = (value: unknown): boolean =>
  isMembers(value) && Object.keys(value).length === 1 && typeof value.Get === 'string';
