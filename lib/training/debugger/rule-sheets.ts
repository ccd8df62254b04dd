import { BuiltInRule } from './built-in-rule';

/** What a parameter is, as text: `20`, `True`, `.*relu`. */
export type ParameterType = 'number' | 'boolean' | 'text';

/** Tensors that a training has to save. */
export interface TensorCollection {
  readonly name: string;
  /** of tensors that are no collection of Debugger's own */
  readonly includeRegex?: string;
}

/** What is known of a built-in rule. */
export interface RuleSheet {
  /** by name; any, as numbers, where undefined */
  readonly parameters?: { readonly [name: string]: ParameterType };
  readonly required?: string;
  /** of the profiler, not of tensors */
  readonly isProfiler?: true;
  readonly collection?: TensorCollection;
}

/**
 * Names of parameters are of the first page; what each rule wants saved is of the second, as SageMaker's own SDK has it.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/debugger-built-in-rules.html
 * @see https://github.com/awslabs/sagemaker-debugger-rulesconfig/blob/4b83dc6dcf32fb83d11bed274d864bf52134bda3/smdebug_rulesconfig/debugger_rules/rule_config_jsons/ruleConfigs.json
 */
export const RULE_SHEETS: { readonly [rule in BuiltInRule]: RuleSheet } = {
  [BuiltInRule.VANISHING_GRADIENT]: { parameters: { threshold: 'number' }, collection: { name: 'gradients' } },
  [BuiltInRule.EXPLODING_TENSOR]: {
    parameters: { collection_names: 'text', tensor_regex: 'text', only_nan: 'boolean' },
  },
  [BuiltInRule.DEAD_RELU]: {
    parameters: { tensor_regex: 'text', threshold_inactivity: 'number', threshold_layer: 'number' },
    collection: { name: 'relu_output', includeRegex: '.*relu_output' },
  },
  [BuiltInRule.POOR_WEIGHT_INITIALIZATION]: {
    parameters: {
      activation_inputs_regex: 'text',
      threshold: 'number',
      distribution_range: 'number',
      patience: 'number',
      steps: 'number',
    },
    collection: { name: 'relu_input', includeRegex: '.*relu_input' },
  },
  [BuiltInRule.SATURATED_ACTIVATION]: {
    parameters: {
      collection_names: 'text',
      tensor_regex: 'text',
      threshold_tanh_min: 'number',
      threshold_tanh_max: 'number',
      threshold_sigmoid_min: 'number',
      threshold_sigmoid_max: 'number',
      threshold_inactivity: 'number',
      threshold_layer: 'number',
    },
  },
  [BuiltInRule.WEIGHT_UPDATE_RATIO]: {
    parameters: { num_steps: 'number', large_threshold: 'number', small_threshold: 'number', epsilon: 'number' },
    collection: { name: 'weights' },
  },
  [BuiltInRule.ALL_ZERO]: { parameters: { collection_names: 'text', tensor_regex: 'text', threshold: 'number' } },
  [BuiltInRule.CLASS_IMBALANCE]: {
    parameters: {
      threshold_imbalance: 'number',
      threshold_misprediction: 'number',
      samples: 'number',
      argmax: 'boolean',
      labels_regex: 'text',
      predictions_regex: 'text',
    },
  },
  [BuiltInRule.LOSS_NOT_DECREASING]: {
    parameters: {
      collection_names: 'text',
      tensor_regex: 'text',
      use_losses_collection: 'boolean',
      num_steps: 'number',
      diff_percent: 'number',
      increase_threshold_percent: 'number',
      mode: 'text',
    },
    collection: { name: 'losses' },
  },
  [BuiltInRule.OVERFIT]: {
    parameters: { tensor_regex: 'text', start_step: 'number', patience: 'number', ratio_threshold: 'number' },
  },
  [BuiltInRule.OVERTRAINING]: {
    parameters: { patience_train: 'number', patience_validation: 'number', delta: 'number' },
  },
  [BuiltInRule.SIMILAR_ACROSS_RUNS]: {
    parameters: { other_trials: 'text', collection_names: 'text', tensor_regex: 'text' },
    required: 'other_trials',
  },
  [BuiltInRule.STALLED_TRAINING_RULE]: {
    parameters: { threshold: 'number', stop_training_on_fire: 'boolean', training_job_name_prefix: 'text' },
  },
  [BuiltInRule.TENSOR_VARIANCE]: {
    parameters: { collection_names: 'text', tensor_regex: 'text', max_threshold: 'number', min_threshold: 'number' },
  },
  [BuiltInRule.UNCHANGED_TENSOR]: {
    parameters: {
      collection_names: 'text',
      tensor_regex: 'text',
      num_steps: 'number',
      rtol: 'number',
      atol: 'number',
      equal_nan: 'boolean',
    },
  },
  [BuiltInRule.CHECK_INPUT_IMAGES]: {
    parameters: { threshold_mean: 'number', threshold_samples: 'number', regex: 'text', channel: 'number' },
    collection: { name: 'input_image', includeRegex: '.*hybridsequential0_input_0' },
  },
  [BuiltInRule.NLP_SEQUENCE_RATIO]: {
    parameters: { tensor_regex: 'text', token_values: 'text', token_thresholds_percent: 'text' },
    collection: { name: 'input_sequence', includeRegex: '.*embedding0_input_0' },
  },
  [BuiltInRule.CONFUSION]: {
    parameters: {
      category_no: 'number',
      labels: 'text',
      predictions: 'text',
      labels_collection: 'text',
      predictions_collection: 'text',
      min_diag: 'number',
      max_off_diag: 'number',
    },
  },
  [BuiltInRule.FEATURE_IMPORTANCE_OVERWEIGHT]: {
    parameters: { threshold: 'number', nfeatures: 'number', tensor_regex: 'text' },
    collection: { name: 'feature_importance' },
  },
  [BuiltInRule.TREE_DEPTH]: { parameters: { depth: 'number' } },
  [BuiltInRule.CREATE_XGBOOST_REPORT]: { parameters: {} },
  [BuiltInRule.PROFILER_REPORT]: { isProfiler: true },
  [BuiltInRule.BATCH_SIZE]: {
    parameters: {
      cpu_threshold_p95: 'number',
      gpu_threshold_p95: 'number',
      gpu_memory_threshold_p95: 'number',
      patience: 'number',
      window: 'number',
      scan_interval_us: 'number',
    },
    isProfiler: true,
  },
  [BuiltInRule.CPU_BOTTLENECK]: {
    parameters: {
      threshold: 'number',
      gpu_threshold: 'number',
      cpu_threshold: 'number',
      patience: 'number',
      scan_interval_us: 'number',
    },
    isProfiler: true,
  },
  [BuiltInRule.GPU_MEMORY_INCREASE]: {
    parameters: { increase: 'number', patience: 'number', window: 'number', scan_interval_us: 'number' },
    isProfiler: true,
  },
  [BuiltInRule.IO_BOTTLENECK]: {
    parameters: {
      threshold: 'number',
      gpu_threshold: 'number',
      io_threshold: 'number',
      patience: 'number',
      scan_interval_us: 'number',
    },
    isProfiler: true,
  },
  [BuiltInRule.LOAD_BALANCING]: {
    parameters: { threshold: 'number', patience: 'number', scan_interval_us: 'number' },
    isProfiler: true,
  },
  [BuiltInRule.LOW_GPU_UTILIZATION]: {
    parameters: {
      threshold_p95: 'number',
      threshold_p5: 'number',
      patience: 'number',
      window: 'number',
      scan_interval_us: 'number',
    },
    isProfiler: true,
  },
  [BuiltInRule.OVERALL_SYSTEM_USAGE]: { parameters: { scan_interval_us: 'number' }, isProfiler: true },
  [BuiltInRule.OVERALL_FRAMEWORK_METRICS]: { parameters: { scan_interval_us: 'number' }, isProfiler: true },
  [BuiltInRule.MAX_INITIALIZATION_TIME]: {
    parameters: { threshold: 'number', scan_interval_us: 'number' },
    isProfiler: true,
  },
  [BuiltInRule.STEP_OUTLIER]: {
    parameters: { stddev: 'number', mode: 'text', n_outliers: 'number', scan_interval_us: 'number' },
    isProfiler: true,
  },
};
