/**
 * The keys of `ANALYSIS_CONFIG_SCHEMA_V1_0` that stand for tabular data, with their types and values; text, image and time series left out. Keys that
 * are not here are refused, as the SDK does, and as the container does ("Analysis configuration schema validation error").
 *
 * Taken from the SageMaker Python SDK v3 (Apache-2.0, Amazon.com), which has it as a Python schema.
 *
 * @see https://github.com/aws/sagemaker-python-sdk/blob/v3.20.0/sagemaker-core/src/sagemaker/core/clarify/__init__.py
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-processing-job-run-troubleshooting.html
 */
type Check = (value: unknown) => boolean;
type Keys = { readonly [key: string]: Check };

const text: Check = (value) => typeof value === 'string';
const integer: Check = (value) => Number.isInteger(value);
const number: Check = (value) => typeof value === 'number';
const flag: Check = (value) => typeof value === 'boolean';
const object: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const column: Check = (value) => text(value) || integer(value);
const scalar: Check = (value) => text(value) || number(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const oneOf =
  (...allowed: string[]): Check =>
  (value) =>
    allowed.includes(String(value));
const keys =
  (allowed: Keys, ...required: string[]): Check =>
  (value) =>
    object(value) && faults(value as object, allowed, required).length === 0;

const FACET = keys({ name_or_index: column, value_or_threshold: listOf(scalar) }, 'name_or_index');

const SHAP: Keys = {
  baseline: (value) =>
    text(value) ||
    object(value) ||
    listOf((row) => object(row) || listOf((one) => scalar(one) || one === null)(row))(value),
  num_clusters: integer,
  use_logit: flag,
  num_samples: integer,
  agg_method: oneOf('mean_abs', 'median', 'mean_sq'),
  save_local_shap_values: flag,
  seed: integer,
  features_to_explain: listOf(column),
};

const METHODS: Keys = {
  shap: keys(SHAP),
  pre_training_bias: keys({ methods: (value) => text(value) || listOf(text)(value) }, 'methods'),
  post_training_bias: keys({ methods: (value) => text(value) || listOf(text)(value) }, 'methods'),
  report: keys({ name: text, title: text }, 'name'),
};

const PREDICTOR: Keys = {
  endpoint_name: text,
  endpoint_name_prefix: (value) => /^[a-zA-Z0-9](-*[a-zA-Z0-9])/.test(String(value)),
  model_name: text,
  target_model: text,
  instance_type: text,
  initial_instance_count: integer,
  accelerator_type: text,
  content_type: oneOf('text/csv', 'application/jsonlines', 'application/json', 'application/x-parquet'),
  accept_type: oneOf('text/csv', 'application/jsonlines', 'application/json', 'application/x-parquet'),
  label: column,
  probability: column,
  label_headers: listOf(column),
  content_template: text,
  record_template: text,
  custom_attributes: text,
};

const ANALYSIS: Keys = {
  version: text,
  dataset_type: oneOf('text/csv', 'application/jsonlines', 'application/json', 'application/x-parquet'),
  dataset_uri: text,
  headers: listOf(text),
  label: column,
  predicted_label: column,
  features: text,
  label_values_or_threshold: listOf(scalar),
  probability_threshold: number,
  facet: listOf(FACET),
  facet_dataset_uri: text,
  facet_headers: listOf(text),
  predicted_label_dataset_uri: text,
  predicted_label_headers: listOf(text),
  excluded_columns: listOf(column),
  joinsource_name_or_index: column,
  group_variable: column,
  methods: keys(METHODS),
  predictor: keys(PREDICTOR),
};

/**
 * What runs of a bias monitor may be told.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-bias-parameters.html
 */
const BIAS_MONITOR = ['version', 'headers', 'label', 'label_values_or_threshold', 'facet', 'group_variable'];

/**
 * What runs of an explainability monitor may be told.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/dg/clarify-config-json-monitor-model-explainability-parameters.html
 */
const EXPLAINABILITY_MONITOR = ['version', 'headers', 'methods', 'predictor'];

/** What the schema does not allow of a whole configuration: wrong keys with their values, and keys that are missing. */
export function schemaFaults(config: object): string[] {
  return faults(config, ANALYSIS, ['dataset_type', 'methods']);
}

/** What the schema does not allow of the configuration of a bias monitor's runs. */
export function biasMonitorFaults(config: object): string[] {
  return faults(config, subset(BIAS_MONITOR), ['label_values_or_threshold', 'facet']);
}

/** What the schema does not allow of the configuration of an explainability monitor's runs. */
export function explainabilityMonitorFaults(config: object): string[] {
  return faults(config, subset(EXPLAINABILITY_MONITOR), ['methods', 'predictor']);
}

function subset(names: readonly string[]): Keys {
  return Object.fromEntries(Object.entries(ANALYSIS).filter(([name]) => names.includes(name)));
}

function faults(value: object, allowed: Keys, required: readonly string[]): string[] {
  const wrong = Object.entries(value).filter(([key, one]) => !allowed[key]?.(one));
  const missing = required.filter((key) => !(key in value));
  return [...wrong.map(([key, one]) => `${key}: ${JSON.stringify(one)}`), ...missing.map((key) => `${key} is missing`)];
}
